import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Built, buildSdist, buildWheel } from '../fixtures/build.js'
import { writeTar } from '../fixtures/make/tar.js'
import { writeZip, type ZipEntry } from '../fixtures/make/zip.js'
import { RULES } from '../rules/registry/index.js'
import type { Limits } from '../src/archive/limits.js'
import { PROBLEM_KINDS } from '../src/archive/unread.js'
import { auditBuilt } from './support/audit-built.js'

// What is not there can only be said of what was read: an archive of which a part was not gives the findings of its archive.

type File = Pick<Built, 'filename' | 'bytes'> & { readonly broken?: 'unreadable' }

const wheel = await buildWheel({
  metadata: { 'Provides-Extra': 'dev', 'Requires-Dist': "attrs>=20; extra == 'dev'" },
  entryPoints: '[console_scripts]\ndemo = demo.core:main\n',
  files: { 'demo/core.py': 'def main() -> None: ...\n', 'demo/py.typed': '', 'demo/data.txt': 'data '.repeat(200) },
})
const files = { '{top}/src/demo/core.py': 'def main(): ...\n', '{top}/src/demo/data.txt': 'data '.repeat(200) }
const sdist = await buildSdist({ files })
const zipSdist = await buildSdist({ filename: 'demo-1.0.zip', files })
const markupsafe = readdirSync('fixtures/real')
  .filter(name => name.startsWith('markupsafe'))
  .map((filename): File => ({ filename, bytes: new Uint8Array(readFileSync(`fixtures/real/${filename}`)) }))

/** Rules that speak of the archive itself, and what is true of a release with a broken file. */
const ofArchive = new Set(RULES.filter(({ topic }) => topic === 'archive').map(({ id }) => id)).add(
  'set-half-published',
)

const idsOf = async (list: readonly File[], limits?: Partial<Limits>) => {
  const { findings, errors } = await auditBuilt(list, RULES, limits)
  expect(errors).toEqual([])
  return findings
}

/** What is said of broken files beyond their archives, and beyond what the sound one gives; the archives' own must be some. */
async function beyond(sound: File, broken: readonly (readonly [string, Uint8Array])[], beside: readonly File[] = []) {
  const known = new Set((await idsOf([sound, ...beside])).map(({ rule }) => rule))
  const said: string[] = []
  for (const [what, bytes] of broken) {
    const findings = await idsOf([{ filename: sound.filename, bytes }, ...beside])
    if (!findings.some(({ rule }) => ofArchive.has(rule) && !known.has(rule))) said.push(`${what}: nothing`)
    for (const { rule, message } of findings)
      if (!known.has(rule) && !ofArchive.has(rule)) said.push(`${what}: ${rule}: ${message}`)
  }
  return said
}

/** The file without its end, at so many places, and at each of its last bytes. */
function cuts({ bytes }: File, count = 30): readonly (readonly [string, Uint8Array])[] {
  const step = Math.ceil(bytes.length / count)
  const lengths = Array.from({ length: count }, (_, i) => i * step).filter(length => length < bytes.length)
  const last = Array.from({ length: 23 }, (_, i) => bytes.length - 1 - i)
  return [...new Set([...lengths, ...last])].map(length => [`cut at ${length}`, bytes.slice(0, length)])
}

const files3 = [
  ['a wheel', wheel, sdist],
  ['an sdist', sdist, wheel],
  ['a .zip sdist', zipSdist, wheel],
] as const

describe('a file that was cut', () => {
  it.each(files3)('%s gives what is wrong with its archive alone', async (_, sound) => {
    expect(await beyond(sound, cuts(sound))).toEqual([])
  })

  it.each(files3)('%s beside another file of the release too', async (_, sound, beside) => {
    expect(await beyond(sound, cuts(sound, 10), [beside])).toEqual([])
  })

  it.each(markupsafe.map(file => [file.filename, file] as const))('%s too', async (_, sound) => {
    expect(await beyond(sound, cuts(sound, 10))).toEqual([])
  })
})

describe('a zip with a member that cannot be read', () => {
  const changes = {
    'is encrypted': { flags: 1 },
    'is of an unknown method': { method: 99 },
    'has another CRC-32': { crc: 5 },
    'is larger than stated': { size: 3 },
    'is smaller than stated': { size: 1_000_000 },
    'has its compressed size wrong': { compressedSize: 3 },
  }
  const cases = [wheel, zipSdist].flatMap(built =>
    Object.entries(changes).map(([what, fields]) => [built.filename, what, built, fields] as const),
  )

  it.each(cases)('%s whose member %s says nothing of its content', async (_, _what, built, fields) => {
    const entries: ZipEntry[] = built.entries.map(({ path, text }) => ({ name: path, data: text, method: 8 }))
    const broken = entries.flatMap((entry, i): readonly (readonly [string, Uint8Array])[] =>
      entry.data.length < 10
        ? []
        : [[`${entry.name}`, writeZip(entries.with(i, { ...entry, local: fields, central: fields }))]],
    )
    expect(await beyond(built, broken, [built === wheel ? sdist : wheel])).toEqual([])
  })
})

describe('a zip whose directory is damaged', () => {
  it.each([wheel, zipSdist].map(built => [built.filename, built] as const))(
    '%s lacks no file for it',
    async (_, built) => {
      const { bytes } = built
      const start = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 6, true)
      const known = new Set((await idsOf([built])).map(({ rule }) => rule))
      const said: string[] = []
      const attributes = attributesOf(bytes, start)
      for (let at = start; at < bytes.length; at += 7) {
        if (attributes.has(at)) continue
        const copy = bytes.slice()
        copy[at] = (copy[at] ?? 0) ^ 0x41
        for (const { rule, message } of await idsOf([{ filename: built.filename, bytes: copy }]))
          if (isAbsence(rule) && !known.has(rule) && !ofArchive.has(rule)) said.push(`byte ${at}: ${rule}: ${message}`)
      }
      expect(said).toEqual([])
    },
  )
})

