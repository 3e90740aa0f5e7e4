import type { Member } from '../archive/archive.js'
import type { Distribution, Sdist, Wheel } from '../distribution/distribution.js'
import { groupBy } from '../group-by.js'
import { platformOf } from '../platform/platform.js'
import { canonicalName } from '../standards/name.js'
import { NEWEST_MINOR, pythonsOf } from '../standards/python-versions.js'
import { hexOfDigest } from '../text/hex.js'
import { comparisons, dependencies } from '../views/dependencies.js'
import { installTree } from '../views/install-tree.js'
import { specifiersOf } from '../views/parsed.js'
import { vendoredLibraries } from '../views/sboms.js'
import { pythonList, wheelPythons } from '../views/wheel-pythons.js'
import { inspected } from './inspected.js'
import { shownNatives } from './natives.js'
import type {
  FileKind,
  Shown,
  ShownCommon,
  ShownFile,
  ShownLicenses,
  ShownNative,
  ShownProblem,
  ShownRequirement,
} from './shown.js'
import { shownTags } from './tags.js'
import { weightOf } from './weight.js'

export interface ShowExtras {
  readonly problems: readonly ShownProblem[]
  /** Hex, where it was asked for. */
  readonly md5?: string | undefined
}

/** What is to be seen of the facts of one file. */
export function shownOf(fact: Distribution, { problems, md5 }: ShowExtras): Shown {
  const { path, filename, size, sha256 } = fact
  const digests = { ...(md5 !== undefined && { md5 }), ...(sha256 !== '' && { sha256 }) }
  const common: ShownCommon = { path, filename, file: { size, digests }, problems }
  if (fact.kind === 'wheel' || fact.kind === 'sdist') return { ...common, ...opened(fact) }
  const looksLike = fact.kind === 'unknown' ? fact.looksLike : 'variants-json'
  const why = fact.kind === 'unknown' ? unknownText(looksLike, fact.error) : VARIANTS
  return { ...common, kind: 'unknown', looksLike, problems: [{ message: why }, ...problems] }
}

const VARIANTS = 'The file describes the variants of wheels; it is not a wheel or an sdist.'

function unknownText(looksLike: string, error: string | undefined): string {
  if (looksLike === 'directory') return 'This is a directory, not a file.'
  if (looksLike === 'unreadable') return `The file cannot be read${error === undefined ? '' : `: ${error}`}.`
  return 'This is not a wheel or an sdist: its name does not end with .whl, .tar.gz or .zip.'
}

function opened(subject: Wheel | Sdist) {
  const isWheel = subject.kind === 'wheel'
  const { metadata, name } = subject
  const natives = isWheel ? shownNatives(subject) : []
  const files = filesOf(subject, natives)
  const wheelName = isWheel ? subject.name : undefined
  const description = metadata?.description
  return {
    kind: subject.kind,
    project: name?.name ?? metadata?.value('Name') ?? null,
    version: name?.version ?? metadata?.value('Version') ?? null,
    buildver: wheelName?.build ?? null,
    pyver: wheelName?.python ?? [],
    abi: wheelName?.abi ?? [],
    arch: wheelName?.platform ?? [],
    tags: wheelName && shownTags(wheelName),
    pythons: pythonsText(subject),
    ...inspected(subject),
    requirements: requirementsOf(subject),
    description: description
      ? { contentType: metadata.value('Description-Content-Type') ?? null, text: description.text }
      : null,
    files,
    weight: weightOf(files, natives, bundledIn(subject, natives)),
    natives,
    platform: isWheel ? platformOf(subject) : undefined,
    entryPoints: (subject.entryPoints?.entries ?? []).map(({ group, name, target }) => ({ group, name, target })),
    licenses: licensesOf(subject),
    sboms: isWheel
      ? subject.sboms.map(({ member, title, components }) => ({
          path: member,
          format: title,
          components: components.map(({ name, version, purl }) => ({ name, version, purl })),
        }))
      : [],
    metadataFolder: (isWheel ? subject.distInfo : subject.top) ?? null,
    build: isWheel ? undefined : buildOf(subject),
  }
}

/** The versions of Python that the metadata admits, and the tags of a wheel; null where that is not known. */
function pythonsText(subject: Wheel | Sdist): string | null {
  const field = subject.metadata?.first('Requires-Python')
  const set = specifiersOf(field)
  // Then the tags say it all.
  if (!set) return null
  if (subject.kind === 'wheel') {
    const minors = wheelPythons(subject)
    return minors.length > 0 ? pythonList(minors) : null
  }
  const minors = pythonsOf(set).flatMap(python => (python.startsWith('3.') ? [Number(python.slice(2))] : []))
  const known = minors.filter(minor => minor <= NEWEST_MINOR)
  return known.length > 0 ? pythonList(known) : null
}

