import type { Archive, Consumer, Interest, MemberHeader, ReadOptions } from '../archive/archive.js'
import type { Inflater } from '../archive/inflater.js'
import type { Limits } from '../archive/limits.js'
import { looksLike } from '../archive/looks-like.js'
import type { Problem } from '../archive/problem.js'
import { readTar } from '../archive/tar.js'
import { readZip } from '../archive/zip.js'
import { identify, licenseCollector } from '../licenses/evidence.js'
import type { NativeFile } from '../native/index.js'
import { MAGIC_SIZE } from '../native/magic.js'
import { once, oncePer } from '../once.js'
import type { PythonFile } from '../python/file.js'
import type { Sbom } from '../sbom/sbom.js'
import { checkedSource } from '../source/checked.js'
import { sha256OfSource } from '../source/digest.js'
import type { ByteSource } from '../source/source.js'
import { canonicalName } from '../standards/name.js'
import type { Kept, TextFile } from '../text/file.js'
import { decodeUtf8 } from '../text/utf8.js'
import { type Time, timeUntil } from '../time.js'
import { type CompanionContent, companionName, MAX_COMPANION, readCompanion } from './companion.js'
import { conflictScanner } from './conflicts.js'
import type { Distribution, Sdist, UnknownFile, VariantsJson, Wheel } from './distribution.js'
import { parseEntryPoints } from './entry-points.js'
import { parseSdistName, parseVariantsName, parseWheelName } from './filename.js'
import { headSize, isCompiled, keeper, keptSize } from './keep.js'
import { kindByName } from './kind.js'
import type { Listed } from './listed.js'
import { membersOf } from './members.js'
import { type Metadata, parseMetadata } from './metadata.js'
import { markerScanner } from './obfuscation.js'
import { parsePyproject } from './pyproject.js'
import { parseRecord } from './record.js'
import { sentMetadata } from './sent-metadata.js'
import { parseVariants } from './variant.js'
import { parseWheelFile } from './wheel-file.js'

export interface Input {
  /** Path as given; shown in the reports. */
  readonly path: string
  /** Last part of the path. */
  readonly filename: string
  readonly source: ByteSource
  /** What the index that it comes from says of it. */
  readonly listed?: Listed | undefined
}

/** Facts that cost time and are gathered only when a selected rule needs them. */
export type Need =
  | 'rendering'
  | 'native'
  | 'python-scan'
  | 'python-imports'
  | 'license-texts'
  | 'refusals'
  /** More of a wheel, or of an sdist, than rules of its topic look at: see src/selection.ts. */
  | 'whole-wheel'
  | 'whole-sdist'
  /** pyproject.toml of an sdist, where only a part of that is read. */
  | 'pyproject'

export interface ReadContext {
  readonly limits: Limits
  /** What the selected rules need beyond the plain facts. */
  readonly needs: ReadonlySet<Need>
  readonly now: () => number
  /** What is left of the time for this file; by default it begins now. */
  readonly time?: Time | undefined
  /** Inflates wheels on another thread. */
  readonly inflater?: Inflater | undefined
  /** Of a source that can be read in part, only what tells of the metadata is read. */
  readonly partial?: boolean | undefined
  /** Given METADATA or PKG-INFO as soon as it was read, while the rest of the archive is still to come. */
  readonly onMetadata?: ((metadata: Metadata) => void) | undefined
}

/** Reads one file into facts. Rejects only when the medium fails. */
export async function readDistribution(input: Input, context: ReadContext): Promise<Distribution> {
  const { seconds, totalSize } = context.limits
  const time = context.time ?? timeUntil(context.now() + seconds * 1000, context.now)
  const source = checkedSource(input.source, time.left)
  // While zlib inflates on its thread, this one hashes the file.
  const partial = context.partial === true && source.ahead !== undefined && canBePartial(input.filename)
  const hashing = source.size > totalSize ? endOf(source) : partial ? undefined : sha256OfSource(source, time)
  // Where both fail, the reader says so first.
  hashing?.catch(() => {})
  const facts = await readFacts({ ...input, source }, { ...context, time, partial })
  const digest = await hashing
  if (digest !== undefined) return { ...facts, sha256: digest }
  if (!('problems' in facts) || (partial && source.size <= totalSize)) return facts
  if (source.size > totalSize)
    return { ...facts, problems: [...facts.problems, { kind: 'limit-file-size', limit: totalSize, size: source.size }] }
  if (facts.problems.some(({ kind }) => kind === 'limit-seconds')) return facts
  return { ...facts, problems: [...facts.problems, { kind: 'limit-seconds', limit: seconds }] }
}

