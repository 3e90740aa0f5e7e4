import { finding, rule } from '../../src/rule.js'
import { KEYWORDS } from '../../src/standards/import-name.js'
import { isIdentifier } from '../../src/text/python.js'
import { installed } from '../../src/views/install-tree.js'
import { plural, someQuoted } from '../../src/wording.js'

export default rule({
  id: 'module-not-importable',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'check-wheel-contents, W004; The Python Language Reference, "The import statement"',
  url: 'https://docs.python.org/3/reference/simple_stmts.html#the-import-statement',
  summary: 'A Python file is in a place that no import statement can name.',
  why: 'A folder or file whose name is not an identifier, or is a keyword, cannot be part of a module name: the file is data, or its name is a mistake.',
  fix: 'Use only letters, digits and underscores in the names of the folders and the file, and not a keyword such as `class`.',
  status: 'strict',
  bad: {
    wheel: { files: { 'demo/my-plugins/first.py': 'x = 1\n', 'demo/2nd.py': 'x = 1\n', 'demo/class.py': 'x = 1\n' } },
  },
  good: { wheel: { files: { 'demo/plugins/first.py': 'x = 1\n' } } },
  *check(wheel) {
    const files = installed(wheel).filter(
      ({ path, parts }) =>
        path.endsWith('.py') &&
        !parts.every((part, i) => isModuleName(i === parts.length - 1 ? part.slice(0, -'.py'.length) : part)),
    )
    const [first] = files
    if (!first) return
    const paths = files.map(({ path }) => path)
    yield finding(
      { member: first.member.path },
      `${plural(files.length, 'Python file')} cannot be imported by name: ${someQuoted(paths, 3)}.`,
    )
  },
})

const isModuleName = (part: string) => isIdentifier(part) && !KEYWORDS.has(part)