/** Valid requirements by the extra that their marker names, those without one first; others as they are written. */
function requirementsOf({ metadata }: Wheel | Sdist): readonly ShownRequirement[] {
  const valid = new Map(dependencies(metadata).map(one => [one.field, one]))
  return (metadata?.all('Requires-Dist') ?? []).map(field => {
    const found = valid.get(field)
    const extra = comparisons(found?.requirement.marker?.tree).flatMap(({ lhs, rhs, operator }) =>
      operator === '==' && lhs.kind === 'variable' && lhs.name === 'extra' && rhs.kind === 'literal' ? rhs.value : [],
    )[0]
    return {
      text: field.value,
      name: found?.name ?? canonicalName(/^[\w.-]*/.exec(field.value)?.[0] ?? ''),
      ...(extra !== undefined && { extra }),
    }
  })
}

const TEST_FOLDER = /(?:^|\/)(?:tests?|testing|test[-_]?data|testsuite|_tests?)\//i
const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/
const PYTHON = /\.(?:py|pyi|pyx|pxd|pxi|pyc)$/
const NATIVE = /\.(?:so(?:\.[0-9.]{1,40})?|pyd|dll|dylib|a|lib|exe|node|wasm)$/i
const LICENSE = /(?:^|\/)(?:licen[cs]e|copying|notice|copyright)[^/]*$/i
/** Metadata of an sdist, below its top directory. */
const SDIST_METADATA = /^[^/]+\/(?:PKG-INFO|pyproject\.toml|setup\.(?:py|cfg)|MANIFEST\.in|[^/]+\.egg-info\/.*)$/

function kindOf({ path }: Member, subject: Wheel | Sdist, natives: ReadonlySet<string>): FileKind {
  const isMetadata = subject.kind === 'wheel' ? /^[^/]+\.dist-info\//.test(path) : SDIST_METADATA.test(path)
  if (isMetadata) return /\/licenses\/./.test(path) ? 'license' : 'metadata'
  // The first directory of an sdist is the project's own, whatever it is called.
  const below = subject.kind === 'sdist' ? path.slice(path.indexOf('/') + 1) : path
  if (TEST_FOLDER.test(below) || TEST_FILE.test(below)) return 'test'
  if (natives.has(path) || NATIVE.test(path)) return 'native'
  if (PYTHON.test(path)) return 'python'
  return LICENSE.test(path) ? 'license' : 'data'
}

function filesOf(subject: Wheel | Sdist, natives: readonly ShownNative[]): readonly ShownFile[] {
  const binaries = new Set(natives.map(({ path }) => path))
  const placed = new Map(subject.kind === 'wheel' ? installTree(subject).map(one => [one.member, one] as const) : [])
  return subject.members.list.map(member => {
    const place = placed.get(member)
    const isFile = member.type === 'file'
    return {
      path: member.path,
      type: member.type,
      kind: kindOf(member, subject, binaries),
      size: isFile ? member.actualSize : 0,
      compressedSize: member.compressedSize,
      ...(member.sha256 !== '' && { sha256: hexOfDigest(member.sha256) }),
      ...(member.link !== undefined && { link: member.link }),
      ...(isFile && !member.intact && { intact: false as const }),
      ...(place && {
        installs: { root: place.root, path: place.path, ...(place.only && { only: place.only.system }) },
      }),
    }
  })
}

/** RECORD's spelling of a digest in hex. */

/** Libraries that others load, from wherever they were put in. */
export function bundledIn(subject: Wheel | Sdist, natives: readonly ShownNative[]): ReadonlySet<string> {
  if (subject.kind === 'sdist') return new Set()
  const loaded = natives.flatMap(({ libraries }) => libraries.flatMap(({ path }) => path ?? []))
  const extensions = new Set(natives.filter(({ role }) => role === 'extension').map(({ path }) => path))
  return new Set([...vendoredLibraries(subject), ...loaded].filter(path => !extensions.has(path)))
}

function licensesOf({ metadata, licenseTexts, licenseHeaders }: Wheel | Sdist): ShownLicenses {
  const classifiers = (metadata?.all('Classifier') ?? []).map(({ value }) => value)
  const headers = groupBy(licenseHeaders, ({ value }) => value)
  return {
    expression: metadata?.value('License-Expression') ?? null,
    license: metadata?.value('License') ?? null,
    classifiers: classifiers.filter(value => value.startsWith('License ::')),
    files: licenseTexts.map(({ member, matches }) => ({ path: member, licenses: matches.map(({ ids }) => ids) })),
    headers: [...headers].map(([license, all]) => ({
      license,
      files: new Set(all.map(({ member }) => member)).size,
      first: all[0].member,
    })),
  }
}

function buildOf({ pyproject }: Sdist) {
  if (!pyproject) return undefined
  const backend = pyproject.get('build-system', 'build-backend')
  const requires = pyproject.get('build-system', 'requires')
  return {
    backend: typeof backend === 'string' ? backend : null,
    requires: Array.isArray(requires) ? requires.filter(one => typeof one === 'string') : [],
  }
}
