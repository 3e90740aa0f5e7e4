import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import staticAndDynamic from '../../rules/pyproject/pyproject-static-and-dynamic.js'
import staticNotHonoured from '../../rules/pyproject/pyproject-static-not-honored.js'
import undeclared from '../../rules/pyproject/pyproject-undeclared-field.js'
import added from '../../rules/release/dynamic-added.js'
import inserted from '../../rules/release/dynamic-inserted.js'
import lost from '../../rules/release/dynamic-value-lost.js'
import differs from '../../rules/release/wheel-differs-from-sdist.js'
import wheelsDiffer from '../../rules/release/wheels-metadata-differ.js'
import type { ExampleFile } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

const RULES = [staticAndDynamic, staticNotHonoured, undeclared, added, inserted, lost, differs, wheelsDiffer]

type Fields = NonNullable<ExampleFile['metadata']>

async function audit(sdist: ExampleFile, ...wheels: readonly ExampleFile[]) {
  const release = [{ sdist }, ...wheels.map(wheel => ({ wheel }))]
  const { findings, errors } = await auditBuilt(await buildExample({ release }), RULES)
  expect(errors).toEqual([])
  return findings
}

const verdicts = (findings: Awaited<ReturnType<typeof audit>>) =>
  findings.map(({ severity, rule }) => `${severity} ${rule}`)

/** An sdist without `[project]`, so that the promise of PKG-INFO alone counts, and a wheel. */
const promise = async (given: Fields, built: Fields) =>
  verdicts(
    await audit(
      { pyproject: '[build-system]\nrequires = ["x"]\nbuild-backend = "x"\n', metadata: given },
      { metadata: built },
    ),
  )

const dynamic26 = (field: string, given: Fields): Fields => ({ 'Metadata-Version': '2.6', Dynamic: field, ...given })
const requires = (...list: readonly string[]): Fields => ({ 'Requires-Dist': list })

