import { finding, quote, rule } from '../../src/rule.js'
import { TWINE_TODAY } from '../../src/standards/authorities.js'
import { valuedTagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'musllinux-version-unknown',
  topic: 'tags',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MAY',
  source: 'PEP 656',
  url: 'https://peps.python.org/pep-0656/',
  summary: 'A musllinux tag names a version of musl that does not exist.',
  why: 'The tag does not match any system, and an index may reject the file.',
  fix: 'Use `musllinux_1_1` or `musllinux_1_2`, as auditwheel does.',
  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-musllinux_2_0_x86_64.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-musllinux_1_0_x86_64.whl' } },
  ],
  good: { wheel: { filename: 'demo-1.0-py3-none-musllinux_1_2_x86_64.whl' } },
  *check(wheel) {
    for (const platform of new Set(wheel.name?.platform ?? [])) {
      const version = /^musllinux_([0-9]{1,9}_[0-9]{1,9})_/.exec(platform)?.[1]
      if (version !== undefined && !/^1_[1-9][0-9]*$/.test(version))
        yield finding(
          valuedTagPlace(wheel, 'platform', platform),
          `${quote(platform)} names musl ${version.replace('_', '.')}, which did not exist as of ${TWINE_TODAY.date}. Expected 1.1 or 1.2.`,
          { subject: 'tags' },
        )
    }
  },
})
