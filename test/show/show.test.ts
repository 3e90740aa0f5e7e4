import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { renderShow, SHOW_JSON_END, SHOW_JSON_START, showJson } from '../../src/report/show.js'
import { SECTIONS } from '../../src/report/show-sections.js'
import type { Shown } from '../../src/show/shown.js'
import { shownTags } from '../../src/show/tags.js'
import { run } from '../support/run-command.js'
import { unsafeIn } from '../support/unsafe.js'
import { exampleFiles, filesIn, opened, real, shownOf } from './given.js'

const schema = JSON.parse(readFileSync(new URL('../../schemas/show-1.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)

const jsonOf = (shown: Shown): string => SHOW_JSON_START + showJson(shown, true) + SHOW_JSON_END

function check(shown: Shown, name: string): void {
  const json = jsonOf(shown)
  validate(JSON.parse(json))
  expect(validate.errors, name).toBeNull()
  const text = renderShow(shown, { sections: SECTIONS, verbose: true })
  for (const output of [json, text, renderShow(shown, { width: 60 })]) expect(unsafeIn(output), name).toBeUndefined()
}

describe('show', () => {
  it('gives valid JSON and harmless text for every fixture', async () => {
    for (const folder of ['real', 'regressions'])
      for (const [name, bytes] of filesIn(folder)) check(await shownOf(name, bytes), name)
  })

  it('does the same for what the rules are about: damaged and hostile files', { timeout: 300_000 }, async () => {
    for await (const { filename, bytes } of exampleFiles()) check(await shownOf(filename, bytes), filename)
  })

  it('cuts a value that is endless, for a terminal', async () => {
    const { filename, bytes } = await buildWheel({ metadata: { Summary: 'x'.repeat(1_000_000) } })
    const shown = await shownOf(filename, bytes)
    const length = (options: Parameters<typeof renderShow>[1]) => renderShow(shown, options).length
    expect(length({ width: 80 })).toBeLessThan(10_000)
    expect(renderShow(shown, { width: 200 })).toMatch(/…\s+and\s+998,000\s+more\s+characters\s+\(--verbose\)/)
    expect(length({ width: 80, verbose: true })).toBeGreaterThan(1_000_000)
    expect(length({})).toBeGreaterThan(1_000_000)
  })

  it('cuts an endless requirement too', async () => {
    const { filename, bytes } = await buildWheel({ metadata: { 'Requires-Dist': `demo>=${'1'.repeat(200_000)}` } })
    const shown = await shownOf(filename, bytes)
    expect(renderShow(shown, { width: 80 }).length).toBeLessThan(10_000)
    expect(renderShow(shown, {}).length).toBeGreaterThan(200_000)
  })

  it('says what is in a wheel with an extension module', async () => {
    const name = 'markupsafe-3.0.4-cp313-cp313-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl'
    const shown = await opened(...real(name))
    expect(shown).toMatchObject({
      problems: [],
      project: 'markupsafe',
      tags: { meaning: 'CPython 3.13, Linux with glibc 2.17 or later on x86-64' },
      valid: true,
      weight: { debug: { size: 27082 }, duplicates: { size: 0 } },
      licenses: { expression: 'BSD-3-Clause', files: [{ licenses: [['BSD-3-Clause']] }] },
      platform: { fits: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'] },
    })
    expect(shown.natives).toMatchObject([
      {
        role: 'extension',
        architectures: ['x86_64'],
        libraries: [
          { name: 'libpthread.so.0', from: 'system' },
          { name: 'libc.so.6', from: 'system', symbols: expect.arrayContaining(['GLIBC_2.14']) },
        ],
      },
    ])
  })

  it('has the keys of wheel-inspect', async () => {
    const shown = await opened(...real('zipp-4.1.2-py3-none-any.whl'))
    expect(shown).toMatchObject({
      buildver: null,
      pyver: ['py3'],
      abi: ['none'],
      arch: ['any'],
      file: { size: 10581, digests: { md5: 'c8ca5d735e618ea6ea0855b23bb9007b' } },
      dist_info: {
        metadata: {
          license_expression: ['MIT'],
          project_url: [{ label: 'Source', url: 'https://github.com/jaraco/zipp' }],
          description: { length: 2020 },
        },
        wheel: { wheel_version: '1.0', root_is_purelib: true, tag: ['py3-none-any'] },
        top_level: ['zipp'],
      },
      derived: { description_in_body: true, keyword_separator: null },
    })
    expect(shown.dist_info.record?.at(-1)).toEqual({
      path: 'zipp-4.1.2.dist-info/RECORD',
      digests: {},
      size: null,
    })
    expect(shown.derived.modules).toContain('zipp.compat.py310')
  })

  it.each([
    [{ members: { 'demo/extra.py': 'x = 1\n' } }, undefined],
    [{ record: 'demo/missing.py,sha256=AAAA,3\n' }, 'FileMissingError'],
    [{ record: '' }, 'ExtraFileError'],
  ])('tells whether RECORD is true: %j', async (changes, type) => {
    const [name, bytes] = await wheelWith(changes)
    const { valid, validation_error: error } = await opened(name, bytes)
    expect({ valid, type: error?.type }).toEqual({ valid: type === undefined, type })
  })

  it('says of a file that is not a distribution what it is', async () => {
    expect(await shownOf('notes.txt', new Uint8Array())).toMatchObject({
      kind: 'unknown',
      problems: [{ message: expect.stringContaining('not a wheel or an sdist') }],
    })
  })

  it('shows the rest of a wheel that ends in the middle, and says so', async () => {
    const { filename, bytes } = await buildWheel({})
    const shown = await opened(filename, bytes.subarray(0, bytes.length - 30))
    expect(shown.problems.length).toBeGreaterThan(0)
    expect(shown.tags?.meaning).toBe('Python 3, any platform')
  })

  it('does not take what an sdist is built with for its contents', async () => {
    const { filename, bytes } = await buildSdist({})
    const shown = await opened(filename, bytes)
    expect(shown.build?.backend).toBe('hatchling.build')
    expect(shown).not.toHaveProperty('valid')
  })
})

async function wheelWith(changes: { readonly members?: Record<string, string>; readonly record?: string }) {
  const { filename, bytes } = await buildWheel({
    ...(changes.members && { files: changes.members }),
    ...(changes.record !== undefined && { record: changes.record }),
  })
  return [filename, bytes] as const
}

describe('tags in words', () => {
  it.each([
    [
      'cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64',
      'CPython 3.9 and later, Linux with glibc 2.17 or later on x86-64',
    ],
    ['py3-none-any', 'Python 3, any platform'],
    ['py2.py3-none-any', 'Python 2 and 3, any platform'],
    ['py310-none-any', 'Python 3.10 and later, any platform'],
    ['cp313-cp313t-win_arm64', 'free-threaded CPython 3.13, Windows on ARM64'],
    ['cp27-cp27mu-manylinux1_i686', 'CPython 2.7 with wide Unicode, Linux with glibc 2.5 or later on 32-bit x86'],
    ['cp37-cp37m-win32', 'CPython 3.7, Windows on 32-bit x86'],
    ['cp312-cp312-macosx_10_9_universal2', 'CPython 3.12, macOS 10.9 or later on Apple silicon and Intel'],
    ['cp312-cp312-macosx_11_0_arm64', 'CPython 3.12, macOS 11 or later on Apple silicon'],
    ['pp311-pypy311_pp73-musllinux_1_2_aarch64', 'PyPy 3.11, Linux with musl 1.2 or later on ARM64'],
    ['cp315-abi3.abi3t-linux_x86_64', 'CPython 3.15 and later, Linux like that of the build machine on x86-64'],
    ['cp315-abi3t-any', 'free-threaded CPython 3.15 and later, any platform'],
    ['cp38.cp39-none-any', 'CPython 3.8 or CPython 3.9, any platform'],
    [
      'py3-none-manylinux_2_28_x86_64.musllinux_1_2_x86_64',
      'Python 3, Linux with glibc 2.28 or later on x86-64 or Linux with musl 1.2 or later on x86-64',
    ],
    ['cp313-cp313-ios_13_0_arm64_iphonesimulator', 'CPython 3.13, iOS 13.0 or later in the simulator on Apple silicon'],
    ['cp313-cp313-android_24_arm64_v8a', 'CPython 3.13, Android with API level 24 or later on ARM64'],
    ['cp313-cp313-pyodide_2025_0_wasm32', 'CPython 3.13, Pyodide 2025_0 (WebAssembly)'],
    ['xx1-none-beos_5', 'the interpreter xx1, the platform beos_5'],
  ])('%s', (tag, meaning) => {
    const [python = '', abi = '', platform = ''] = tag.split('-')
    expect(shownTags({ python: python.split('.'), abi: abi.split('.'), platform: platform.split('.') }).meaning).toBe(
      meaning,
    )
  })
})

describe('distaudit show', () => {
  const zipp = 'fixtures/real/zipp-4.1.2-py3-none-any.whl'
  const tree = mkdtempSync(join(tmpdir(), 'distaudit-tree-'))
  writeFileSync(join(tree, 'pyproject.toml'), '[project]\nname = "demo"\nversion = "1"\n')
  afterAll(() => rmSync(tree, { recursive: true }))

  it('shows the parts that are asked for', async () => {
    const { status, stdout, stderr } = await run(['show', '--section', 'tags,licenses', zipp])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('Python 3, any platform')
    expect(stdout).not.toContain('Requirements')
  })

  it('is 1 for what cannot be read, which a comparison counts as not read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'distaudit-unread-'))
    const [bad, good] = [join(folder, 'demo-0.9-py3-none-any.whl'), join(folder, 'demo-1.0-py3-none-any.whl')]
    writeFileSync(bad, 'hi')
    writeFileSync(good, (await buildWheel({})).bytes)
    expect((await run(['show', bad])).status).toBe(1)
    expect((await run(['show', good])).status).toBe(0)
    expect((await run(['diff', bad, good])).status).toBe(2)
    rmSync(folder, { recursive: true })
  })

  it('writes one document for several files', async () => {
    const { stdout } = await run(['show', '--format', 'json', zipp, 'fixtures/real/zipp-4.1.2.tar.gz'])
    const document = JSON.parse(stdout)
    validate(document)
    expect(validate.errors).toBeNull()
    expect(document.files.map((file: Shown) => file.kind)).toEqual(['wheel', 'sdist'])
    expect(document.files[0].derived.readme_renders).toBe(true)
  })

  it('fits a narrow terminal', async () => {
    const { stdout } = await run(['show', '--section', 'metadata,tags,licenses', zipp], { env: { COLUMNS: '60' } })
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(60)
  })

  it.each([
    [
      ['show'],
      'Name a wheel or an sdist: `distaudit show [--section NAME,...] FILE|DIR|URL...`.\nTry `distaudit show --help`.',
    ],
    [
      ['show', '--section', 'tag', zipp],
      "--section takes metadata, tags, requirements, size, tree, libraries, entry-points, licenses, sboms, install, description, not 'tag'. Did you mean 'tags'?",
    ],
    [['show', '.'], "'.' is a source tree, and `distaudit show` reads built files only. Build it first"],
    [['show', '-'], '`distaudit show` does not read standard input. Write it to a file and name that.'],
    [['diff', zipp, '-'], '`distaudit diff` does not read standard input.'],
    [['show', tree], `'${tree}' is a source tree, and \`distaudit show\` reads built files only.`],
    [
      ['diff', `${tree}/pyproject.toml`, zipp],
      `'${tree}/pyproject.toml' belongs to a source tree, and \`distaudit diff\` reads built files only.`,
    ],
  ])('is 2 for wrong usage: %j', async (args, message) => {
    const { status, stderr } = await run(args)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})
