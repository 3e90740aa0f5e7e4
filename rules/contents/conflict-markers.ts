import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'conflict-markers',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Language Reference, "Full Grammar specification"',
  url: 'https://docs.python.org/3/reference/grammar.html',
  summary: 'A Python file, or a data or configuration file, contains merge conflict markers.',
  why: 'A Python file cannot be imported: Python raises a SyntaxError. What reads JSON, TOML, YAML or INI files fails likewise.',
  fix: 'Resolve the merge conflict and rebuild.',
  precision: 'high',
  needs: ['python-imports'],
  inCode: true,
  bad: [
    {
      wheel: {
        files: {
          'demo/core.py': 'x = dict(\n<<<<<<< HEAD\n    a=1,\n=======\n    a=2,\n>>>>>>> e19bd21 (Update)\n)\n',
        },
      },
    },
    {
      sdist: {
        files: { '{top}/benchmarks/run.py': '<<<<<<< HEAD\nROUNDS = 5\n=======\nROUNDS = 9\n>>>>>>> faster\n' },
      },
    },
    { tree: { files: { 'src/demo/core.py': '<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> faster\n' } } },
    {
      wheel: {
        files: { 'demo/data/limits.json': '{\n<<<<<<< HEAD\n"most": 5\n=======\n"most": 9\n>>>>>>> faster\n}\n' },
      },
    },
  ],
  good: {
    wheel: {
      files: {
        'demo/core.py': '"""\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n"""\n',
        'demo/help.yaml': 'text: |\n  <<<<<<< HEAD\n  ours\n  =======\n  theirs\n  >>>>>>> main\n',
        'demo/tests/merge.json': '<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n',
        'demo/merge.py': '# Sections begin with\n# <<<<<<< HEAD\nx = 1\n',
      },
    },
  },
  *check(subject) {
    for (const [member, file] of subject.python) {
      if (file.cut || isData(subject, member)) continue
      if (!file.text.includes('<<<<<<< ')) continue
      const { broken, conflict: line } = file.module
      // In a string they are text, and the file is valid.
      if (!broken || line === undefined || Math.abs(broken.line - line) > FAR) continue
      yield finding(
        { member, line },
        `${quote(named(subject, member))} contains merge conflict markers, the first on line ${line}, so it is not valid Python.`,
        subject.kind === 'sdist' && !/^[^/]+\/(?:setup\.py|src\/)/.test(member) && !isOfPackage(subject, member)
          ? { severity: 'warning' }
          : undefined,
      )
    }
    for (const [member, line] of subject.conflicts) {
      // Other rules read these, and say so.
      if (isAside(subject, member) || /^[^/]+\/(?:pyproject\.toml|setup\.cfg)$/.test(member)) continue
      yield finding(
        { member, line },
        `${quote(named(subject, member))} contains merge conflict markers, the first on line ${line}.`,
        { severity: 'warning' },
      )
    }
  },
})

/** A source tree has no folder of the sdist around it. */
const named = (subject: Wheel | Sdist, member: string): string =>
  subject.kind === 'sdist' && subject.tree ? belowTop('sdist', member) : member

/** In a source tree, is it in a folder with `__init__.py`, at the top? */
const isOfPackage = ({ tree, members }: Sdist, member: string): boolean =>
  tree !== undefined && members.has(`${member.split('/', 2).join('/')}/__init__.py`)

/** Lines between a marker and the surrounding statement that cannot be parsed. */
const FAR = 200

/** Files of tests and templates need not be Python. */
const isData = ({ kind }: Wheel | Sdist, member: string): boolean =>
  isAside({ kind }, member) || /(?:^|\/)(?:[^/]*[-_])?(?:data|resources)\//i.test(belowTop(kind, member))

/** What is for tests, and what others are made of. */
const isAside = ({ kind }: Pick<Wheel | Sdist, 'kind'>, member: string): boolean =>
  /(?:^|\/)(?:[^/]*[-_])?(?:tests?|testing|testdata|test_data|fixtures?|templates?|docs?|examples?|samples?|cassettes)\//i.test(
    belowTop(kind, member),
  )

const belowTop = (kind: 'wheel' | 'sdist', member: string): string =>
  kind === 'sdist' ? member.replace(/^[^/]+\//, '') : member
