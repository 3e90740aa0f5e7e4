import { describe, expect, it } from 'vitest'
import { attempt } from '../../src/standards/error.js'
import { parseExternalDependency } from '../../src/standards/external-dependency.js'
import { cpuSeconds } from '../support/cpu.js'

describe('an external dependency (PEP 725)', () => {
  it.each([
    // Examples of the PEP.
    'dep:virtual/compiler/c',
    'dep:virtual/compiler/rust',
    'dep:generic/pkg-config',
    'dep:virtual/interface/lapack@>=3.7.1',
    'dep:generic/openjpeg@>=2.0',
    "dep:generic/XCB; platform_system=='Linux'",
    'dep:cran/nat.nblast',
    'dep:golang/github.com/junegunn/fzf',
    "dep:github/AbiWord/enchant; platform_system!='Windows'",
    "dep:cran/nat; extra == 'nat'",
    // The parts of a package URL.
    'dep:npm/%40babel/core@>=7,<8?arch=x86_64&os=linux#lib/index.js',
    'dep:generic/openssl@3.0',
    'dep:generic/openssl@>=3, <4 ; os_name == "posix"',
  ])('%s', text => {
    expect(attempt(parseExternalDependency, text)).toBeDefined()
  })

  it.each([
    ['generic/openssl', "A dependency starts with 'dep:'"],
    ['pkg:generic/openssl', "A dependency starts with 'dep:'"],
    ['dep:openssl', 'A dependency has a type and a name, as in dep:generic/openssl'],
    ['dep:1generic/openssl', "'1generic' is not a valid type"],
    ['dep:generic/', 'A dependency has a type and a name, as in dep:generic/openssl'],
    ['dep:generic//openssl', "'' is not a valid part of a name"],
    ['dep:generic/open ssl', "'open ssl' is not a valid part of a name"],
    ['dep:virtual/c', 'A virtual dependency is dep:virtual/compiler/NAME or dep:virtual/interface/NAME'],
    ['dep:virtual/library/blas', 'A virtual dependency is dep:virtual/compiler/NAME or dep:virtual/interface/NAME'],
    ['dep:generic/openssl@~=3.0', 'The operator ~= is not allowed (expected >=, >, <, <= or ==)'],
    ['dep:generic/openssl@!=3.0', 'The operator != is not allowed (expected >=, >, <, <= or ==)'],
    ['dep:generic/openssl@', 'There is no version after the @'],
    ['dep:generic/openssl@new', "'new' is not a version or a set of versions"],
    ['dep:generic/openssl?arch', "'arch' is not a valid qualifier"],
    ['dep:generic/openssl?a=1&a=2', "The qualifier 'a' appears twice"],
    ['dep:generic/openssl#../etc', "'../etc' is not a valid subpath"],
  ])('%s is none', (text, message) => {
    expect(() => parseExternalDependency(text)).toThrow(message)
  })

  it('has a valid marker or none', () => {
    expect(() => parseExternalDependency('dep:generic/openssl; linux')).toThrow('Its marker is invalid')
  })

  it('gives its parts', () => {
    expect(parseExternalDependency('dep:npm/%40babel/core@>=7?arch=x86_64#lib')).toMatchObject({
      type: 'npm',
      namespace: '%40babel',
      name: 'core',
      version: '>=7',
      qualifiers: new Map([['arch', 'x86_64']]),
      subpath: 'lib',
      marker: undefined,
    })
  })

  it('is read in time that grows with its length', async () => {
    const taken = await cpuSeconds(5, () => {
      for (const part of ['/', '@', '?', '#', '%', 'a=1&', 'a/', '>=1,'])
        for (const head of ['dep:', 'dep:generic/a', 'dep:generic/a@', 'dep:generic/a?'])
          attempt(parseExternalDependency, head + part.repeat(30_000 / part.length))
    })
    expect(taken).toBeLessThan(5)
  })
})
