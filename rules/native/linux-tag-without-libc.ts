import { externalOf, fitting } from '../../src/platform/platform.js'
import { finding, rule } from '../../src/rule.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { someQuoted } from '../../src/wording.js'
import { PLATFORM_TAGS, portableTags, tagsFor } from '../shared/native.js'

export default rule({
  id: 'linux-tag-without-libc',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Basic platform tags"',
  url: PLATFORM_TAGS,
  summary: 'The platform tag does not say which Linux systems the wheel runs on.',
  why: 'PyPI rejects the tag, and other systems may not have the libraries that the binaries need.',
  fix: 'Repair the wheel with auditwheel, or build it in a manylinux or musllinux image.',
  needs: ['native'],
  formerly: ['linux-tag'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-linux_x86_64.whl', make: 'elf' }, alsoGives: ['tag-pypi-platform'] },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    // Where the file name is more specific, only WHEEL disagrees.
    if (portableTags(wheel).length > 0) return
    for (const tag of tagsFor(wheel, 'linux')) {
      if (tag.libc !== undefined || tag.arch === 'armv6l' || tag.arch === 'armv7l') continue
      const fits = fitting(wheel, tag).filter(one => !one.startsWith('linux_'))
      const names = [...externalOf(wheel, tag).keys()]
      const rest =
        fits.length > 0
          ? `Its contents fit ${fits[0]}`
          : names.length > 0
            ? `It needs ${someQuoted(names)} from the system`
            : 'Its contents do not fit any manylinux or musllinux tag'
      yield finding(
        valuedTagPlace(wheel, 'platform', tag.tag),
        `The tag ${tag.tag} does not say which Linux systems the wheel runs on. ${rest}.`,
      )
    }
  },
})
