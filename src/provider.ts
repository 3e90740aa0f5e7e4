import type { Wheel } from './distribution/distribution.js'
import type { ElfFile, NativeFile } from './native/index.js'
import { oncePer } from './once.js'
import { linkageOf } from './platform/linkage.js'
import { optionalOf } from './platform/optional.js'
import { providerOf } from './platform/providers.js'
import { nativeSubject } from './platform/subject.js'
import { topOf } from './python/module-name.js'
import { applicable } from './views/applicable.js'
import type { Dependency } from './views/dependencies.js'

/** The distribution that is expected to provide a library. */
interface Provider {
  readonly name: string
  /** True when only an extra requires it. */
  readonly extra: boolean
}

/** The required distribution that provides a library where the wheel is installed. */
export function providerIn(wheel: Wheel, library: string, files: readonly NativeFile[]): Provider | undefined {
  const { hard, extra } = applicable(wheel)
  const folders = files.flatMap(file => (file.format === 'elf' ? foreignFolders(wheel, file) : []))
  const among = (all: readonly Dependency[]) =>
    providerOf(
      library,
      all.map(one => ({ name: one.name, pinned: isPinned(one, wheel.version) })),
      wheel.project,
      folders,
      files.every(file => isSearchedNear(file, library)),
    )
  const name = among(hard) ?? (isOfCmeel(files, library, hard) ? 'cmeel' : undefined)
  if (name !== undefined) return { name, extra: false }
  const other = among(extra)
  return other === undefined ? undefined : { name: other, extra: true }
}

/** Wheels made by cmeel share one prefix, so that a library may come from all that is required, and from what that requires. */
const isOfCmeel = (files: readonly NativeFile[], library: string, required: readonly Dependency[]): boolean =>
  files.every(file => file.path.startsWith('cmeel.prefix/')) &&
  required.some(({ name }) => name === 'cmeel') &&
  required.length > 1 &&
  !OF_SYSTEM.test(library)

/** Runtimes of compilers and libraries of the desktop, which no wheel of cmeel contains. */
const OF_SYSTEM = /^lib(?:gomp|gfortran|quadmath|atomic|stdc\+\+|gcc_s|X\w{1,20}|GLX?|EGL|GLU|OpenGL)\.so/

/**
 * A distribution that nothing requires, but that the package always imports before its own libraries, so that those of the
 * distribution are in the process: torchcodec leaves the choice of a PyTorch to its users, a plug-in that of a TensorFlow.
 */
export const importedProvider = (wheel: Wheel, library: string): string | undefined =>
  providerOf(
    library,
    importedFirst(wheel).map(name => ({ name, pinned: false })),
    undefined,
  )

/** Projects that load their libraries when they are imported, under the names of their packages. */
const LOADING = ['torch', 'tensorflow']

const importedFirst = oncePer((wheel: Wheel): readonly string[] =>
  LOADING.filter(name =>
    [...wheel.python].some(
      ([path, { imports }]) =>
        imports.some(({ module, level, unguarded }) => unguarded && level === 0 && topOf(module) === name) &&
        optionalOf(wheel).isAlwaysImported(path),
    ),
  ),
)

/** Is a library searched in a directory relative to the file that loads it? */
function isSearchedNear(file: NativeFile, library: string): boolean {
  if (file.format === 'elf') return /\$\{?ORIGIN/.test(file.runpath ?? file.rpath ?? '')
  // On Windows, Python code adds the directory.
  return file.format === 'pe' || (file.format === 'macho' && library.startsWith('@'))
}

/** Required in the version of the wheel, or in a build of it: `==6.12.0.140` for 6.12.0. */
function isPinned({ requirement }: Dependency, version: string | undefined): boolean {
  return (
    version !== undefined &&
    requirement.specifier.clauses.some(
      one => one.operator === '==' && (one.version === version || one.version.startsWith(`${version}.`)),
    )
  )
}

/**
 * First parts of the directories that a file searches and that the wheel does not contain: those of other
 * distributions.
 */
function foreignFolders(wheel: Wheel, file: ElfFile): readonly string[] {
  const own = ownFolders(wheel)
  const text = file.runpath ?? file.rpath
  if (text === undefined) return []
  return linkageOf(wheel)
    .directories(file, text)
    .flatMap(one => (one.kind === 'inside' ? one.path.split('/') : []))
    .filter(folder => folder !== '' && !own.has(folder))
}

/** First parts of the paths that the wheel installs. */
const ownFolders = oncePer(
  (wheel: Wheel) =>
    new Set(wheel.members.files.map(member => nativeSubject(wheel).installed(member.path).split('/', 1)[0] ?? '')),
)
