import type { NativeFile } from '../../src/native/index.js'
import type { PlatformTag } from '../../src/platform/platform-tag.js'
import { elfArchOfTag } from '../../src/platform/policy.js'
import { basename, nativeSubject } from '../../src/platform/subject.js'
import { isVisualRuntime } from '../../src/platform/windows.js'
import { quote, rule } from '../../src/rule.js'
import { list, someQuoted } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'

/** Architectures of the tags whose system reads this format. */
function expected(platforms: readonly PlatformTag[], file: NativeFile): readonly string[] {
  return platforms.flatMap(tag => {
    if (file.format === 'elf' && tag.os === 'linux') return [elfArchOfTag(tag.arch)]
    if (file.format === 'elf' && tag.os === 'android') return tag.arch === 'arm' ? ['arm', 'armv7l'] : [tag.arch]
    if (file.format === 'pe' && tag.os === 'windows') return [tag.arch]
    if (file.format === 'macho' && tag.os === 'macos') return tag.archs
    if (file.format === 'macho' && tag.os === 'ios') return [tag.arch]
    return []
  })
}

export default rule({
  id: 'wrong-architecture',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system', 'interpreter'],
  force: 'none',
  source: 'Platform compatibility tags',
  url: PLATFORM_TAGS,
  summary: 'A binary is for another processor than the platform tag.',
  why: 'It cannot be loaded on the machines that the wheel is installed on.',
  fix: 'Build it for the architecture of the tag, or correct the tag.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-aarch64' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-arm64-as-plain' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-mixed' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_arm64.whl', make: 'pe-arm64' } },
  ],
  *check(wheel) {
    const { platforms, loadable, isReachable } = nativeSubject(wheel)
    const known = platforms.filter(tag => tag.os !== 'any')
    for (const file of loadable) {
      const archs = expected(known, file)
      const own =
        file.format === 'macho'
          ? file.slices.map(slice => slice.arch ?? `CPU ${slice.cpu}`)
          : file.format === 'elf' || file.format === 'pe'
            ? [file.arch ?? `machine ${file.machine}`]
            : []
      if (archs.length === 0 || own.length === 0 || own.some(arch => archs.includes(arch))) continue
      // .NET code runs anywhere, and ARM64EC says amd64.
      if (file.format === 'pe' && (file.managed || file.hybrid)) continue
      const runtime = file.format === 'pe' && isVisualRuntime(basename(file.path).toLowerCase())
      const loaded = isReachable(file.path) || runtime
      yield nativeFinding(
        file,
        undefined,
        `${quote(file.path)} is for ${list(own)}; the wheel is tagged ${someQuoted(known.map(tag => tag.tag))}.`,
        loaded
          ? {}
          : { severity: 'info', enforcedBy: [], help: 'Leave it out where nothing on that platform uses it.' },
      )
    }
  },
})
