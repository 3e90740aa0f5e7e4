import { finding, rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'

export default rule({
  id: 'path-not-ascii',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'pydistcheck, "path-contains-non-ascii-characters"',
  url: 'https://pydistcheck.readthedocs.io/en/latest/check-reference.html',
  summary: 'The name of a file contains non-ASCII characters.',
  why: 'File systems and tools with a different encoding store it under a different name, and then nothing finds it.',
  fix: 'Use only ASCII characters in the name.',
  status: 'strict',
  bad: [{ wheel: { files: { 'demo/größe.txt': 'x' } } }, { sdist: { files: { '{top}/demo/größe.txt': 'x' } } }],
  good: { wheel: {} },
  *check({ members }) {
    const paths = members.list.map(({ path }) => path).filter(path => /[^\x00-\x7f]/.test(path))
    const [first] = paths
    if (first !== undefined)
      yield finding(
        { member: first },
        `${plural(paths.length, 'name')} ${paths.length === 1 ? 'contains' : 'contain'} non-ASCII characters: ${someQuoted(paths, 3)}.`,
      )
  },
})