describe('what PKG-INFO promises of a wheel', () => {
  it.each<[string, Fields, Fields, readonly string[]]>([
    ['1: says nothing below 2.2', { 'Metadata-Version': '2.1', ...requires('a') }, requires('b'), []],
    ['2: takes equal requirements for equal', requires('a>=1.0'), requires('A >= 1'), []],
    ['3: takes another order for equal', requires('a', 'b'), requires('b', 'a'), []],
    ['4: keeps what is absent absent', {}, requires('a'), ['error wheel-differs-from-sdist']],
    [
      '5: is free where Dynamic, up to 2.5',
      { 'Metadata-Version': '2.5', Dynamic: 'Requires-Dist', ...requires('a') },
      requires('b'),
      [],
    ],
    [
      '6: lets a build pin',
      dynamic26('Requires-Dist', requires('packaging', 'torch')),
      requires('packaging', 'torch', 'torch==2.8.0'),
      [],
    ],
    [
      '7: lets no build modify',
      dynamic26('Requires-Dist', requires('packaging', 'torch')),
      requires('packaging', 'torch==2.8.0'),
      ['error dynamic-value-lost'],
    ],
    [
      '8: lets no build reorder',
      dynamic26('Requires-Dist', requires('packaging', 'torch')),
      requires('torch', 'packaging'),
      ['error dynamic-value-lost'],
    ],
    [
      '9: notes what is inserted',
      dynamic26('Requires-Dist', requires('packaging', 'torch')),
      requires('packaging', 'numpy', 'torch'),
      ['info dynamic-inserted'],
    ],
    ['10: takes ABBC', dynamic26('Requires-Dist', requires('a', 'b')), requires('a', 'b', 'b', 'c'), []],
    ['11: takes ABC', dynamic26('Requires-Dist', requires('a', 'b')), requires('a', 'b', 'c'), []],
    ['12: counts no repetitions', dynamic26('Requires-Dist', requires('a', 'b', 'b')), requires('a', 'b', 'c'), []],
    [
      '13: lets no build merge',
      dynamic26('Requires-Dist', requires('a>=1', 'a<2')),
      requires('a<2,>=1'),
      ['error dynamic-value-lost'],
    ],
    [
      '14: lets no build tighten',
      dynamic26('Requires-Dist', requires('a', 'b')),
      requires('a', 'b<0.5'),
      ['error dynamic-value-lost'],
    ],
    ['15: is free where nothing was given', dynamic26('Requires-Dist', {}), requires('a'), []],
    [
      '16: lets no build drop',
      dynamic26('Requires-Dist', requires('a', 'b')),
      requires('a'),
      ['error dynamic-value-lost'],
    ],
    [
      '17: is free for a single-use field',
      dynamic26('Requires-Python', { 'Requires-Python': '>=3.9' }),
      { 'Requires-Python': '>=3.10' },
      [],
    ],
    [
      '17: even when it is gone',
      dynamic26('Requires-Python', { 'Requires-Python': '>=3.9' }),
      { 'Requires-Python': null },
      [],
    ],
    ['26: takes a longer list of keywords', dynamic26('Keywords', { Keywords: 'a' }), { Keywords: 'a,b' }, []],
    [
      '26: warns of another order of keywords',
      dynamic26('Keywords', { Keywords: 'a,b' }),
      { Keywords: 'b,a' },
      ['warning dynamic-value-lost'],
    ],
    ['30: knows Dynamic in any case', { Dynamic: 'requires-dist', ...requires('hint') }, requires('other'), []],
    [
      'notes another text of the same marker',
      requires('a; os_name == "nt" and python_version < "3.10"'),
      requires('a; python_version < "3.10" and "nt" == os_name'),
      ['info wheel-differs-from-sdist'],
    ],
    [
      'takes quotes and zeros for spelling',
      requires("a[X_y] >=1.0.0 ; os_name=='nt'"),
      requires('a[x-y]>=1; os_name == "nt"'),
      [],
    ],
    ['compares Requires-Python as a set', { 'Requires-Python': '>=3.8, <4' }, { 'Requires-Python': '<4,>=3.8' }, []],
    [
      'finds another Requires-Python',
      { 'Requires-Python': '>=3.8' },
      { 'Requires-Python': '>=3.9' },
      ['error wheel-differs-from-sdist'],
    ],
    ['compares extras by normalized name', { 'Provides-Extra': 'a_b' }, { 'Provides-Extra': 'a-b' }, []],
    [
      'finds a lost extra',
      { 'Provides-Extra': ['a', 'b'] },
      { 'Provides-Extra': 'a' },
      ['error wheel-differs-from-sdist'],
    ],
    [
      'compares expressions in their canonical form',
      { 'License-Expression': 'mit or apache-2.0' },
      { 'License-Expression': 'MIT OR Apache-2.0' },
      [],
    ],
    [
      'notes a license file that a repair added',
      {},
      { 'License-File': ['LICENSE', 'libs/LICENSE.zlib'] },
      ['info wheel-differs-from-sdist'],
    ],
    [
      'compares addresses, not their spelling',
      { 'Author-email': '"A B" <a@x.org>,  C <c@x.org>' },
      { 'Author-email': 'A B <a@x.org>, C <c@x.org>' },
      [],
    ],
    ['unfolds text', { License: 'one\n        two' }, { License: 'one\n  two' }, []],
    [
      'notes another label',
      { 'Project-URL': 'Docs, https://x.org' },
      { 'Project-URL': 'docs, https://x.org' },
      ['info wheel-differs-from-sdist'],
    ],
  ])('%s', async (_, given, built, expected) => {
    expect(await promise(given, built)).toEqual(expected)
  })

  it('compares descriptions without carriage returns and blank ends', async () => {
    const plain = { pyproject: null, description: 'One\n\nTwo\n' }
    expect(verdicts(await audit(plain, { description: 'One\r\n\r\nTwo\r\n\r\n' }))).toEqual([])
    expect(verdicts(await audit(plain, { description: 'One\n\nThree\n' }))).toEqual([
      'warning wheel-differs-from-sdist',
    ])
  })

  it('takes Dynamic in a wheel for information', async () => {
    expect(await promise(requires('a'), { ...requires('a'), Dynamic: 'Requires-Dist' })).toEqual([])
    expect(await promise(requires('a'), { ...requires('b'), Dynamic: 'Requires-Dist' })).toEqual([
      'error wheel-differs-from-sdist',
    ])
  })

  it('names both files, lines and values, and how many more say it', async () => {
    const [first, ...more] = await audit(
      { pyproject: null, metadata: requires('a>=1') },
      { metadata: requires('a>=2') },
      { filename: 'demo-1.0-1-py3-none-any.whl', metadata: requires('a>=2'), wheel: { Build: '1' } },
    )
    expect(more).toEqual([])
    expect(first?.message).toBe(
      "Requires-Dist of PKG-INFO has 'a>=1', but Requires-Dist of demo-1.0-py3-none-any.whl has the stricter 'a>=2' instead. Static entries must stay unchanged; others may be added. Requires-Dist is not Dynamic: a wheel built from this sdist must not differ. 1 other file has the same differences.",
    )
    expect(first?.location).toMatchObject({ path: 'demo-1.0-py3-none-any.whl', field: 'Requires-Dist', line: 13 })
    expect(first?.related?.map(({ path, line }) => [path, line])).toEqual([
      ['demo-1.0.tar.gz', 13],
      ['demo-1.0-1-py3-none-any.whl', 13],
    ])
  })
})

