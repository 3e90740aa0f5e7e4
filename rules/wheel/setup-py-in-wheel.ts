import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { setting } from '../shared/advice.js'
import { WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'setup-py-in-wheel',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, introduction',
  url: WHEEL_FORMAT,
  summary: 'The wheel installs setup.py or setup.cfg into site-packages.',
  why: 'Nothing uses the file there, and each project that installs one overwrites that of another.',
  fix: project => `Leave the file out of the wheel (${setting(project, 'excludeFromWheel')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  bad: { wheel: { files: { 'setup.py': 'from setuptools import setup\n' } } },
  good: { wheel: { files: { 'demo/setup.py': 'x = 1\n' } } },
  *check(wheel) {
    for (const { path, member } of installed(wheel))
      if (path === 'setup.py' || path === 'setup.cfg')
        yield finding({ member: member.path }, `The wheel installs ${quote(path)} at the top level of site-packages.`)
  },
})
