import { describe, expect, it } from 'vitest'
import {
  isPypiPlatform,
  PACKAGING_DIFFERENCES,
  parseLicenseExpression,
  parseRequirement,
  parseSdistFilename,
  parseSpecifiers,
  parseTag,
  parseWheelFilename,
  StandardsError,
} from '../../src/standards/index.js'

describe('a tag', () => {
  it('stands for every combination of its members, each once, in lower case', () => {
    const tags = parseTag('py2.Py3.py3-none-ANY')
    expect([...tags].map(String)).toEqual(['py2-none-any', 'py3-none-any'])
    expect([...tags][1]).toMatchObject({ interpreter: 'py3', abi: 'none', platform: 'any' })
    expect([tags.size, tags.has('py3-none-any'), tags.has('py4-none-any')]).toEqual([2, true, false])
  })

  it.each([
    ['py3-none', 0, 8],
    ['py3..py2-none-any', 4, 4],
    ['py3-none-', 9, 9],
    ['py2.3py-none-any', 4, 7],
  ])('says where %j is wrong', (text, offset, end) => {
    expect(() => parseTag(text)).toThrow(expect.objectContaining({ offset, end }))
  })

  it('is refused when it stands for more tags than anybody has', () => {
    const many = Array.from({ length: 400 }, (_, i) => `a${i}`).join('.')
    expect(() => parseTag(`${many}-${many}-any`)).toThrow(StandardsError)
  })
})

describe('a file name', () => {
  it('of a wheel has name, version, build and tags', () => {
    const { name, version, build, tags } = parseWheelFilename('Foo.Bar-1.0_post1-02_x-py3-none-any.whl')
    expect([name, String(version), String(build), String(tags)]).toEqual([
      'foo-bar',
      '1.0.post1',
      '2_x',
      'py3-none-any',
    ])
    expect(build).toMatchObject({ number: 2n, suffix: '_x' })
    expect(parseWheelFilename('a-1-py3-none-any.whl').build).toBeUndefined()
  })

  it('of an sdist has name and version, divided at the last dash', () => {
    const { name, version } = parseSdistFilename('Foo-Bar-1.0.tar.gz')
    expect([name, String(version)]).toEqual(['foo-bar', '1.0'])
  })

  it.each([
    ['a-1-py3-none-any.WHL', 20, 20],
    ['a-x-py3-none-any.whl', 2, 3],
    ['a__b-1-py3-none-any.whl', 0, 4],
    ['a-1-x-py3-none-any.whl', 4, 5],
    ['a-1-1-3py-none-any.whl', 6, 18],
  ])('says where %j is wrong', (text, offset, end) => {
    expect(() => parseWheelFilename(text)).toThrow(expect.objectContaining({ offset, end }))
  })
})

describe('the platforms that PyPI takes', () => {
  it.each([
    'any',
    'win_amd64',
    'manylinux_2_17_x86_64',
    'macosx_10_9_universal2',
    'macosx_11_0_arm64',
    'musllinux_1_2_aarch64',
    'ios_13_0_arm64_iphoneos',
    'android_24_x86',
    'pyemscripten_2025_0_wasm32',
  ])('include %s', tag => {
    expect(isPypiPlatform(tag)).toBe(true)
  })
  it.each([
    'linux_x86_64',
    'macosx_11_3_arm64',
    'macosx_27_0_arm64',
    'manylinux_2_17_loongarch64',
    'musllinux_1_2_ppc64',
    'win_arm32',
    'anyx',
    'pyodide_2024_0_wasm32',
  ])('do not include %s', tag => {
    expect(isPypiPlatform(tag)).toBe(false)
  })
})

describe('the differences between versions of packaging', () => {
  const parsers = {
    'license-expression': parseLicenseExpression,
    requirement: parseRequirement,
    'wheel-filename': parseWheelFilename,
    'sdist-filename': parseSdistFilename,
    specifiers: parseSpecifiers,
  }
  it('follow the newest', () => {
    for (const { what, example, accepted } of PACKAGING_DIFFERENCES) {
      expect(accepted['26.2'], example).not.toBe(accepted['26.4'])
      if (what === 'metadata') continue
      if (accepted['26.4']) parsers[what](example)
      else expect(() => parsers[what](example), example).toThrow(StandardsError)
    }
  })
})