/** `[project]` with a backend that takes both; what the builder writes by itself stays as it is. */
const project = (body: string) => `[build-system]
requires = ["scikit-build-core"]
build-backend = "scikit_build_core.build"

[project]
name = "demo"
version = "1.0"
description = "Reads demo files"
readme = "README.md"
requires-python = ">=3.9"
license = "MIT"
${/^license-files/m.test(body) ? '' : 'license-files = ["LICENSE"]\n'}${/^authors/m.test(body) ? '' : 'authors = [{ name = "Ann Author", email = "ann@ann-author.dev" }]\n'}${/^keywords/m.test(body) ? '' : 'keywords = ["demo", "files"]\n'}${/^classifiers/m.test(body) ? '' : 'classifiers = ["Programming Language :: Python :: 3"]\n'}${/^urls/m.test(body) ? '' : 'urls = { Source = "https://github.com/ann-author/demo" }\n'}${body}
`

interface Case {
  readonly toml: string
  /** Fields of PKG-INFO; those that are given are marked dynamic. */
  readonly given?: Fields
  readonly built: Fields
  readonly points?: string
  readonly without?: readonly string[]
}

async function table({ toml, given = {}, built, points, without = ['pyproject-static-and-dynamic'] }: Case) {
  const marks = Object.keys({ ...given, ...built }).filter(name => name !== 'Metadata-Version')
  const findings = await audit(
    { pyproject: project(toml), metadata: { 'Metadata-Version': '2.5', ...given, Dynamic: marks } },
    { metadata: { 'Metadata-Version': '2.5', ...built }, ...(points !== undefined && { entryPoints: points }) },
  )
  return verdicts(findings.filter(({ rule }) => !without.includes(rule)))
}

const both = (key: string, value: string) => `${key} = ${value}\ndynamic = ["${key}"]`
const ADDED = 'info dynamic-added'
const NOTE = 'info pyproject-static-not-honored'
const BREACH = 'error pyproject-static-not-honored'
const deps = (toml: string, ...built: readonly string[]): Case => ({
  toml,
  built: requires(...built),
  given: requires('a', 'b'),
})
const AB = both('dependencies', '["a", "b"]')

