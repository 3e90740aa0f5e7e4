import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { once } from '../../src/once.js'
import { isLoadedUnder, isOpenedLate } from '../../src/platform/opened-late.js'
import { optionalOf } from '../../src/platform/optional.js'
import { hostOf, isDriverLibrary } from '../../src/platform/providers.js'
import { basename, hasEntryPoint, isProgram, loads, nativeSubject } from '../../src/platform/subject.js'
import { isVisualRuntime } from '../../src/platform/windows.js'
import { importedProvider, providerIn } from '../../src/provider.js'
import { finding, quote } from '../../src/rule.js'
import { compareCodeUnits, someQuoted } from '../../src/wording.js'
import { nameless, nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

/** A library that a file of the wheel loads and that is missing. */
export interface Lack {
  readonly file: NativeFile
  readonly library: string
  /** It is loaded when it is first used. */
  readonly delayed?: boolean
}

/** How a rule describes what is missing. */
export interface Voice {
  /** `needs`, `need`. */
  readonly does: string
  readonly many: string
  /** `not in the wheel`. */
  readonly absent: string
}

/** Where Qt looks for plug-ins and modules of QML. */
const QT_PLUGIN = /(?:^|\/)(?:plugins\/[^/]+\/[^/]+$|qml\/[^/]+\/)/
/** A library for one kind of device, or for one version of another library, next to others of its name. */
const VARIANT =
  /^(?:(.*?[-_.]?)(?:cuda|cu|rocm|hip|xpu|sycl|vulkan|opencl|metal|npu|tpu)[\w.-]*|(.*[a-z][-_]?)\d[\d._]*)$/
/** No library has a longer path. */
const LONGEST = 500
const variantIn = (stem: string) => (stem.length > LONGEST ? null : VARIANT.exec(stem))

interface Missing {
  readonly library: string
  readonly files: readonly [NativeFile, ...NativeFile[]]
}

/** Why a library is missing, and what follows: libraries with the same one are told together. */
interface Cause extends Pick<Draft, 'severity' | 'enforcedBy'> {
  /** What follows the names: `which is not in the wheel`. */
  readonly says: (isOne: boolean) => string
  /** The subject of the finding. Absent: the files and libraries. */
  readonly subject?: string
}

/** One finding for all libraries that are missing for one cause. */
export function* lacking(wheel: Wheel, lacks: readonly Lack[], voice: Voice): Generator<Draft> {
  const causeOf = causes(wheel, lacks, voice)
  const all = [...groupBy(lacks, one => one.library)].flatMap(([library, own]) =>
    isLoadedUnder(wheel, library) ? [] : [causeOf(library, own)],
  )
  for (const same of groupBy(all, ({ cause }) => `${cause.severity} ${cause.says(false)}`).values())
    yield together(same, same[0].cause, voice)
}

function causes(wheel: Wheel, lacks: readonly Lack[], { absent }: Voice) {
  const { isOfPython } = nativeSubject(wheel)
  const { isOptional, isGuarded, isUnnamed, isVariant, isLate, isPlugin, imported: hasModules } = excuses(wheel, lacks)
  const isExcused = (file: NativeFile) =>
    [isOptional, isUnnamed, isVariant, isLate, isPlugin].some(excuse => excuse(file))
  const are = (isOne: boolean) => `which ${isOne ? 'is' : 'are'} ${absent}`
  const it = (isOne: boolean) => (isOne ? 'it' : 'them')
  const why = (library: string, all: readonly [Lack, ...Lack[]], files: Missing['files']): Cause => {
    const provider = providerIn(wheel, library, files)
    const comesWith = provider?.extra === false ? provider.name : runtimeProvider(wheel, library, files)
    if (comesWith !== undefined)
      return {
        says: () => `which the required project ${quote(comesWith)} is expected to provide`,
        severity: 'info',
        enforcedBy: [],
        subject: `libraries of ${comesWith}`,
      }
    const imported = importedProvider(wheel, library)
    if (imported !== undefined)
      return {
        says: isOne =>
          `which ${isOne ? 'comes' : 'come'} with ${quote(imported)}: the package imports it, but does not require it`,
        severity: 'warning',
        enforcedBy: [],
        subject: `libraries of ${imported}`,
      }
    if (isDriverLibrary(library))
      return { says: () => 'which a driver or a system component installs', severity: 'info', enforcedBy: [] }
    if (files.every(isOfPython))
      return {
        says: isOne => `${are(isOne)}. Programs made with the Python in the wheel need ${it(isOne)}, not the package`,
        severity: 'info',
        enforcedBy: [],
        subject: 'libraries of a Python',
      }
    const host = hostOf(library)
    if (host !== undefined)
      return { says: () => `which an installation of ${host} provides`, severity: 'info', enforcedBy: [] }
    if (isVisualRuntime(library))
      return {
        says: isOne =>
          `${isOne ? 'a part' : 'parts'} of the Visual C++ runtime that not every machine has, and that Python from python.org does not include`,
        severity: 'warning',
      }
    if (all.every(one => one.delayed))
      return {
        says: isOne => `${are(isOne)}. The system looks for ${it(isOne)} at the first use`,
        severity: 'warning',
      }
    const guarded: Cause = {
      says: isOne => `${are(isOne)}. The package allows this import to fail`,
      subject: 'libraries of optional modules',
    }
    if (files.every(isOptional)) return { ...guarded, severity: provider ? 'info' : 'warning' }
    // Installing the extra installs it, and the package works without it.
    if (provider && files.every(isGuarded)) return { ...guarded, severity: 'warning' }
    if (files.every(isUnnamed))
      return {
        says: isOne => `${are(isOne)}. No import statement in the wheel loads ${it(isOne)}`,
        severity: 'warning',
        subject: 'libraries of modules that are not imported',
      }
    if (files.every(isVariant))
      return {
        says: isOne => `${are(isOne)}. The wheel contains another library for use without ${it(isOne)}`,
        severity: 'warning',
        subject: 'libraries of variants',
      }
    if (files.every(isLate))
      return {
        says: isOne => `${are(isOne)}. The package can be imported without ${it(isOne)}`,
        severity: 'warning',
        subject: 'libraries that are opened late',
      }
    if (hasModules && files.every(isProgram))
      return {
        says: isOne => `${are(isOne)}. No extension module loads ${it(isOne)}, only programs do`,
        severity: 'warning',
        subject: 'libraries of programs',
      }
    if (files.every(isPlugin))
      return {
        says: isOne => `${are(isOne)}. No extension module loads ${it(isOne)}`,
        severity: 'warning',
        subject: 'libraries of plug-ins',
      }
    const { format } = files.find(file => !isExcused(file)) ?? files[0]
    return {
      says: provider
        ? isOne => `which ${isOne ? 'comes' : 'come'} from ${quote(provider.name)}, required only by an extra`
        : are,
      // Without an extension module the package loads its libraries itself, or provides them to another; on Linux it
      // gives the reason.
      severity: hasModules || format === 'elf' || format === 'wasm' ? undefined : 'warning',
    }
  }
  return (library: string, all: readonly [Lack, ...Lack[]]): Missing & { readonly cause: Cause } => {
    const files = unique(all)
    const cause = why(library, all, files)
    const [first, ...rest] = cause.severity === undefined ? files.filter(file => !isExcused(file)) : []
    return { library, files: first ? [first, ...rest] : files, cause }
  }
}

const unique = (all: readonly [Lack, ...Lack[]]): [NativeFile, ...NativeFile[]] => {
  const [first, ...rest] = new Set(all.map(one => one.file))
  return [first ?? all[0].file, ...rest]
}

/** The maximum number of places that a finding about many files lists. */
const MOST_RELATED = 20

function together(all: readonly [Missing, ...Missing[]], cause: Cause, { does, many }: Voice): Draft {
  const [{ library, files: own }] = all
  const says = cause.says(all.length === 1)
  const { severity, enforcedBy, subject } = cause
  const more = { severity, enforcedBy }
  if (all.length === 1) {
    const message = `${filesThat(own, does, many)} ${quote(library)}, ${says}.`
    return subject === undefined
      ? nativeFinding(own[0], library, message, more)
      : finding({ member: own[0].path, value: library }, message, { ...more, subject })
  }
  const files = [...new Set(all.flatMap(one => one.files))]
  return finding(
    { member: own[0].path },
    `${filesThat(files, does, many)} ${all.length} libraries, ${says}: ${someQuoted(all.map(one => one.library))}.`,
    {
      ...more,
      subject: subject ?? all.map(one => nameless(one.library)).join(' '),
      related: all
        .flatMap(one => one.files.map(file => ({ member: file.path, message: `${does} ${quote(one.library)}` })))
        .slice(0, MOST_RELATED),
    },
  )
}

/** A C++ runtime comes with the distribution whose libraries all of the files load: those need it too. */
function runtimeProvider(wheel: Wheel, library: string, files: readonly NativeFile[]): string | undefined {
  if (!isVisualRuntime(library)) return undefined
  const own = new Set(wheel.members.files.map(member => basename(member.path).toLowerCase()))
  const names = files.map(file =>
    (file.format === 'pe' ? file.dlls : [])
      .map(({ dll }) => dll.toLowerCase())
      .filter(dll => !own.has(dll) && !isVisualRuntime(dll))
      .flatMap(dll => {
        const provider = providerIn(wheel, dll, [file])
        return provider?.extra === false ? provider.name : []
      }),
  )
  return names[0]?.find(name => names.every(one => one.includes(name)))
}

/** What may be missing from a wheel without harm to those who import it. */
function excuses(wheel: Wheel, lacks: readonly Lack[]) {
  const { loadable, isExtension, isReachable, loadedBy } = nativeSubject(wheel)
  const extensions = loadable.filter(isExtension)
  const imported = extensions.length > 0
  const poor = new Set(lacks.map(one => one.file))
  /** Starts of the names of what a library loads that an extension module has loaded: `libcasadi_` of `libcasadi.so`. */
  const families = once(() => {
    const used = loadedBy(extensions.filter(hasEntryPoint))
    return loadable.filter(file => used.has(file.path) && !poor.has(file)).map(file => `${stemOf(file)}_`)
  })
  const works = extensions.some(file => !poor.has(file))
  const isVariant = variantsAmong(loadable)
  const needed = once(() => new Set(loadable.flatMap(loads)))
  /** A library that nothing of the wheel needs or names, next to extension modules: another program loads it, as MATLAB does. */
  const isForOthers = ({ path, format }: NativeFile) =>
    format === 'elf' &&
    /^lib.*\.so$/.test(basename(path)) &&
    extensions.some(hasEntryPoint) &&
    !needed().has(basename(path)) &&
    ![...wheel.python.values()].some(({ text }) => text.includes(basename(path).slice(3, -3)))
  return {
    imported,
    isOptional: (file: NativeFile) => works && optionalOf(wheel).isOptional(file.path),
    isGuarded: (file: NativeFile) => optionalOf(wheel).isOptional(file.path),
    isPlugin: (file: NativeFile) =>
      (!isReachable(file.path) &&
        (QT_PLUGIN.test(file.path) || (imported && (file.format === 'pe' || file.format === 'macho')))) ||
      (!hasEntryPoint(file) && (families().some(start => stemOf(file).startsWith(start)) || isForOthers(file))),
    isUnnamed: ({ path }: NativeFile) =>
      optionalOf(wheel).isOpened(path) || (works && optionalOf(wheel).isUnnamed(path)),
    isVariant: (file: NativeFile) => !imported && isVariant(file),
    isLate: (file: NativeFile) => isOpenedLate(wheel, file),
  }
}

/** Is a file one of several of its name, for devices or versions, from which the program that loads them chooses? */
export function variantsAmong(files: readonly NativeFile[]): (file: NativeFile) => boolean {
  const stems = new Map(files.map(file => [file, stemOf(file)]))
  const sorted = [...new Set(stems.values())].sort(compareCodeUnits)
  const known = new Set(sorted)
  const bases = groupBy(sorted, stem => variantIn(stem)?.[2])
  // What another library loads is not a choice, unless that library is one.
  const loaded = new Set(
    files.flatMap(one => (one.format === 'elf' && !variantIn(stems.get(one) ?? '') ? one.needed : [])),
  )
  return file => {
    const stem = stems.get(file) ?? ''
    const [, device, versioned] = variantIn(stem) ?? []
    const base = device ?? versioned
    if (base === undefined || basename(base).length < 4 || loaded.has(basename(file.path))) return false
    if (device === undefined) return (bases.get(base)?.length ?? 0) > 1
    const from = firstFrom(sorted, base)
    const beside = sorted.slice(from, from + 2).some(other => other !== stem && other.startsWith(base))
    return beside || known.has(base.replace(/[-_.]$/, ''))
  }
}

/** Where in a sorted list the first text is that does not come before `text`. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}

/** `lib/libdemo_cuda12.so.1` → `lib/libdemo_cuda12`. */
const stemOf = ({ path }: NativeFile): string => path.toLowerCase().replace(/\.(?:so|dylib|dll)(?:\.[\d.]{0,20})?$/, '')
