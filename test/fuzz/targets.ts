import { gzipSync } from 'node:zlib'
import { elf } from '../../fixtures/make/elf.js'
import { fat, macho } from '../../fixtures/make/macho.js'
import { pe } from '../../fixtures/make/pe.js'
import { writeTar } from '../../fixtures/make/tar.js'
import { wasm } from '../../fixtures/make/wasm.js'
import type { Archive } from '../../src/archive/archive.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { readTar } from '../../src/archive/tar.js'
import { readZip } from '../../src/archive/zip.js'
import { whyUnsure } from '../../src/description/rst/sure.js'
import { parseEntryPoints } from '../../src/distribution/entry-points.js'
import { parseMetadata } from '../../src/distribution/metadata.js'
import { parsePyproject } from '../../src/distribution/pyproject.js'
import { parseRecord } from '../../src/distribution/record.js'
import { parseVariants } from '../../src/distribution/variant.js'
import { parseWheelFile } from '../../src/distribution/wheel-file.js'
import { parseNative } from '../../src/native/index.js'
import { sbomReader } from '../../src/sbom/read.js'
import { bytesSource } from '../../src/source/source.js'
import { StandardsError } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import type { Kept } from '../../src/text/file.js'
import { auditCase } from './audit-case.js'
import { mendedTar, mendedZip } from './containers.js'
import { agreesWithTarStream, agreesWithYauzl } from './differential.js'
import { mutate, pick, type Random, WORDS } from './mutate.js'
import { fromPacked, startsOf } from './packed.js'
import { nativeSeeds, recordedSeeds, type Seeds } from './seeds.js'

/** An input under a file name; parsers of one format do not look at the name. */
export interface Case {
  readonly filename: string
  readonly bytes: Uint8Array
}

export interface Target {
  readonly next: (random: Random) => Case
  /** Where a guided fuzzer begins. */
  readonly starts: readonly Uint8Array[]
  /** Makes a case of a guided fuzzer's bytes; without it they are the bytes themselves. */
  readonly from?: (bytes: Uint8Array) => Case
  /** Throws, or rejects, when a promise of SECURITY.md is broken. */
  readonly run: (input: Case, random: Random) => unknown
}

/** The case that bytes of a guided fuzzer stand for. */
export const caseOf = ({ from }: Target, bytes: Uint8Array): Case => from?.(bytes) ?? { filename: 'x', bytes }

const options = { limits: DEFAULT_LIMITS, interest: () => undefined, now: () => 0 }
const encoder = new TextEncoder()
const decoder = new TextDecoder()

const keptOf = (bytes: Uint8Array): Kept => ({ member: 'demo-1.0.dist-info/X', bytes, size: bytes.length, cut: false })

/** A reader of text may only say no with a StandardsError. */
function standards(parse: (text: string) => { toString(): string }) {
  return ({ bytes }: Case) => {
    try {
      parse(decoder.decode(bytes)).toString()
    } catch (error) {
      if (!(error instanceof StandardsError)) throw error
    }
  }
}

const text = (run: Target['run'], seeds: readonly Uint8Array[], extra: readonly string[] = []): Target => {
  const all = [...seeds, ...extra.map(one => encoder.encode(one))]
  return { next: random => ({ filename: 'x', bytes: mutate(all, WORDS, random, 16 * 1024) }), starts: all, run }
}

const native = (seeds: readonly Uint8Array[]): Target => ({
  next: random => ({ filename: 'demo/x.so', bytes: mutate(seeds, WORDS, random) }),
  starts: seeds,
  run: ({ bytes }) => parseNative('demo/x.so', bytes),
})

const SBOMS = [
  '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[{"type":"library","name":"a","bom-ref":"a","purl":"pkg:pypi/a@1"}],"dependencies":[{"ref":"a","dependsOn":["a"]}]}',
  '{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"x","packages":[{"name":"a","SPDXID":"SPDXRef-a"}],"relationships":[]}',
  '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><components><component type="library"><name>a</name></component></components></bom>',
  'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nPackageName: a\nSPDXID: SPDXRef-a\n',
  '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"Sbom","spdxId":"a"}]}',
]

const RST = [
  'Title\n=====\n\n:Field: *a* **b** ``c`` `d <http://e>`_ :sup:`f` |g| [#]_ h_\n\n- a\n\n  1. b\n\na::\n\n  b\n\n.. |g| replace:: a\n.. [#] a\n.. _h: a\n',
  '=== ===\na   b\n=== ===\n\n+---+---+\n| a | b |\n+---+---+\n\n.. list-table::\n   :header-rows: 1\n\n   * - a\n   * - b\n\n.. csv-table:: a\n\n   "a", b\n',
  '.. note:: a\n\n.. image:: a.png\n   :width: 5 px\n\n.. role:: a(code)\n\n-a  b\n--c=<d>  e\n\n| a\n|  b\n\na\n  b\n\n  -- c\n\n__ a\n\na__\n',
]

const readSbom = await sbomReader()

async function readBoth(read: typeof readZip | typeof readTar, bytes: Uint8Array): Promise<Archive> {
  return read(bytesSource(bytes), options)
}