const canBePartial = (filename: string): boolean => ['wheel', 'sdist'].includes(kindByName(filename))

/** What reads one file: its time has begun. */
export type Reading = ReadContext & { readonly time: Time }

function readFacts({ path, filename, source, listed }: Input, context: Reading): Promise<Distribution> {
  const common = { path, filename, size: source.size, sha256: '', ...(listed && { listed }) }
  const kind = kindByName(filename)
  if (kind === 'wheel') return readWheel(common, source, context)
  if (kind === 'sdist') return readSdist(common, source, context)
  if (kind === 'variants-json') return readVariantsJson(common, source, context)
  return readUnknown(common, source)
}

const NOTHING_SAID: CompanionContent = { subjects: [] }

async function readUnknown(common: Common, source: ByteSource): Promise<UnknownFile> {
  const name = companionName(common.filename)
  const bytes = await source.read(0, name ? MAX_COMPANION : 512)
  const content = name && source.size <= MAX_COMPANION ? readCompanion(name, bytes) : NOTHING_SAID
  return {
    kind: 'unknown',
    ...common,
    looksLike: looksLike(bytes),
    ...(name && { companion: { ...name, ...content } }),
  }
}

/** A file that could not be opened at all. */
export function unreadable(
  path: string,
  filename: string,
  what: 'unreadable' | 'directory',
  error?: string,
): UnknownFile {
  return { kind: 'unknown', path, filename, size: 0, sha256: '', looksLike: what, error }
}

type Common = Pick<Wheel, 'path' | 'filename' | 'size' | 'sha256' | 'listed'>

/** A sparse file that is larger than the limit takes no disk space: it is enough that its end exists. */
async function endOf(source: ByteSource): Promise<undefined> {
  await source.read(source.size - 1, 1)
}

const METADATA = /^[^/]+(?:\.dist-info\/METADATA|\/PKG-INFO)$/
const RECORD = /^[^/]+\.dist-info\/RECORD$/

/** What is gathered while the members go by. */
interface Gathered {
  readonly kept: Map<string, Kept>
  /** The METADATA or PKG-INFO that went by last, where somebody waited for it: nearly always the only one. */
  parsed: { readonly kept: Kept; readonly metadata: Metadata } | undefined
  readonly texts: Map<string, TextFile>
  readonly heads: Map<string, Uint8Array>
  readonly natives: Map<string, NativeFile>
  readonly obfuscated: Map<string, 'pyarmor' | 'sourcedefender'>
  readonly conflicts: Map<string, number>
  readonly python: Map<string, PythonFile>
  /** Limits that were reached when sense was made of the members. */
  readonly reached: Problem[]
}

/** Bytes of Python that are read ahead: most wheels have no more. */
const MOST_SPARE = 1024 * 1024

/** Bytes kept of all texts of one archive together. */
const MOST_TEXTS = 40 * 1024 * 1024
/** Of them, sources of what is compiled: more than a small crate has. */
const MOST_COMPILED = 4 * 1024 * 1024

