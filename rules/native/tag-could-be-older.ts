import { fitOfTag } from '../../src/platform/platform.js'
import { policyOfTag, tagsOfPolicy } from '../../src/platform/policy.js'
import { finding, rule } from '../../src/rule.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { someQuoted } from '../../src/wording.js'
import { tagsFor } from '../shared/native.js'

export default rule({
  id: 'tag-could-be-older',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 600, "The definition, the audit procedure"',
  url: 'https://peps.python.org/pep-0600/',
  summary: 'The binaries run on older systems than the platform tag allows.',
  why: 'Installers on those systems ignore the wheel.',
  fix: 'Use the tag that fits, if you intend to support those systems.',
  absence: 'content',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_34_x86_64.whl', make: 'elf' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const tags = tagsFor(wheel, 'linux').filter(tag => tag.libc === 'glibc')
    const [first] = tags
    const fit = first && fitOfTag(wheel, first)
    if (!fit || fit.demands.length === 0 || tags.some(tag => tag.arch !== first.arch)) return
    if (fit.external(fit.names.length - 1).size > 0) return
    const oldest = Math.min(...tags.map(tag => policyOfTag(tag) ?? 0))
    if (fit.overall >= oldest) return
    yield finding(
      valuedTagPlace(wheel, 'platform', first.tag),
      `The contents fit ${tagsOfPolicy(fit, fit.overall)[0]}, but the wheel is tagged ${someQuoted(tags.map(tag => tag.tag))}.`,
    )
  },
})
