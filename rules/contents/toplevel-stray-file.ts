import { finding, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { compareCodeUnits, someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { isStray } from './_toplevel.js'

export default rule({
  id: 'toplevel-stray-file',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'The wheel installs a file of the source tree directly into site-packages.',
  why: 'A wheel that contains a file of the same name overwrites it, and nobody looks for the file there.',
  fix: project =>
    `Leave it out of the wheel (${setting(project, 'excludeFromWheel')}); name licenses under ${project.key('License-File')}.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  bad: [
    { wheel: { files: { 'README.md': '# Demo\n' } } },
    { wheel: { files: { 'THIRD_PARTY_NOTICES.md': '# Notices\n' } } },
  ],
  good: { wheel: { files: { 'demo/README.md': '# Demo\n' } } },
  *check(wheel) {
    const stray = installed(wheel)
      .filter(({ path }) => !path.includes('/') && isStray(path))
      .sort((a, b) => compareCodeUnits(a.path, b.path))
    const [first, ...rest] = stray
    if (!first) return
    yield finding(
      { member: first.member.path },
      `${someQuoted(stray.map(({ path }) => path))} would be installed directly into site-packages.`,
      {
        subject: stray.map(({ path }) => path).join(' '),
        related: rest.map(({ member }) => ({ member: member.path, message: 'also at the top level' })),
      },
    )
  },
})