describe('what [project] says against PKG-INFO and the wheels', () => {
  it.each<[string, Case, readonly string[]]>([
    ['10: A B B C passes', deps(AB, 'a', 'b', 'b', 'c'), [ADDED]],
    ['11: A B C passes', deps(AB, 'a', 'b', 'c'), [ADDED]],
    ['a lost entry', deps(AB, 'a', 'c'), [BREACH, ADDED]],
    ['a tighter entry', deps(AB, 'a', 'b<0.5'), [BREACH]],
    ['another order', deps(AB, 'b', 'a', 'c'), [BREACH, ADDED]],
    ['an entry before a static one', deps(AB, 'a', 'c', 'b'), [ADDED, 'info dynamic-inserted']],
    [
      'a merged entry',
      {
        toml: both('dependencies', '["a", "b<1.0"]'),
        given: requires('a', 'b<1.0'),
        built: requires('a', 'b<1.0,<0.5'),
      },
      [BREACH],
    ],
    ['static only: nothing is added', deps('dependencies = ["a", "b"]', 'a', 'b', 'c'), [BREACH]],
    ['static only: order is free', deps('dependencies = ["a", "b"]', 'b', 'a'), []],
    [
      '18: an extra of the backend is no dependency',
      {
        toml: 'dependencies = ["a"]\ndynamic = ["optional-dependencies"]',
        given: requires('a'),
        built: requires('a', 'b'),
      },
      [BREACH],
    ],
    [
      '19: a new extra, and a new entry in an old one',
      {
        toml: 'optional-dependencies = { x = ["a"] }\ndynamic = ["optional-dependencies"]',
        given: { 'Provides-Extra': 'x', ...requires('a; extra == "x"') },
        built: { 'Provides-Extra': ['x', 'all'], ...requires('a; extra=="x"', 'b; extra=="x"', 'a; extra=="all"') },
      },
      [ADDED],
    ],
    [
      '20: a changed entry of an extra',
      {
        toml: 'optional-dependencies = { x = ["a"] }\ndynamic = ["optional-dependencies"]',
        given: { 'Provides-Extra': 'x', ...requires('a; extra == "x"') },
        built: { 'Provides-Extra': 'x', ...requires('a>=2; extra=="x"') },
      },
      [BREACH],
    ],
    [
      '21: a new classifier',
      {
        toml: both('classifiers', '["Topic :: Games/Entertainment", "Typing :: Typed"]'),
        given: { Classifier: ['Topic :: Games/Entertainment', 'Typing :: Typed'] },
        built: {
          Classifier: ['Topic :: Games/Entertainment', 'Typing :: Typed', 'Programming Language :: Python :: 3'],
        },
      },
      [ADDED],
    ],
    [
      '21: classifiers in another order',
      {
        toml: both('classifiers', '["Topic :: Games/Entertainment", "Typing :: Typed"]'),
        given: { Classifier: ['Topic :: Games/Entertainment', 'Typing :: Typed'] },
        built: { Classifier: ['Typing :: Typed', 'Topic :: Games/Entertainment'] },
      },
      [BREACH],
    ],
    [
      '22: a new script',
      { toml: both('scripts', '{ x = "m:f" }'), built: {}, points: '[console_scripts]\nx = m:f\ny = m:g\n' },
      [ADDED],
    ],
    [
      '22: a changed script',
      { toml: both('scripts', '{ x = "m:f" }'), built: {}, points: '[console_scripts]\nx = m:h\n' },
      [BREACH],
    ],
    [
      '23: dynamic entry points give no script',
      {
        toml: 'scripts = { x = "m:f" }\ndynamic = ["entry-points"]',
        built: {},
        points: '[console_scripts]\nx = m:f\ny = m:g\n',
      },
      [BREACH],
    ],
    [
      'N: a static group is equal',
      { toml: 'scripts = { x = "m:f" }', built: {}, points: '[console_scripts]\nx=m : f\n' },
      [],
    ],
    ['N: a static group is gone', { toml: 'scripts = { x = "m:f" }', built: {} }, [BREACH]],
    [
      'N: a group that nobody declared',
      { toml: '', built: {}, points: '[console_scripts]\nx = m:f\n' },
      ['warning pyproject-undeclared-field'],
    ],
    [
      '24: a new label',
      {
        toml: both('urls', '{ Docs = "https://x.org" }'),
        given: { 'Project-URL': 'Docs, https://x.org' },
        built: { 'Project-URL': ['Docs, https://x.org', 'Source, https://y.org'] },
      },
      [ADDED],
    ],
    [
      '24: a changed label',
      {
        toml: both('urls', '{ Docs = "https://x.org" }'),
        given: { 'Project-URL': 'Docs, https://x.org' },
        built: { 'Project-URL': 'docs, https://x.org' },
      },
      [NOTE],
    ],
    [
      '25: licence files of bundled libraries',
      { toml: both('license-files', '["LICENSE"]'), built: { 'License-File': ['LICENSE', 'libs/LICENSE.zlib'] } },
      [ADDED],
    ],
    [
      '25: a lost licence file',
      { toml: both('license-files', '["LICEN*"]'), built: { 'License-File': 'COPYING' } },
      [BREACH, ADDED],
    ],
    [
      '26: a new keyword',
      { toml: both('keywords', '["a"]'), given: { Keywords: 'a' }, built: { Keywords: 'a,b' } },
      [ADDED],
    ],
    [
      '26: keywords in another order',
      { toml: both('keywords', '["a", "b"]'), given: { Keywords: 'a,b' }, built: { Keywords: 'b,a' } },
      ['warning pyproject-static-not-honored'],
    ],
    [
      '27: a new author',
      {
        toml: both('authors', '[{ name = "A", email = "a@x.org" }]'),
        given: { 'Author-email': 'A <a@x.org>' },
        built: { 'Author-email': 'A <a@x.org>, B <b@y.org>' },
      },
      [ADDED],
    ],
    [
      '27: a changed author',
      {
        toml: both('authors', '[{ name = "A", email = "a@x.org" }]'),
        given: { 'Author-email': 'A <a@x.org>' },
        built: { 'Author-email': 'A B <a@x.org>' },
      },
      [NOTE],
    ],
    [
      'authors of every form are rebuilt',
      {
        toml: 'authors = [{ name = "A" }, { email = "b@y.org" }, { name = "C, D", email = "c@z.org" }]',
        given: { Author: 'A', 'Author-email': 'b@y.org, "C, D" <c@z.org>' },
        built: { Author: 'A', 'Author-email': 'b@y.org, "C, D" <c@z.org>' },
      },
      [],
    ],
    [
      'import names that a provider adds replace the empty list',
      { toml: both('import-names', '[]'), given: { 'Import-Name': '' }, built: { 'Import-Name': 'demo' } },
      [ADDED],
    ],
  ])('%s', async (_, example, expected) => {
    expect(await table(example)).toEqual(expected)
  })

  it('28: lets no scalar be static and dynamic', async () => {
    expect(await table({ toml: 'dynamic = ["version"]', built: {}, without: [] })).toEqual([
      'error pyproject-static-and-dynamic',
    ])
    expect(await table({ toml: both('dependencies', '[]'), built: {}, without: [] })).toEqual([
      'info pyproject-static-and-dynamic',
    ])
  })

  it('compares PKG-INFO too, and once for all files', async () => {
    const file = { metadata: requires('a') }
    const findings = await audit({ pyproject: project('dependencies = ["b"]'), ...file }, file)
    expect(findings.map(({ message }) => message)).toEqual([
      "project.dependencies has 'b', but Requires-Dist of PKG-INFO does not. Requires-Dist of PKG-INFO has 'a', but project.dependencies does not. 1 other file has the same differences.",
    ])
    expect(findings[0]?.related?.map(({ path, member, field, line }) => [path, member, field, line])).toEqual([
      ['demo-1.0.tar.gz', 'demo-1.0/pyproject.toml', 'project.dependencies[0]', 17],
      ['demo-1.0.tar.gz', 'demo-1.0/PKG-INFO', 'Requires-Dist', 13],
      ['demo-1.0-py3-none-any.whl', 'demo-1.0.dist-info/METADATA', 'Requires-Dist', 13],
    ])
  })

  it('binds wheels of any metadata version', async () => {
    const findings = await audit(
      { pyproject: project('dependencies = ["a"]'), metadata: { 'Metadata-Version': '2.1', ...requires('a') } },
      { metadata: { 'Metadata-Version': '2.1', ...requires('a>=1') } },
    )
    expect(verdicts(findings)).toContain(BREACH)
  })
})