/** Where a directory says what kind of file a member is: which file it is stands elsewhere. */
function attributesOf(bytes: Uint8Array, start: number): ReadonlySet<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const places = new Set<number>()
  for (let at = start; view.getUint32(at, true) === 0x02014b50; ) {
    for (let i = 38; i < 42; i++) places.add(at + i)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return places
}

describe('an archive over a limit', () => {
  it.each(
    [wheel, sdist, zipSdist].flatMap(built =>
      [{ members: 2 }, { totalSize: 100 }, { nameLength: 20 }, { seconds: -1 }].map(
        limits => [built.filename, JSON.stringify(limits), built, limits] as const,
      ),
    ),
  )('%s with %s lacks nothing for it', async (_, _limits, built, limits) => {
    const known = new Set((await idsOf([built])).map(({ rule }) => rule))
    const more = (await idsOf([built], limits)).filter(({ rule }) => !known.has(rule))
    expect([...new Set(more.map(({ rule }) => rule))]).toEqual(['archive-limit'])
  })
})

describe('a tar that ends before its end', () => {
  // What PyPI looks for comes last.
  const entries = sdist.entries
    .map(({ path, text }) => ({ name: path, data: text }))
    .sort((a, b) => Number(a.name.endsWith('PKG-INFO')) - Number(b.name.endsWith('PKG-INFO')))

  it.each([
    ['at a member', (tar: Uint8Array, at: number) => tar.slice(0, at)],
    ['in a header', (tar: Uint8Array, at: number) => tar.slice(0, at + 100)],
    ['at a broken header', (tar: Uint8Array, at: number) => tar.fill(1, at, at + 100)],
    ['at a block of zeros', (tar: Uint8Array, at: number) => tar.fill(0, at, at + 512)],
  ])('%s is refused by PyPI for what it has not seen, and lacks nothing', async (_, damage) => {
    const tar = writeTar(entries)
    const at = writeTar(entries.slice(0, -1), { end: 0 }).length
    const bytes = new Uint8Array(gzipSync(damage(tar, at)))
    expect(await beyond(sdist, [['damaged', bytes]], [wheel])).toEqual([
      expect.stringMatching(
        /: Python's tarfile stops reading at offset [0-9]+ of the tar archive, before 'demo-1.0\/PKG-INFO'/,
      ),
    ])
  })
})

it('a release lacks no file that could not be read', async () => {
  const broken = { filename: sdist.filename, bytes: new Uint8Array(0), broken: 'unreadable' } as const
  expect((await idsOf([wheel])).map(({ rule }) => rule)).toContain('set-no-sdist')
  expect((await idsOf([wheel, broken])).map(({ rule }) => rule)).toEqual(['file-unreadable'])
})

/** Does a rule, by its name, say that something is not there? */
const isAbsence = (id: string): boolean =>
  /(?:^|-)(?:missing|no|none|not-in|not-provided|lost|without|unmatched|empty|gap|dropped|orphan|extra-entry)(?:-|$)/.test(
    id,
  )

/** Those that speak of the file name, of one text that was read to its end, or of what came before. */
const OF_ONE_TEXT = new Set(
  `android-note-missing author-missing backend-key-missing build-backend-missing build-system-missing build-system-requires-missing dependency-group-include-missing
  companion-without-distribution description-content-type-missing description-renders-empty description-missing dynamic-metadata-setting-missing dynamic-value-lost elf-no-sections
  entry-point-script-no-callable import-name-empty-but-modules import-name-parent-missing license-file-none license-missing
  macos-arch-missing data-file-without-key metadata-version-missing path-empty project-name-missing
  project-url-missing project-version-missing pyinit-missing record-hash-missing record-self-missing record-size-missing
  requires-python-missing requires-python-no-floor root-is-purelib-missing sbom-empty sbom-no-timestamp sbom-no-tool summary-missing
  tag-cp-none-with-extension tag-py-none-with-extension variant-empty-not-null variant-marker-without-variants variant-namespace-empty variant-null-not-empty variant-property-empty
  wasm-no-dylink wheel-generator-missing wheel-tag-missing wheel-version-missing link-hard-missing tar-no-end tar-size-without-data zip-gap zip-member-missing
  sdist-no-pkg-info build-backend-hook-missing version-not-in-file description-not-in-module`.split(/\s+/),
)

describe('the rules', () => {
  it('say so when they speak of what is not there', () => {
    const silent = RULES.filter(({ id, absence }) => isAbsence(id) && absence === undefined && !OF_ONE_TEXT.has(id))
    expect(silent.map(({ id }) => id)).toEqual([])
    const declared = RULES.filter(({ id, absence }) => absence !== undefined && OF_ONE_TEXT.has(id))
    expect(declared.map(({ id }) => id)).toEqual([])
    expect([...OF_ONE_TEXT].filter(id => !RULES.some(rule => rule.id === id))).toEqual([])
  })

  it('speak of every kind of problem', () => {
    const folders = ['archive', 'sdist'].map(topic => `rules/${topic}/`)
    const sources = folders.flatMap(folder => readdirSync(folder).map(name => readFileSync(folder + name, 'utf8')))
    const unsaid = PROBLEM_KINDS.filter(kind => !sources.some(text => text.includes(`'${kind}'`)))
    expect(unsaid).toEqual([])
  })
})
