import { basename, nativeSubject } from '../../src/platform/subject.js'
import { isVisualRuntime } from '../../src/platform/windows.js'
import { quote, rule } from '../../src/rule.js'
import { list, someQuoted } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'
import { foreignFiles } from './_architectures.js'

export default rule({
  id: 'wrong-architecture',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system', 'interpreter'],
  force: 'none',
  source: 'Platform compatibility tags',
  url: PLATFORM_TAGS,
  summary: 'A binary is built for a different processor than the platform tag names.',
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
    const tags = nativeSubject(wheel).platforms.flatMap(tag => (tag.os === 'any' ? [] : tag.tag))
    for (const { file, archs, role } of foreignFiles(wheel)) {
      // Variants are the business of mixed-architectures, and helpers are intentional.
      if (role === 'variant' || role === 'helper') continue
      const isRuntime = file.format === 'pe' && isVisualRuntime(basename(file.path).toLowerCase())
      const isUsed = role === 'loaded' || (role === 'only' && !isRuntime)
      yield nativeFinding(
        file,
        undefined,
        `${quote(file.path)} is for ${list(archs)}, but the wheel is tagged ${someQuoted(tags)}.`,
        isUsed
          ? {}
          : {
              severity: isRuntime ? 'warning' : 'info',
              enforcedBy: [],
              help: 'Remove the file if nothing on that platform uses it.',
            },
      )
    }
  },
})