async function gather(kind: 'wheel' | 'sdist', context: Reading) {
  const found: Gathered = {
    kept: new Map(),
    parsed: undefined,
    texts: new Map(),
    heads: new Map(),
    natives: new Map(),
    obfuscated: new Map(),
    conflicts: new Map(),
    python: new Map(),
    reached: [],
  }
  // The parsers of binaries load when they are needed.
  const collector = context.needs.has('native') ? await import('../native/collector.js') : undefined
  const nativeOf = (header: MemberHeader): (Interest & { readonly consumer: Consumer }) | undefined => {
    const candidate = kind === 'wheel' && header.type === 'file' && header.size >= MAGIC_SIZE
    if (!candidate || /\.pye?$/i.test(header.path)) return undefined
    return collector?.nativeInterest(header, context.limits, file => found.natives.set(file.path, file))
  }
  const imports = context.needs.has('python-imports') ? (await import('../python/keeper.js')).pythonKeeper() : undefined
  /** Who reads this member as Python. */
  const pythonOf = (header: MemberHeader): Consumer | undefined => {
    const marks =
      context.needs.has('python-scan') && markerScanner.wants(header)
        ? markerScanner.consumer(what => found.obfuscated.set(header.path, what))
        : undefined
    if (!imports?.wants(header)) return marks
    const reader = imports.consumer(file => found.python.set(header.path, file))
    return bothOf(marks, reader)
  }
  const licenses = context.needs.has('license-texts') ? licenseCollector() : undefined
  const interest = (header: MemberHeader): Interest | undefined => {
    const wanted = interestOf(header)
    const consumer = [wanted?.consumer, licenses?.consumer(header), headOf(header), conflictsOf(header)].reduce(bothOf)
    return consumer && bounded(header.path, consumer, wanted)
  }
  /**
   * Nobody who reads a member takes all the time: what does not end in its time is left out. And an end comes for those alone that
   * were given all of it: of a damaged member nobody knows what the rest says.
   */
  const bounded = (member: string, consumer: Consumer, wanted: Interest | undefined): Interest => {
    const late = once(() => found.reached.push({ kind: 'limit-seconds', member, limit: context.limits.seconds }))
    const again = wanted?.again
    let damaged = false
    const whole: Consumer = {
      write: consumer.write,
      due: () => consumer.due?.(),
      end(intact) {
        damaged = !intact
        if (intact) consumer.end?.(true)
      },
    }
    return {
      consumer: inItsTime(whole, context.time, late),
      whole: wanted?.whole,
      again:
        again &&
        (() => {
          const next = damaged ? undefined : again()
          return next && inItsTime(next, context.time, late)
        }),
    }
  }
  const conflictsOf = (header: MemberHeader): Consumer | undefined =>
    imports && conflictScanner.wants(header)
      ? conflictScanner.consumer(header.path, line => found.conflicts.set(header.path, line))
      : undefined
  const headOf = (header: MemberHeader): Consumer | undefined => {
    const size = headSize(kind, header)
    return size > 0 ? keeper(header.path, size, ({ member, bytes }) => found.heads.set(member, bytes)) : undefined
  }
  const overTexts = once(() =>
    found.reached.push({ kind: 'limit-number', what: 'bytes of all texts together', limit: MOST_TEXTS }),
  )
  let textsLeft = MOST_TEXTS
  let compiledLeft = MOST_COMPILED
  const interestOf = (header: MemberHeader): Interest | undefined => {
    const native = nativeOf(header)
    const limit = keptSize(kind, header, context.limits)
    if (limit > 0) {
      const isSource = isCompiled(header.path)
      const room = Math.min(limit, isSource ? compiledLeft : textsLeft)
      const text = keeper(
        header.path,
        room,
        kept => {
          textsLeft -= kept.bytes.length
          if (kept.cut && room < limit && !isSource) overTexts()
          if (isSource) compiledLeft -= kept.bytes.length
          found.kept.set(kept.member, kept)
          found.texts.set(kept.member, textOf(kept))
          if (!context.onMetadata || !METADATA.test(kept.member)) return
          const metadata = parseMetadata(kept)
          found.parsed = { kept, metadata }
          context.onMetadata(metadata)
        },
        header.size,
      )
      // A script may be a compiled program.
      if (native) return { ...native, consumer: bothOf(text, native.consumer) }
      const python = pythonOf(header)
      return { consumer: bothOf(text, python) }
    }
    if (native) return native
    const python = pythonOf(header)
    return python && { consumer: python }
  }
  /** What nobody can follow is as if it had not been read. */
  const untangle = () => {
    if (!collector?.isTangled(found.natives)) return
    found.natives.clear()
    found.reached.push({ kind: 'limit-libraries', limit: collector.MOST_LINKS })
  }
  const noteUnread = () => {
    const unread = licenses?.unread()
    if (unread) found.reached.push({ kind: 'limit-number', ...unread })
  }
  let unparsed: Iterator<PythonFile> | undefined
  let spare = MOST_SPARE
  /** Reads the next Python file as the rules will, while another thread inflates. */
  const meanwhile = (): boolean => {
    unparsed ??= found.python.values()
    const { value } = unparsed.next()
    if (!value) return false
    spare -= value.size
    return spare >= 0 && context.time.spend(() => value.module) !== undefined
  }
  /** Scripts may be programs of any size. */
  const wants = (header: MemberHeader) =>
    (keptSize(kind, header, context.limits) > 0 && !/^[^/]+\.data\/scripts\//.test(header.path)) ||
    imports?.wants(header) === true
  const awaited = [METADATA, ...(context.needs.has('pyproject') ? [/^[^/]+\/pyproject\.toml$/] : [])]
  const enough = () => awaited.every(pattern => [...found.kept.keys()].some(member => pattern.test(member)))
  return {
    found,
    interest,
    licenses,
    untangle,
    noteUnread,
    meanwhile,
    part: context.partial ? { wants, enough } : {},
  }
}

/** The same in the order of the archive, whatever the order of reading. */
function inOrder<T>(found: ReadonlyMap<string, T>, { members }: Archive): Map<string, T> {
  const ordered = new Map<string, T>()
  for (const { path } of members) {
    const value = found.get(path)
    if (value !== undefined) ordered.set(path, value)
  }
  return ordered
}

/** Parsed when it went by, or now. */
const metadataIn =
  ({ parsed }: Gathered) =>
  (kept: Kept): Metadata =>
    parsed?.kept === kept ? parsed.metadata : parseMetadata(kept)

/** Reads what was kept of a member, where there is any. What does not end in its time is as if it were not there, and noted. */
function readerOf({ reached }: Gathered, { time, limits }: Reading) {
  return <K extends { readonly member: string; readonly size: number }, T>(
    kept: K | undefined,
    read: (kept: K) => T,
  ): T | undefined => {
    if (kept === undefined) return undefined
    if (kept.size <= QUICK_TEXT) return read(kept)
    const done = time.spend(() => read(kept))
    if (!done) reached.push({ kind: 'limit-seconds', member: kept.member, limit: limits.seconds })
    return done?.value
  }
}

/** Bytes of a member up to which watching the clock costs more than whatever reads them. */
const QUICK = 64 * 1024
/** The same for a kept text, of which more is made. */
const QUICK_TEXT = 4 * 1024

/** The same consumer, which is given no more once it took too long. */
function inItsTime(consumer: Consumer, time: Time, late: () => void): Consumer {
  let size = 0
  let over = false
  const spend = (work: () => void): void => {
    if (over) return
    if (size <= QUICK) work()
    else over = time.spend(work) === undefined
    if (over) late()
  }
  return {
    write(chunk, lasting) {
      if (over) return
      size += chunk.length
      consumer.write(chunk, lasting)
      const work = consumer.due?.()
      if (work) spend(work)
    },
    end(intact) {
      spend(() => consumer.end?.(intact))
    },
  }
}

function bothOf(a: Consumer | undefined, b: Consumer | undefined): Consumer | undefined {
  if (!a || !b) return a ?? b
  return {
    write(chunk, lasting) {
      a.write(chunk, lasting)
      b.write(chunk, lasting)
    },
    due: () => a.due?.() ?? b.due?.(),
    end(intact) {
      a.end?.(intact)
      b.end?.(intact)
    },
  }
}

/** Decoded on first use: most texts are parsed from their bytes and never read as a whole. */
function textOf({ member, bytes, size, cut }: Kept): TextFile {
  let decoded: ReturnType<typeof decodeUtf8> | undefined
  const get = () => {
    decoded ??= decodeUtf8(bytes)
    return decoded
  }
  return {
    member,
    size,
    cut,
    get text() {
      return get().text
    },
    get utf8() {
      return get().utf8
    },
  }
}

async function readWheel(common: Common, source: ByteSource, context: Reading): Promise<Wheel> {
  const name = parseWheelName(common.filename)
  const { found, interest, licenses, untangle, noteUnread, meanwhile, part } = await gather('wheel', context)
  const make = readerOf(found, context)
  const recordOf = oncePer((kept: Kept) => make(kept, parseRecord))
  const wanted = name && `${name.name}-${name.version}.dist-info`
  /** The RECORD that is read before all others. */
  const recordRead = once(() => {
    const kept =
      found.kept.get(`${wanted}/RECORD`) ?? [...found.kept.values()].find(({ member }) => RECORD.test(member))
    return kept && recordOf(kept)
  })
  const archive = await readZip(source, {
    limits: context.limits,
    now: context.now,
    inflater: context.inflater,
    meanwhile,
    ...part,
    // RECORD says which digests are asked for, METADATA whether the renderer must be started.
    first: [({ path }) => RECORD.test(path), ({ path }) => METADATA.test(path)],
    interest: header => {
      const interested = interest(header)
      if (RECORD.test(header.path)) return interested
      const algorithm = recordRead()?.row(header.path)?.algorithm
      return algorithm === undefined || algorithm === 'sha256' ? interested : { ...interested, digests: [algorithm] }
    },
  })
  untangle()
  noteUnread()
  const { members, distInfos } = layout(archive)
  const distInfo =
    wanted !== undefined && distInfos.includes(wanted) ? wanted : (matching(distInfos, name?.name) ?? only(distInfos))
  const file = (path: string) => (distInfo === undefined ? undefined : found.kept.get(`${distInfo}/${path}`))
  const record = make(file('RECORD'), recordOf)
  // Of 100,000 files it has 12 MB: once as bytes, and twice as text, would be too much.
  if (record) {
    const { member, text, utf8, cut } = record
    found.texts.set(member, { member, text, utf8, cut, size: found.kept.get(member)?.size ?? 0 })
  }
  const texts = inOrder(found.texts, archive)
  const metadata = make(file('METADATA'), metadataIn(found))
  const sent = sentMetadata(archive, found.kept)
  const facts = {
    kind: 'wheel' as const,
    ...common,
    name,
    archive,
    members,
    distInfo,
    distInfos,
    metadata,
    wheelFile: make(file('WHEEL'), parseWheelFile),
    sentMetadata: sent?.member === metadata?.member ? undefined : make(sent, metadataIn(found)),
    record,
    entryPoints: make(file('entry_points.txt'), parseEntryPoints),
    variant: make(variantText(distInfo, texts), parseVariants),
    sboms: await sbomsOf(texts, distInfo, make, found.reached),
    project: canonicalOf(metadata?.value('Name') ?? name?.name),
    version: metadata?.value('Version') ?? name?.version,
    texts,
    heads: inOrder(found.heads, archive),
    rendering: undefined,
    natives: inOrder(found.natives, archive),
    obfuscated: inOrder(found.obfuscated, archive),
    conflicts: inOrder(found.conflicts, archive),
    python: inOrder(found.python, archive),
    licenseTexts: licenses ? await identify(licenses.texts, make) : [],
    licenseFaults: licenses?.faults ?? new Map(),
    licenseHeaders: licenses?.headers ?? [],
  }
  found.kept.clear()
  return { ...facts, problems: [...archive.problems, ...found.reached] }
}

/** SBOMs that are read of one wheel, and components of them all. */
const MOST_SBOMS = 1000
const MOST_COMPONENTS = 100_000

async function sbomsOf(
  texts: ReadonlyMap<string, TextFile>,
  distInfo: string | undefined,
  make: ReturnType<typeof readerOf>,
  reached: Problem[],
): Promise<readonly Sbom[]> {
  if (distInfo === undefined) return []
  const files = [...texts.values()].filter(({ member }) => member.startsWith(`${distInfo}/sboms/`))
  if (files.length === 0) return []
  const readSbom = await (await import('../sbom/read.js')).sbomReader()
  const sboms: Sbom[] = []
  let components = 0
  for (const file of files) {
    const full =
      sboms.length >= MOST_SBOMS
        ? { what: 'SBOMs of one wheel', limit: MOST_SBOMS }
        : components >= MOST_COMPONENTS && { what: 'components in SBOMs of one wheel', limit: MOST_COMPONENTS }
    if (full) {
      reached.push({ kind: 'limit-number', member: file.member, ...full })
      break
    }
    const sbom = make(file, readSbom)
    components += sbom?.components.length ?? 0
    if (sbom) sboms.push(sbom)
  }
  return sboms
}

function readSdist(common: Common, source: ByteSource, context: Reading): Promise<Sdist> {
  const read = common.filename.endsWith('.zip') ? readZip : readTar
  return readAsSdist(common, options => read(source, options), context)
}

/** Reads what is given member by member as the files of an sdist. */
export async function readAsSdist(
  common: Common,
  read: (options: ReadOptions) => Promise<Archive>,
  context: Reading,
): Promise<Sdist> {
  const name = parseSdistName(common.filename)
  const { found, interest, licenses, noteUnread, part } = await gather('sdist', context)
  const archive = await read({ limits: context.limits, now: context.now, interest, ...part })
  noteUnread()
  const members = membersOf(archive.members)
  const tops = new Set(members.list.map(member => member.path.replace(/^(?:\.\/)+/, '').split('/', 1)[0] ?? ''))
  tops.delete('')
  tops.delete('.')
  const top = tops.size === 1 ? [...tops][0] : undefined
  const file = (path: string) =>
    top === undefined ? undefined : (found.kept.get(`${top}/${path}`) ?? found.kept.get(`./${top}/${path}`))
  const make = readerOf(found, context)
  const metadata = make(file('PKG-INFO'), metadataIn(found))
  const entryPoints = [...found.kept.values()].find(kept => kept.member.endsWith('.egg-info/entry_points.txt'))
  const facts = {
    kind: 'sdist' as const,
    ...common,
    name,
    archive,
    members,
    top,
    metadata,
    pyproject: make(file('pyproject.toml'), parsePyproject),
    entryPoints: make(entryPoints, parseEntryPoints),
    project: canonicalOf(metadata?.value('Name') ?? name?.name),
    version: metadata?.value('Version') ?? name?.version,
    texts: found.texts,
    heads: found.heads,
    rendering: undefined,
    natives: found.natives,
    obfuscated: found.obfuscated,
    conflicts: found.conflicts,
    python: found.python,
    licenseTexts: licenses ? await identify(licenses.texts, make) : [],
    licenseFaults: licenses?.faults ?? new Map(),
    licenseHeaders: licenses?.headers ?? [],
  }
  return { ...facts, problems: [...archive.problems, ...found.reached] }
}

async function readVariantsJson(common: Common, source: ByteSource, context: ReadContext): Promise<VariantsJson> {
  const bytes = await source.read(0, context.limits.textSize)
  const text = textOf({ member: '', bytes, size: source.size, cut: source.size > bytes.length })
  const name = parseVariantsName(common.filename)
  const project = canonicalOf(name?.name)
  return { kind: 'variants-json', ...common, project, version: name?.version, text, variants: parseVariants(text) }
}

const variantText = (distInfo: string | undefined, texts: ReadonlyMap<string, TextFile>) =>
  distInfo === undefined ? undefined : texts.get(`${distInfo}/variant.json`)

function layout(archive: Archive) {
  const members = membersOf(archive.members)
  const distInfos = new Set<string>()
  for (const { path } of members) {
    const slash = path.indexOf('/')
    if (slash > 0 && path.slice(0, slash).endsWith('.dist-info')) distInfos.add(path.slice(0, slash))
  }
  return { members, distInfos: [...distInfos] }
}

const only = (names: readonly string[]) => (names.length === 1 ? names[0] : undefined)

/** The one dist-info directory whose name part is the project's, as pip finds it. */
function matching(distInfos: readonly string[], name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const wanted = canonicalName(name)
  return only(distInfos.filter(path => canonicalName(path.slice(0, path.indexOf('-'))) === wanted))
}

const canonicalOf = (name: string | undefined) => (name === undefined ? undefined : canonicalName(name.trim()))
