import { finding, rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'

export default rule({
  id: 'path-with-space',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'pydistcheck, "path-contains-spaces"',
  url: 'https://pydistcheck.readthedocs.io/en/latest/check-reference.html',
  summary: 'The name of a file contains a space.',
  why: 'Shell scripts, makefiles and older tools read such a name as two.',
  fix: 'Use an underscore or a hyphen instead.',
  status: 'strict',
  bad: [{ wheel: { files: { 'demo/my file.txt': 'x' } } }, { sdist: { files: { '{top}/demo/my file.txt': 'x' } } }],
  good: { wheel: {} },
  *check({ members }) {
    const paths = members.list.map(({ path }) => path).filter(path => path.includes(' '))
    const [first] = paths
    if (first !== undefined)
      yield finding(
        { member: first },
        `${plural(paths.length, 'name')} ${paths.length === 1 ? 'contains' : 'contain'} a space: ${someQuoted(paths, 3)}.`,
      )
  },
})