const wide = '>=3, !=3.0.*, !=3.1.*, !=3.2.*, !=3.3.*, !=3.4.*, !=3.5.*, !=3.6.*, !=3.7.*'
const BROKEN = 'error wheel-differs-from-sdist'
const BROKEN_TEXT = 'warning wheel-differs-from-sdist'
const BROKEN_NOTE = 'info wheel-differs-from-sdist'

describe('what is equal', () => {
  it.each<[string, Fields, Fields, readonly string[]]>([
    ['ranges that admit the same Pythons', { 'Requires-Python': '>=3.8' }, { 'Requires-Python': wide }, [BROKEN_NOTE]],
    ['ranges that admit others', { 'Requires-Python': '>=3.8' }, { 'Requires-Python': `${wide}, !=3.8.*` }, [BROKEN]],
    [
      'Python 2 beside',
      { 'Requires-Python': '>=3.3' },
      { 'Requires-Python': '>=2.7, !=3.0.*, !=3.1.*, !=3.2.*' },
      [BROKEN],
    ],
    [
      'markers that mean the same',
      requires('a; python_version < "3.11"'),
      requires("a; python_full_version < '3.11'"),
      [BROKEN_NOTE],
    ],
    ['markers that do not', requires('a; python_version < "3.11"'), requires('a; python_version <= "3.11"'), [BROKEN]],
    ['a repeated entry', requires('a', 'a', 'b'), requires('a', 'b'), []],
    ['an entry that is repeated', requires('a', 'b'), requires('b', 'a', 'b'), []],
    [
      'an entry that is repeated in other words',
      requires('a; os_name == "nt"', 'a; "nt" == os_name'),
      requires('a; os_name == "nt"'),
      [],
    ],
    [
      'two spellings of an extra',
      { 'Provides-Extra': ['x-y', 'x_y'], ...requires('a; extra == "x-y"', 'a; extra == "x_y"') },
      { 'Provides-Extra': ['x-y'], ...requires('a; extra == "x-y"') },
      [],
    ],
    [
      'two spellings of an extra, and a lost line',
      { 'Provides-Extra': ['x-y', 'x_y'], ...requires('a; extra == "x-y"', 'b; extra == "x_y"') },
      { 'Provides-Extra': ['x-y'], ...requires('a; extra == "x-y"') },
      [BROKEN],
    ],
    ['letters in two forms', { Author: 'Se\u0301b' }, { Author: 'S\u00e9b' }, []],
    ['other letters', { Author: 'Seb' }, { Author: 'S\u00e9b' }, [BROKEN_NOTE]],
    ['an address', { 'Author-email': 'a@x.org' }, { 'Author-email': 'b@x.org' }, [BROKEN_NOTE]],
    ['a home page', { 'Home-page': 'https://x.org' }, { 'Home-page': 'https://y.org' }, [BROKEN_NOTE]],
    ['a summary', { Summary: 'One' }, { Summary: 'Two' }, [BROKEN_TEXT]],
    [
      'a license of what the wheel bundles',
      { 'License-Expression': 'MIT' },
      { 'License-Expression': 'LGPL-3.0-or-later AND MIT' },
      [BROKEN_NOTE],
    ],
    ['another license', { 'License-Expression': 'MIT' }, { 'License-Expression': 'LGPL-3.0-or-later' }, [BROKEN_TEXT]],
    [
      'an alternative in place of both',
      { 'License-Expression': 'MIT AND Zlib' },
      { 'License-Expression': 'MIT OR Zlib' },
      [BROKEN_TEXT],
    ],
    ['words for the same license', { License: 'MIT License' }, { License: 'MIT' }, [BROKEN_NOTE]],
    ['words for another license', { License: 'MIT License' }, { License: 'Zlib' }, [BROKEN_TEXT]],
    [
      'a content type with what is so anyway',
      { 'Description-Content-Type': 'text/markdown' },
      { 'Description-Content-Type': 'text/markdown; charset=UTF-8; variant=GFM' },
      [],
    ],
    [
      'another content type',
      { 'Description-Content-Type': 'text/markdown' },
      { 'Description-Content-Type': 'text/markdown; variant=CommonMark' },
      [BROKEN_TEXT],
    ],
    ['a lost license file', { 'License-File': ['LICENSE', 'NOTICE'] }, { 'License-File': 'LICENSE' }, [BROKEN_TEXT]],
  ])('%s', async (_, given, built, expected) => {
    expect(await promise(given, built)).toEqual(expected)
  })
})

