import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'module-hidden-by-package',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'The Python Language Reference, "Regular packages"',
  url: 'https://docs.python.org/3/reference/import.html#regular-packages',
  summary: 'A module and a package have the same name.',
  why: 'Python imports the package, and what the module defines cannot be imported. Usually one of them is a leftover from an earlier build.',
  fix: 'Remove or rename one of them, and build from a clean checkout.',
  bad: {
    wheel: {
      files: { 'demo/translator.py': 'class Translator: ...\n', 'demo/translator/__init__.py': 'x = 1\n' },
    },
  },
  good: {
    wheel: {
      files: {
        'demo/translator.py': 'class Translator: ...\n',
        'demo/translator/words.txt': 'one\n',
        'demo/fast.py': 'x = 1\n',
        'demo/fast.cpython-312-darwin.so': 'x',
      },
    },
  },
  *check(wheel) {
    const files = installed(wheel)
    const packages = new Map(
      files.flatMap(({ path, member }) => {
        const folder = /^(.+)\/__init__(?:\.[^/]+)?\.(?:py|so|pyd)$/.exec(path)?.[1]
        return folder === undefined ? [] : [[folder, member.path]]
      }),
    )
    for (const { path, member } of files) {
      if (!path.endsWith('.py')) continue
      const other = packages.get(path.slice(0, -'.py'.length))
      if (other === undefined || DATA.test(path)) continue
      yield finding(
        { member: member.path },
        `${quote(member.path)} is never imported, because the package ${quote(other)} has the same name.`,
      )
    }
  },
})

/** Files that are read as data. */
const DATA = /(?:^|\/)(?:tests?|testdata|fixtures?|templates?|skeletons?|data|examples?)\//
