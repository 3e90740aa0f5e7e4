import type { NativeFile } from '../../src/native/index.js'
import { basename, isLoadableSlice, nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'

/** Script launchers for Windows that installers ship as data. */
const LAUNCHER = /^(?:(?:t|w)(?:32|64|64-arm|_arm)?|(?:cli|gui)(?:-(?:32|64|arm64))?|launcher\w*)(?:-arm)?\.exe$/

const TEST_DATA = /(?:^|\/)(?:tests?|testing|testdata|test[_-]data|fixtures?)\//i

/** False for a program: other systems do without it, or have their own. */
function isLoaded(file: NativeFile): boolean {
  if (file.format === 'pe') return file.dll
  if (file.format === 'elf') return file.type === 3 && file.interpreter === undefined && !file.pie
  return file.format !== 'macho' || file.slices.some(slice => isLoadableSlice(slice) && slice.type !== 2)
}

/**
 * Launchers, assemblies that .NET runs on every system, and WebAssembly for JavaScript or a runtime of its own: what Pyodide loads
 * is called .so.
 */
const isForAnySystem = (file: NativeFile): boolean =>
  file.format === 'wasm'
    ? file.path.endsWith('.wasm')
    : file.format === 'pe' && (file.managed || LAUNCHER.test(basename(file.path)))

export default rule({
  id: 'binary-in-any-wheel',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Platform tag"',
  url: PLATFORM_TAGS,
  summary: 'A platform-independent wheel contains platform-specific binaries.',
  why: 'Installers install it wherever no other wheel fits, but each binary works on only one system.',
  fix: 'Build a wheel for each platform, with the binaries of that platform, and do not upload one for all of them.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', make: 'elf-plain' } },
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', make: 'elf-and-pe' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-py3-none-any.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', make: 'wasm-program' } },
  ],
  *check(wheel) {
    const { platforms, loadable } = nativeSubject(wheel)
    if (!platforms.some(tag => tag.os === 'any')) return
    const files = loadable.filter(file => !isForAnySystem(file))
    const used = files.filter(file => !TEST_DATA.test(file.path))
    const [first = files[0]] = used
    if (!first) return
    const told = used.length > 0 ? used : files
    const several =
      new Set(
        told.map(file => (file.format === 'pe' || file.format === 'elf' ? `${file.format} ${file.arch}` : file.format)),
      ).size > 1
    const names = someQuoted(told.map(file => file.path))
    const many = plural(told.length, 'binary', 'binaries')
    yield nativeFinding(
      first,
      undefined,
      used.length === 0
        ? `The wheel is platform-independent, but its test data contains ${many}: ${names}.`
        : several
          ? `The wheel is platform-independent, but contains binaries for several platforms: ${names}.`
          : `The wheel is platform-independent, but contains ${many} for one platform: ${names}.`,
      several || !used.some(isLoaded) ? { severity: 'info' } : {},
    )
  },
})
