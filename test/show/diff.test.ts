import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import type { ExampleFile } from '../../src/example.js'
import { compareGiven } from '../../src/inspect/compare.js'
import { differenceHtml, differenceJson, differenceMarkdown, differenceText } from '../../src/report/difference.js'
import { compare } from '../../src/show/compare.js'
import type { Comparison, Difference } from '../../src/show/difference.js'
import { stemOf } from '../../src/show/match.js'
import { pairUp } from '../../src/show/pair-up.js'
import type { ShownDistribution } from '../../src/show/shown.js'
import { run } from '../support/run-command.js'
import { unsafeIn } from '../support/unsafe.js'
import { exampleFiles, filesIn, givenOf, opened, real, shownOf } from './given.js'

const schema = JSON.parse(readFileSync(new URL('../../schemas/diff-1.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)

async function built(example: ExampleFile): Promise<readonly [string, Uint8Array]> {
  const { filename, bytes } = await buildWheel(example)
  return [filename, bytes]
}

const between = async (old: ExampleFile, now: ExampleFile): Promise<Difference> =>
  compare(await opened(...(await built(old))), await opened(...(await built(now))))

const comparisonOf = (...pairs: readonly Difference[]): Comparison => ({
  different: pairs.some(({ different }) => different),
  pairs,
  added: [],
  removed: [],
  unread: [],
})

/** The same difference as it is from the other side. */
function mirrored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mirrored)
  if (typeof value !== 'object' || value === null) return value
  const other: Record<string, string> = {
    old: 'new',
    new: 'old',
    added: 'removed',
    removed: 'added',
    admitted: 'excluded',
    excluded: 'admitted',
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [other[key] ?? key, mirrored(part)]))
}

