import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'

const BEGIN = /^<{7} [^\n]*$/m
const MARKERS = /^<{7} [^\n]*\n(?:(?!<{7} |>{7} |={7}\r?\n)[^\n]*\n)*={7}\r?\n(?:(?!<{7} |>{7} )[^\n]*\n)*>{7} /m

export default rule({
  id: 'conflict-markers',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Language Reference, "Full Grammar specification"',
  url: 'https://docs.python.org/3/reference/grammar.html',
  summary: 'A Python file has the conflict markers of a merge.',
  why: 'It cannot be imported: Python stops with a SyntaxError.',
  fix: 'Finish the merge, and build again.',
  precision: 'high',
  needs: ['python-imports'],
  bad: {
    wheel: {
      files: {
        'demo/core.py': 'x = dict(\n<<<<<<< HEAD\n    a=1,\n=======\n    a=2,\n>>>>>>> e19bd21 (Update)\n)\n',
      },
    },
  },
  good: {
    wheel: {
      files: {
        'demo/core.py': '"""\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n"""\n',
        'demo/merge.py': '# Sections begin with\n# <<<<<<< HEAD\nx = 1\n',
      },
    },
  },
  *check(subject) {
    for (const [member, file] of subject.python) {
      if (file.cut || isData(subject, member)) continue
      const { text } = file
      if (!text.includes('<<<<<<< ') || !MARKERS.test(text)) continue
      const { broken } = file.module
      const line = broken && lineOf(text, BEGIN)
      // In a string they are text, and the file is whole.
      if (!broken || line === undefined || Math.abs(broken.line - line) > FAR) continue
      yield finding(
        { member, line },
        `${quote(member)} has the markers of a merge that was not finished, from line ${line} on: it is no Python.`,
        subject.kind === 'sdist' && !/^[^/]+\/(?:setup\.py|src\/)/.test(member) ? { severity: 'warning' } : undefined,
      )
    }
  },
})

/** Lines between a marker and the statement around it that cannot be read. */
const FAR = 200

function lineOf(text: string, pattern: RegExp): number | undefined {
  const at = pattern.exec(text)?.index
  return at === undefined ? undefined : text.slice(0, at).split('\n').length
}

/** Files that tests and templates are made of need not be Python. */
const isData = ({ kind }: Wheel | Sdist, member: string): boolean =>
  /(?:^|\/)(?:[^/]*[-_])?(?:tests?|testing|testdata|test_data|fixtures?|templates?|data|docs?|examples?|samples?|cassettes|resources)\//i.test(
    kind === 'sdist' ? member.replace(/^[^/]+\//, '') : member,
  )
