import { basename, nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'

/** Script launchers for Windows that installers carry as data. */
const LAUNCHER = /^(?:(?:t|w)(?:32|64|64-arm|_arm)?|(?:cli|gui)(?:-(?:32|64|arm64))?|launcher\w*)(?:-arm)?\.exe$/

export default rule({
  id: 'binary-in-any-wheel',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Platform tag"',
  url: PLATFORM_TAGS,
  summary: 'A wheel for any platform holds binaries of one.',
  why: 'Installers give the file to every system, and the binaries work on one of them only.',
  fix: 'Build a wheel for each platform, with the binaries of that platform.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', make: 'elf-plain' } },
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', make: 'elf-and-pe' } },
  ],
  good: { wheel: { filename: 'demo-1.0-py3-none-any.whl' } },
  *check(wheel) {
    const { platforms, loadable } = nativeSubject(wheel)
    if (!platforms.some(tag => tag.os === 'any')) return
    const files = loadable.filter(file => !(file.format === 'pe' && LAUNCHER.test(basename(file.path))))
    const [first] = files
    if (!first) return
    const formats = new Set(files.map(file => file.format))
    const several = formats.size > 1
    yield nativeFinding(
      first,
      undefined,
      several
        ? `The wheel is for any platform and holds binaries of several: ${someQuoted(files.map(file => file.path))}.`
        : `The wheel is for any platform, but holds ${plural(files.length, 'binary', 'binaries')} of one: ${someQuoted(files.map(file => file.path))}.`,
      several ? { severity: 'info' } : {},
    )
  },
})
