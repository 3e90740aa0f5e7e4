import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft, Severity } from '../../src/finding.js'
import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { once } from '../../src/once.js'
import { optionalOf } from '../../src/platform/optional.js'
import { isDriverLibrary } from '../../src/platform/providers.js'
import { basename, hasEntryPoint, loads, nativeSubject } from '../../src/platform/subject.js'
import { isVisualRuntime } from '../../src/platform/windows.js'
import { importedProvider, providerIn } from '../../src/provider.js'
import { finding, quote } from '../../src/rule.js'
import { compareCodeUnits, plural, someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'
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

/**
 * One finding per library that breaks an import; what is known to be installed otherwise, or may be missing, is
 * reported together.
 */
export function* lacking(wheel: Wheel, lacks: readonly Lack[], voice: Voice): Generator<Draft> {
  const { isOptional, isGuarded, isUnnamed, isVariant, isPlugin, imported: hasModules } = excuses(wheel, lacks)
  const provided: (Missing & { readonly provider: string; readonly undeclared: boolean })[] = []
  const optional: (Missing & { readonly severity: Severity })[] = []
  const unnamed: Missing[] = []
  const plugins: Missing[] = []
  const variants: Missing[] = []
  for (const [library, all] of groupBy(lacks, one => one.library)) {
    const files = unique(all)
    const who = `${filesThat(files, voice.does, voice.many)} ${quote(library)}`
    const at = [files[0], library] as const
    const provider = providerIn(wheel, library, files)
    const comesWith = provider?.extra === false ? provider.name : runtimeProvider(wheel, library, files)
    const imported = importedProvider(wheel, library)
    if (comesWith !== undefined) provided.push({ library, files, provider: comesWith, undeclared: false })
    else if (imported !== undefined) provided.push({ library, files, provider: imported, undeclared: true })
    else if (isDriverLibrary(library))
      yield nativeFinding(...at, `${who}, which a driver or a system component installs.`, {
        severity: 'info',
        enforcedBy: [],
      })
    else if (isVisualRuntime(library))
      yield nativeFinding(
        ...at,
        `${who}, a part of the Visual C++ runtime that not every machine has, and that Python from python.org does not include.`,
        { severity: 'warning' },
      )
    else if (all.every(one => one.delayed))
      yield nativeFinding(...at, `${who} when it is first used, but the library is not in the wheel.`, {
        severity: 'warning',
      })
    else if (files.every(isOptional)) optional.push({ library, files, severity: provider ? 'info' : 'warning' })
    // Installing the extra installs it, and the package works without it.
    else if (provider && files.every(isGuarded)) optional.push({ library, files, severity: 'warning' })
    else if (files.every(isUnnamed)) unnamed.push({ library, files })
    else if (files.every(isVariant)) variants.push({ library, files })
    else if (files.every(isPlugin)) plugins.push({ library, files })
    else {
      const breaking = files.filter(file =>
        [isOptional, isUnnamed, isVariant, isPlugin].every(isExcused => !isExcused(file)),
      )
      const [first = files[0]] = breaking
      const cause = provider
        ? `which comes from ${quote(provider.name)}, required only by an extra`
        : `which is ${voice.absent}`
      yield nativeFinding(
        first,
        library,
        `${filesThat(breaking, voice.does, voice.many)} ${quote(library)}, ${cause}.`,
        // Without an extension module the package loads its libraries itself, or provides them to another; on Linux it
        // gives the reason.
        hasModules || first.format === 'elf' || first.format === 'wasm' ? {} : { severity: 'warning' },
      )
    }
  }
  for (const [provider, all] of groupBy(provided, one => one.provider)) {
    const [{ undeclared }] = all
    yield together(
      all,
      voice,
      undeclared
        ? `which ${all.length === 1 ? 'comes' : 'come'} with ${quote(provider)}: the package imports it, but does not require it`
        : `which the required project ${quote(provider)} is expected to provide`,
      { severity: undeclared ? 'warning' : 'info', enforcedBy: [], subject: `libraries of ${provider}` },
    )
  }
  for (const [severity, all] of groupBy(optional, one => one.severity))
    yield together(all, voice, `${are(all)} ${voice.absent}. The package allows this import to fail`, {
      severity,
      subject: 'libraries of optional modules',
    })
  if (isSome(unnamed))
    yield together(
      unnamed,
      voice,
      `${are(unnamed)} ${voice.absent}. No import statement in the wheel loads ${it(unnamed)}`,
      {
        severity: 'warning',
        subject: 'libraries of modules that are not imported',
      },
    )
  if (isSome(variants))
    yield together(
      variants,
      voice,
      `${are(variants)} ${voice.absent}. The wheel contains another library for use without ${it(variants)}`,
      {
        severity: 'warning',
        subject: 'libraries of variants',
      },
    )
  if (isSome(plugins))
    yield together(plugins, voice, `${are(plugins)} ${voice.absent}. No extension module loads ${it(plugins)}`, {
      severity: 'warning',
      subject: 'libraries of plug-ins',
    })
}

const isSome = <T>(items: readonly T[]): items is readonly [T, ...T[]] => items.length > 0

const are = (all: readonly Missing[]) => (all.length === 1 ? 'which is' : 'which are')

const it = (all: readonly Missing[]) => (all.length === 1 ? 'it' : 'them')

const unique = (all: readonly [Lack, ...Lack[]]): [NativeFile, ...NativeFile[]] => {
  const [first, ...rest] = new Set(all.map(one => one.file))
  return [first ?? all[0].file, ...rest]
}

/** The maximum number of places that a finding about many files lists. */
const MOST_RELATED = 20

function together(
  all: readonly [Missing, ...Missing[]],
  { does, many }: Voice,
  cause: string,
  more: Pick<Draft, 'severity' | 'enforcedBy' | 'subject'>,
): Draft {
  const [{ library, files: own }] = all
  if (all.length === 1)
    return finding(
      { member: own[0].path, value: library },
      `${filesThat(own, does, many)} ${quote(library)}, ${cause}.`,
      more,
    )
  const files = [...new Set(all.flatMap(one => one.files))]
  const libraries = `${plural(all.length, 'library', 'libraries')}, ${cause}`
  return finding(
    { member: own[0].path },
    `${filesThat(files, does, many)} ${libraries}: ${someQuoted(all.map(one => one.library))}.`,
    {
      ...more,
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