describe('one cause is one finding', () => {
  it('a requirement that only a wheel has', async () => {
    const findings = await audit(
      { pyproject: project('dependencies = ["a"]'), metadata: requires('a') },
      { metadata: requires('a', 'b', 'c'), filename: 'demo-1.0-py3-none-win_amd64.whl' },
      { metadata: requires('a'), filename: 'demo-1.0-py3-none-linux_x86_64.whl' },
    )
    expect(verdicts(findings)).toEqual([BREACH])
    expect(findings[0]?.message).toContain("has 'b' and 'c', but")
  })

  it('a requirement that only one wheel has, without [project]', async () => {
    const findings = await audit(
      { pyproject: null, metadata: requires('a') },
      { metadata: requires('a', 'b'), filename: 'demo-1.0-py3-none-win_amd64.whl' },
      { metadata: requires('a'), filename: 'demo-1.0-py3-none-linux_x86_64.whl' },
    )
    expect(verdicts(findings)).toEqual([BROKEN])
  })

  it('a requirement that PKG-INFO lost, and the wheel has', async () => {
    const findings = await audit(
      { pyproject: project('dependencies = ["a", "b"]'), metadata: requires('a') },
      { metadata: requires('a', 'b') },
    )
    expect(verdicts(findings)).toEqual([BREACH])
  })

  it('a requirement that nobody declared', async () => {
    const findings = await audit({ pyproject: project('') }, { metadata: requires('a') })
    expect(verdicts(findings)).toEqual([BROKEN])
  })

  it('an extra with its requirements', async () => {
    const fields = { 'Provides-Extra': 'x', ...requires('a; extra == "x"', 'b; extra == "x"') }
    expect(await promise(fields, {})).toEqual([BROKEN])
  })

  it('all links, and other requirements beside', async () => {
    const urls = 'urls = { Source = "https://x.org", Docs = "https://y.org", Issues = "https://z.org" }'
    const findings = await audit({
      pyproject: project(`${urls}\ndependencies = ["a"]`),
      metadata: { 'Project-URL': null },
    })
    expect(verdicts(findings)).toEqual([BREACH, NOTE])
  })

  it('a list that PKG-INFO lost, and the wheel in part', async () => {
    const findings = await audit(
      { pyproject: project('dependencies = ["a", "b"]'), metadata: {} },
      { metadata: requires('a') },
    )
    expect(verdicts(findings)).toEqual([BREACH])
    expect(findings[0]?.message).toContain(
      "has 'a' and 'b', but Requires-Dist of PKG-INFO does not. 1 other file has some of the same differences.",
    )
  })

  it('many entries are named, and the rest counted', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `p${index}`)
    const [first, ...more] = await audit({ pyproject: project(`dependencies = ${JSON.stringify(names)}`) })
    expect(more).toEqual([])
    expect(first?.message).toContain("'p9' and 4 more, but")
  })
})

