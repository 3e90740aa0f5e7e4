import { nativeSubject } from '../../src/platform/subject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { some } from '../../src/wording.js'
import { PLATFORM_TAGS } from '../shared/native.js'

export default rule({
  id: 'mixed-architectures',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags',
  url: PLATFORM_TAGS,
  summary: 'A wheel for one architecture holds binaries of several.',
  why: 'Those of the others are dead weight there, or somebody expects them to work.',
  fix: 'Leave out what the architecture of the tag cannot run.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-mixed' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { platforms, elf, pe } = nativeSubject(wheel)
    const archs = new Set(
      platforms.flatMap(tag => (tag.os === 'linux' || tag.os === 'windows' || tag.os === 'android' ? [tag.arch] : [])),
    )
    if (archs.size !== 1) return
    for (const files of [elf, pe.filter(file => !file.managed && !file.hybrid)]) {
      const found = new Map(files.map(file => [file.arch ?? `machine ${file.machine}`, file]))
      if (found.size < 2) continue
      const list = [...found].map(([arch, file]) => `${arch} (${quote(file.path)})`)
      yield finding(
        valuedTagPlace(wheel, 'platform', platforms[0]?.tag ?? ''),
        `The wheel is for ${[...archs].join()}, but its binaries are for ${some(list)}.`,
      )
    }
  },
})
