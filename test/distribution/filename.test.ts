import { describe, expect, it } from 'vitest'
import { parseVariantsName, parseWheelName } from '../../src/distribution/filename.js'

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
    // No label: the build tag lacks its digit.
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