describe('what a backend does not know', () => {
  const old = { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null }
  it.each<[string, string, Fields, readonly string[]]>([
    [
      'drops import names',
      'import-names = ["demo"]',
      { 'Metadata-Version': '2.4' },
      ['info pyproject-static-not-honored'],
    ],
    ['drops no import names where there are none', 'import-names = []', { 'Metadata-Version': '2.4' }, []],
    ['drops license and files', '', old, Array(2).fill('warning pyproject-static-not-honored')],
    ['writes the license in the older field', '', { ...old, License: 'MIT', 'License-File': 'LICENSE' }, []],
  ])('%s', async (_, toml, metadata, expected) => {
    expect(verdicts(await audit({ pyproject: project(toml), metadata }))).toEqual(expected)
  })

  it('takes both as PEP 808 says', async () => {
    const pyproject = project(both('dependencies', '["a"]'))
      .replace('scikit-build-core', 'hatchling')
      .replace('scikit_build_core.build', 'hatchling.build')
    const of = async (metadata: Fields) => verdicts(await audit({ pyproject, metadata }))
    expect(await of({ ...requires('a', 'b'), Dynamic: 'Requires-Dist' })).toEqual([ADDED])
    expect(await of(requires('a', 'b'))).toContain('error pyproject-static-and-dynamic')
    expect(await of({ ...requires('b'), Dynamic: 'Requires-Dist' })).toContain('error pyproject-static-and-dynamic')
  })
})
