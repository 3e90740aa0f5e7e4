import { expect, it } from 'vitest'
import { parseWheelName } from '../../src/distribution/filename.js'
import { namePlace, tagPlace, valuedTagPlace } from '../../src/views/tags.js'

const wheelOf = (filename: string) => ({ filename, name: parseWheelName(filename) })

it('points to a tag of a compressed set as it is written', () => {
  const wheel = wheelOf('d-1.0-Py3.py2.py3-none-any.whl')
  expect(tagPlace(wheel, 'python', 'py3')).toEqual({ column: 7, mark: 'Py3', field: 'tags' })
  expect(namePlace(wheel, 'python', { tag: 'py3', last: true })).toEqual({ column: 15, mark: 'py3' })
  expect(valuedTagPlace(wheel, 'platform', 'any')).toEqual({ column: 24, mark: 'any', field: 'tags', value: 'any' })
})

it('points to the part where it has no such tag, and nowhere in a name that is none', () => {
  expect(tagPlace(wheelOf('d-1.0-py3-none-any.whl'), 'abi', 'cp39')).toMatchObject({ column: 11, mark: 'none' })
  expect(namePlace(wheelOf('d.whl'), 'version', { field: 'Version' })).toEqual({ field: 'Version' })
})