/** Lists of pairs are sorted by the new side. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]) => [key, sorted(part)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

const nameOf = ({ name, version = null }: { name: string | null; version?: string | null }) => `${name} ${version}`

function expectMirror(a: ShownDistribution, b: ShownDistribution): void {
  // What a changed requirement is called is the same on both sides.
  expect(sorted(mirrored(compare(a, b))), nameOf({ name: a.filename, version: b.filename })).toEqual(
    sorted(compare(b, a)),
  )
}

describe('a difference', () => {
  it('of a file with itself is empty, and of two files is that of the other way around', {
    timeout: 300_000,
  }, async () => {
    let before: ShownDistribution | undefined
    const check = async (name: string, bytes: Uint8Array) => {
      const shown = await shownOf(name, bytes)
      if (shown.kind === 'unknown') return
      const same = compare(shown, shown)
      expect(same, name).toMatchObject({ different: false })
      validate(JSON.parse(differenceJson(comparisonOf(same))))
      expect(validate.errors, name).toBeNull()
      if (before) {
        expectMirror(before, shown)
        const comparison = comparisonOf(compare(before, shown))
        validate(JSON.parse(differenceJson(comparison)))
        expect(validate.errors, name).toBeNull()
        for (const output of [
          differenceJson(comparison),
          differenceText(comparison, { verbose: true }),
          differenceMarkdown(comparison),
          differenceHtml(comparison),
        ])
          expect(unsafeIn(output), name).toBeUndefined()
      }
      before = shown
    }
    for (const folder of ['real', 'regressions']) for (const file of filesIn(folder)) await check(...file)
    for await (const { filename, bytes } of exampleFiles()) await check(filename, bytes)
  })

  it('matches what differs with the version alone', async () => {
    const file = { '{data}/data/share/demo.txt': 'x\n', 'demo/a.py': 'A = 1\n' }
    const { files, metadata } = await between(
      { files: file },
      { version: '1.1', files: { '{data}/data/share/demo.txt': 'x\n', 'demo/a.py': 'A = 2\n' } },
    )
    expect(files).toMatchObject({ added: [], removed: [], renamed: [] })
    expect(files.changed.map(one => one.new.path)).toEqual([
      'demo-1.1.dist-info/METADATA',
      'demo-1.1.dist-info/RECORD',
      'demo/a.py',
    ])
    expect(metadata.fields).toEqual([{ field: 'Version', old: '1.0', new: '1.1' }])
  })

  it('knows a file that moved by its content', async () => {
    const { files, modules } = await between(
      { files: { 'demo/old.py': 'VALUE = 12345\n' } },
      { files: { 'demo/new.py': 'VALUE = 12345\n' } },
    )
    expect(files.renamed.map(one => [one.old.path, one.new.path])).toEqual([['demo/old.py', 'demo/new.py']])
    expect(files).toMatchObject({ added: [], removed: [] })
    expect(modules).toEqual({ added: ['demo.new'], removed: ['demo.old'] })
  })

  it('compares requirements by what they admit', async () => {
    const { requirements } = await between(
      {
        metadata: {
          'Requires-Dist': [
            'same >= 1.0, < 2',
            'Dropped',
            'narrowed>=1',
            'respelled; python_version >= "3.9"',
            'tool; extra == "dev"',
          ],
          'Provides-Extra': 'dev',
        },
      },
      {
        metadata: {
          'Requires-Dist': [
            'fresh',
            'narrowed>=2',
            'Same<2,>=1.0',
            "respelled; '3.9' <= python_version",
            'tool>=3; extra == "dev"',
          ],
          'Provides-Extra': 'dev',
        },
      },
    )
    expect(requirements).toEqual({
      added: [{ name: 'fresh', text: 'fresh' }],
      removed: [{ name: 'dropped', text: 'Dropped' }],
      changed: [
        { name: 'narrowed', old: 'narrowed>=1', new: 'narrowed>=2', admitted: [], excluded: expect.any(Array) },
        {
          name: 'tool',
          extra: 'dev',
          old: 'tool; extra == "dev"',
          new: 'tool>=3; extra == "dev"',
          admitted: [],
          excluded: expect.any(Array),
        },
      ],
    })
    expect(requirements.changed[0]?.excluded).toContain('1')
  })

  it('compares Requires-Python by the versions that it admits', async () => {
    const python = async (old: string, now: string) =>
      (await between({ metadata: { 'Requires-Python': old } }, { metadata: { 'Requires-Python': now } })).metadata
        .python
    expect(await python('>=3.9', '>=3.10')).toEqual({
      old: '>=3.9',
      new: '>=3.10',
      admitted: [],
      excluded: ['3.9'],
    })
    expect(await python('>=3.9', '>=3.9.0')).toBeUndefined()
    expect(await python('>=3.9,<4', '<4, >=3.9')).toBeUndefined()
  })

  it('takes an equal license for the same, and whitespace for nothing', async () => {
    const { metadata } = await between(
      { metadata: { 'License-Expression': 'mit', Summary: 'Reads  files' }, description: '# Demo  \r\n' },
      { metadata: { 'License-Expression': 'MIT', Summary: 'Reads files' }, description: '# Demo\n' },
    )
    expect(metadata).toEqual({ fields: [], lists: [], python: undefined, description: false })
  })

  it('finds the files of a wheel in its sdist', async () => {
    const { files, metadata } = compare(
      await opened(...real('zipp-4.1.2.tar.gz')),
      await opened(...real('zipp-4.1.2-py3-none-any.whl')),
    )
    expect(files.changed).toEqual([])
    expect(files.added.map(({ path }) => path)).toEqual(['zipp-4.1.2.dist-info/RECORD', 'zipp-4.1.2.dist-info/WHEEL'])
    expect(metadata).toMatchObject({ fields: [], lists: [], description: false })
  })
})

describe('the stem of a binary', () => {
  it.each([
    ['demo.libs/libfoo-1a2b3c4d.so.5.2.1', 'demo.libs/libfoo.so'],
    ['demo.libs/libfoo-99887766.so.6', 'demo.libs/libfoo.so'],
    ['demo/.dylibs/libpng16.16.dylib', 'demo/.dylibs/libpng16.dylib'],
    ['demo.libs/msvcp140-0123456789abcdef0123456789abcdef.dll', 'demo.libs/msvcp140.dll'],
    ['demo/_x.cpython-312-x86_64-linux-gnu.so', 'demo/_x.so'],
    ['demo/_x.abi3.so', 'demo/_x.so'],
    ['demo/_x.cp312-win_amd64.pyd', 'demo/_x.pyd'],
    ['demo/data-1a2b3c4d.json', 'demo/data-1a2b3c4d.json'],
  ])('%s', (path, stem) => expect(stemOf(path)).toBe(stem))
})

it('pairs the files of two releases', () => {
  const file = (filename: string) => ({ filename })
  const { pairs, added, removed } = pairUp(
    [
      'demo-1.0.tar.gz',
      'demo-1.0-cp311-cp311-manylinux_2_17_x86_64.whl',
      'demo-1.0-cp38-cp38-win_amd64.whl',
      'demo-1.0-cp311-cp311-win_amd64.whl',
    ].map(file),
    [
      'demo-1.1-cp311-cp311-manylinux_2_28_x86_64.whl',
      'demo-1.1-cp311-cp311-win_amd64.whl',
      'demo-1.1-cp314-cp314-win_amd64.whl',
      'demo-1.1.tar.gz',
    ].map(file),
  )
  expect(pairs.map(pair => pair.map(({ filename }) => filename))).toEqual([
    ['demo-1.0.tar.gz', 'demo-1.1.tar.gz'],
    ['demo-1.0-cp311-cp311-win_amd64.whl', 'demo-1.1-cp311-cp311-win_amd64.whl'],
    ['demo-1.0-cp311-cp311-manylinux_2_17_x86_64.whl', 'demo-1.1-cp311-cp311-manylinux_2_28_x86_64.whl'],
  ])
  expect([added, removed].map(files => files.map(({ filename }) => filename))).toEqual([
    ['demo-1.1-cp314-cp314-win_amd64.whl'],
    ['demo-1.0-cp38-cp38-win_amd64.whl'],
  ])
})

it('shows the texts that differ, and of none other', async () => {
  const [a, b] = [
    await built({ files: { 'demo/a.py': 'A = 1\nB = 1\n', 'demo/b.txt': 'one\n', 'demo/c.py': 'x\0' } }),
    await built({ files: { 'demo/a.py': 'A = 1\nB = 2\n', 'demo/b.txt': 'two\n', 'demo/c.py': 'y\0' } }),
  ]
  const compared = await compareGiven([givenOf(...a)], [givenOf(...b)], { text: ['*.py'] })
  expect(compared.pairs[0]?.files.changed.flatMap(({ diff }) => diff ?? [])).toEqual([
    '--- a/demo/a.py\n+++ b/demo/a.py\n@@ -1,2 +1,2 @@\n A = 1\n-B = 1\n+B = 2\n',
  ])
  validate(JSON.parse(differenceJson(compared)))
  expect(validate.errors).toBeNull()
  expect(differenceMarkdown(compared)).toContain('```diff\n--- a/demo/a.py')
  const html = differenceHtml(compared)
  expect(html).toContain('<span class="added">+B = 2</span>')
  expect(html).toMatch(/default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='/)
})

describe('a summary of the files', () => {
  const many = (folder: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/m${i}.py`, `${i}\n`]))

  it('says a folder that only one has in one row, the outermost, and one with a file of both in none', async () => {
    const kept = { 'demo/kept/same.py': 'same\n', 'demo/kept/gone.py': 'gone\n' }
    const difference = await between(
      { files: { ...kept, ...many('demo/old', 2), ...many('demo/old/inner', 3), 'demo/lone/a.py': '# a\n' } },
      { files: { 'demo/kept/same.py': 'same\n' } },
    )
    expect(difference.files.folders).toEqual({ added: [], removed: [{ path: 'demo/old/', files: 5, size: 10 }] })
    const text = differenceText(comparisonOf(difference))
    expect(text).toContain('- demo/old/  5 files, 10 B\n')
    expect(text).toContain('- demo/lone/a.py  4 B\n')
    expect(text).toContain('- demo/kept/gone.py  5 B\n')
    expect(text).not.toContain('demo/old/m0.py')
    expect(differenceText(comparisonOf(difference), { verbose: true })).toContain('- demo/old/inner/m2.py  2 B\n')
  })

  it('has room for each kind of change', async () => {
    const difference = await between(
      { files: { ...many('demo', 30), 'demo/z.py': 'one\n' } },
      { files: { 'demo/z.py': 'three\n', 'demo/new.py': 'new\n' } },
    )
    const text = differenceText(comparisonOf(difference))
    expect(text).toContain('~ demo/z.py')
    expect(text).toContain('+ demo/new.py')
    expect(text).toContain('- demo/m10.py')
    expect(text).toMatch(/… and [0-9]+ more \(--verbose\)/)
  })
})

it.each([
  ['demo 1.0: sdist → wheel', 'demo', '1.0'],
  ['demo 1.0 (sdist) → 1.1 (wheel)', 'demo', '1.1'],
  ['demo-1.0.tar.gz → other-1.0-py3-none-any.whl', 'other', '1.0'],
])('calls an sdist and a wheel %s', async (title, name, version) => {
  const sdist = await buildSdist({ name: 'demo', version: '1.0' })
  const old = await opened(sdist.filename, sdist.bytes)
  const now = await opened(...(await built({ name, version })))
  expect(differenceText(comparisonOf(compare(old, now))).split('\n')[0]).toBe(title)
})

it('writes names of files as text in HTML and Markdown', async () => {
  const name = 'demo/<img src=x onerror=alert(1)>`&|.py'
  const comparison = comparisonOf(await between({}, { files: { [name]: 'x\n' } }))
  expect(differenceHtml(comparison)).toContain('demo/&lt;img src=x onerror=alert(1)&gt;`&amp;|.py')
  expect(differenceMarkdown(comparison)).toContain('``demo/<img src=x onerror=alert(1)>`&|.py``')
})

describe('distaudit diff', () => {
  const folder = mkdtempSync(join(tmpdir(), 'distaudit-diff-'))
  const at = (name: string) => join(folder, name)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  beforeAll(async () => {
    for (const [release, version] of [
      ['old', '1.0'],
      ['new', '1.1'],
    ] as const) {
      mkdirSync(at(release))
      for (const name of ['demo', release]) {
        const [filename, bytes] = await built({ name, version })
        writeFileSync(join(at(release), filename), bytes)
      }
    }
  })
  const [demo, other] = ['old/demo-1.0-py3-none-any.whl', 'new/demo-1.1-py3-none-any.whl'].map(at) as [string, string]

  it.each([
    [[demo, demo], 0],
    [[demo, other], 0],
    [['--exit-code', demo, demo], 0],
    [['--exit-code', demo, other], 1],
    [[demo, 'README.md'], 2],
  ])('%j has the status %i', async (args, status) => {
    expect((await run(['diff', ...args])).status).toBe(status)
  })

  it('compares two directories file by file', async () => {
    const { stdout } = await run(['diff', at('old'), at('new')])
    expect(stdout).toContain('demo 1.0 → 1.1')
    expect(stdout).toMatch(/- old-1\.0-py3-none-any\.whl.*\n.*\+ new-1\.1-py3-none-any\.whl/)
  })

  it('shows texts with --text', async () => {
    expect((await run(['diff', '--text=METADATA', demo, other])).stdout).toContain('+Version: 1.1')
    expect((await run(['diff', '--text', demo, other])).stdout).toContain('+Version: 1.1')
    expect((await run(['diff', demo, other])).stdout).not.toContain('+Version: 1.1')
  })

  it.each([
    [[demo], 'Name two files, or two directories'],
    [['--text', '*.py', demo, other], '--text=GLOB'],
    [[demo, at('nothing')], 'There is no file or directory'],
  ])('is 2 for wrong usage: %j', async (args, message) => {
    const { status, stderr } = await run(['diff', ...args])
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})