/** Every target by its name. */
export function targetsOf(seeds: Seeds): Readonly<Record<string, Target>> {
  const zips = seeds.zips.map(({ bytes }) => bytes)
  const tars = seeds.tars.map(({ contents }) => writeTar(contents))
  const zipStarts = seeds.zips.flatMap(seed => startsOf(seed))
  const tarStarts = seeds.tars.flatMap((seed, index) => startsOf(seed, tars[index]))
  const starts = [...zipStarts, ...tarStarts]
  // The whole audit is slow, and the other targets know the frames: it begins with members.
  const auditStarts = seeds.zips.concat(seeds.tars).flatMap(seed => startsOf(seed).slice(1))
  const zip = (random: Random): Case =>
    random(3) === 0 ? mendedZip(seeds.zips, random) : { filename: 'x', bytes: mutate(zips, WORDS, random) }
  const tar = (random: Random): Case =>
    random(2) === 0
      ? mendedTar(seeds.tars, random)
      : { filename: 'x', bytes: new Uint8Array(gzipSync(mutate(tars, WORDS, random), { level: 1 })) }
  return {
    zip: { next: zip, starts: zipStarts, from: fromPacked, run: ({ bytes }) => readBoth(readZip, bytes) },
    tar: { next: tar, starts: tarStarts, from: fromPacked, run: ({ bytes }) => readBoth(readTar, bytes) },
    metadata: text(({ bytes }) => parseMetadata(keptOf(bytes)), seeds.texts(/(?:METADATA|PKG-INFO)$/)),
    rst: text(({ bytes }) => whyUnsure(decoder.decode(bytes)), seeds.texts(/(?:METADATA|PKG-INFO)$/), RST),
    record: text(({ bytes }) => parseRecord(keptOf(bytes)), seeds.texts(/RECORD$/)),
    wheel: text(({ bytes }) => parseWheelFile(keptOf(bytes)), seeds.texts(/WHEEL$/)),
    'entry-points': text(({ bytes }) => parseEntryPoints(keptOf(bytes)), seeds.texts(/entry_points\.txt$/)),
    toml: text(({ bytes }) => parsePyproject(keptOf(bytes)), seeds.texts(/pyproject\.toml$/)),
    requirement: text(standards(parseRequirement), recordedSeeds(/^(?:requirement|marker-eval)/), [
      'a[b]>=1,<2; python_version < "3" and (extra == "x" or os_name != "nt")',
    ]),
    license: text(standards(parseLicenseExpression), recordedSeeds(/^license/), [
      '(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0',
    ]),
    elf: native([
      ...nativeSeeds(/^elf/),
      elf({ versions: { 'libc.so.6': ['GLIBC_2.17'] }, needed: ['libc.so.6'] }),
      ...nativeSeeds(/\.a$/),
    ]),
    macho: native([
      ...nativeSeeds(/^macho/),
      macho({ imports: ['PyList_New'] }),
      fat(macho(), macho({ arch: 'x86_64' })),
    ]),
    pe: native([
      ...nativeSeeds(/^pe/),
      pe({ pdb: 'C:\\x.pdb', exports: ['PyInit__x'] }),
      pe({ plus: false, machine: 0x14c }),
    ]),
    wasm: native([
      ...nativeSeeds(/^wasm/),
      wasm({ needed: ['a.so'], imports: ['PyList_New'], exports: ['PyInit__x'] }),
    ]),
    sbom: text(
      ({ bytes }) => readSbom({ member: 'x', size: bytes.length, cut: false, text: decoder.decode(bytes), utf8: true }),
      seeds.texts(/sboms\//),
      SBOMS,
    ),
    variants: text(
      ({ bytes }) =>
        parseVariants({ member: 'x', size: bytes.length, cut: false, text: decoder.decode(bytes), utf8: true }),
      seeds.texts(/variants?\.json$/),
      [
        '{"$schema":"https://variants-schema.wheelnext.dev/v0.0.3.json","default-priorities":{"namespace":["a"]},"providers":{"a":{"requires":["a"]}},"variants":{"x":{"a":{"b":["c"]}}}}',
      ],
    ),
    differential: {
      next: random =>
        random(2) === 0 ? { ...zip(random), filename: 'x.whl' } : { ...tar(random), filename: 'x.tar.gz' },
      starts,
      from: fromPacked,
      run: async ({ filename, bytes }) => {
        if (!filename.endsWith('.tar.gz')) await agreesWithYauzl(bytes, await readBoth(readZip, bytes))
        else await agreesWithTarStream(bytes, await readBoth(readTar, bytes))
      },
    },
    audit: {
      next: random => {
        const named = (list: Seeds['zips'], one: Case) => ({ ...one, filename: pick(list, random).filename })
        switch (random(6)) {
          case 0:
            return named(seeds.zips, { filename: '', bytes: mutate(zips, WORDS, random) })
          case 1:
            return named(seeds.tars, tar(random))
          case 2:
            return mendedTar(seeds.tars, random)
          default:
            return mendedZip(seeds.zips, random)
        }
      },
      starts: auditStarts,
      from: fromPacked,
      run: auditCase,
    },
  }
}
