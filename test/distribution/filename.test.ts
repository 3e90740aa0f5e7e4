import { describe, expect, it } from 'vitest'
import { parseVariantsName, parseWheelName, wheelNamePart } from '../../src/distribution/filename.js'

describe('a wheel file name', () => {
  it.each([
    ['demo-1.0-py3-none-any.whl', undefined, 'py3-none-any', undefined],
    ['demo-1.0-2-py3-none-any.whl', '2', 'py3-none-any', undefined],
    [
      'demo-1.0-cp313-cp313-musllinux_1_2_x86_64-x86_64_v3.whl',
      undefined,
      'cp313-cp313-musllinux_1_2_x86_64',
      'x86_64_v3',
    ],
    ['demo-1.0-1b-cp313-abi3-win_amd64-null.whl', '1b', 'cp313-abi3-win_amd64', 'null'],
    // No label: the build tag does not have its digit.
    ['demo-1.0-b1-py3-none-any.whl', 'b1', 'py3-none-any', undefined],
    ['demo-1.0-py3-none-any-.whl', undefined, 'py3-none-any', ''],
    ['demo-1.0-cp313-cp313-linux_x86_64-any.whl', undefined, 'cp313-cp313-linux_x86_64', 'any'],
  ])('%s', (filename, build, tag, variant) => {
    const name = parseWheelName(filename)
    expect(name && { build: name.build, tag: name.tag, variant: name.variant }).toEqual({ build, tag, variant })
  })

  it('has no seven parts without a build tag', () => {
    expect(parseWheelName('demo-1.0-py3-none-any-x86-v3.whl')).toBeUndefined()
  })
})

describe('the parts of a wheel file name', () => {
  const partsOf = (filename: string) =>
    (['name', 'version', 'build', 'python', 'abi', 'platform', 'tag', 'variant'] as const).map(part => {
      const name = parseWheelName(filename)
      const found = name && wheelNamePart(filename, name, part)
      if (found) expect(filename.startsWith(found.text, found.offset)).toBe(true)
      return found && `${found.offset} ${found.text}`
    })

  it('are found where they are written', () => {
    expect(partsOf('d-1.0-2b-Py2.py3-none-any.whl')).toEqual([
      '0 d',
      '2 1.0',
      '6 2b',
      '9 Py2.py3',
      '17 none',
      '22 any',
      '9 Py2.py3-none-any',
      undefined,
    ])
    expect(partsOf('d-1.0-py3-none-any-.whl').slice(2)).toEqual([
      undefined,
      '6 py3',
      '10 none',
      '15 any',
      '6 py3-none-any',
      '19 ',
    ])
  })
})

describe('the name of an index-level variants file', () => {
  it('ends with the version after the last hyphen', () => {
    expect(parseVariantsName('foo_bar-1.0-variants.json')).toEqual({ name: 'foo_bar', version: '1.0' })
    expect(parseVariantsName('foo-bar-1.0-variants.json')).toEqual({ name: 'foo-bar', version: '1.0' })
  })

  it('has both', () => {
    expect(parseVariantsName('foo-variants.json')).toBeUndefined()
    expect(parseVariantsName('-1.0-variants.json')).toBeUndefined()
  })
})
