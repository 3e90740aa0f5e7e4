import { nativeSubject } from '../../src/platform/subject.js'
import { finding, rule } from '../../src/rule.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { someQuoted } from '../../src/wording.js'
import { PLATFORM_TAGS } from '../shared/native.js'

export default rule({
  id: 'platform-tag-no-binary',
  topic: 'tags',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File name convention"; platform compatibility tags',
  url: PLATFORM_TAGS,
  summary: 'The file name names a platform, but the wheel holds no binary.',
  why: 'Either the compiled files were lost in the build, or one wheel for every platform would do.',
  fix: 'Check that the build produced the extension, or build the wheel for `any`.',
  needs: ['native'],
  absence: 'content',
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { natives, platforms } = nativeSubject(wheel)
    if (platforms.length === 0 || platforms.some(tag => tag.os === 'any')) return
    const binaries = natives.filter(file => file.format !== 'ar' && !(file.format === 'elf' && file.type === 1))
    if (binaries.length > 0) return
    const tags = platforms.map(tag => tag.tag)
    yield finding(
      valuedTagPlace(wheel, 'platform', tags[0] ?? ''),
      `The wheel is for ${someQuoted(tags)}, but none of its ${wheel.members.files.length} files is a program or a library.`,
    )
  },
})
