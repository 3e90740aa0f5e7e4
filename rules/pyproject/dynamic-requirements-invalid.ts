import type { Place } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { splitLines } from '../../src/text/lines.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { BUILD_STOPS, builtWith } from './_backends.js'
import { setuptoolsFiles } from './_dynamic-files.js'

const pyproject = `${builtWith('setuptools', 'name = "demo"', 'version = "1.0"', 'dynamic = ["dependencies"]')}\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n`
const reading = (text: string) => ({ pyproject, files: { '{top}/requirements.txt': text } })

export default rule({
  id: 'dynamic-requirements-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "Configuring setuptools using pyproject.toml files", dynamic metadata',
  url: 'https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata',
  summary: 'A file from which setuptools takes requirements has a line that is not one.',
  why: 'setuptools reads requirements and comments, not the options of pip: each line must be a requirement.',
  breaks: BUILD_STOPS,
  fix: 'Write one requirement on each line. Keep what only pip reads in another file.',
  byHand: 'Only a person knows which requirements are meant.',
  precision: 'high',
  bad: [
    { sdist: reading('attrs>=23\n-r base.txt\n') },
    { sdist: reading('attrs==25.3.0 \\\n    --hash=sha256:00\n') },
    { sdist: reading('git+https://github.com/ann-author/demo\n') },
  ],
  good: { sdist: reading('# for slots\n  attrs>=23  # and more\n\nrich>=\\\n13\n') },
  *check(sdist) {
    const { pyproject, top, texts } = sdist
    if (!pyproject || !isSetuptools(sdist)) return
    const told = new Set<string>()
    for (const { key, path } of setuptoolsFiles(pyproject)) {
      const member = `${top}/${path.replace(/^\.\//, '')}`
      const file = OF_REQUIREMENTS.has(key) ? texts.get(member) : undefined
      // Python divides lines at these characters too.
      if (!file || file.cut || !file.utf8 || told.has(member) || /[\v\f\x1c-\x1e\x85\u2028\u2029]/.test(file.text))
        continue
      told.add(member)
      const [first, ...more] = wrongLines(file.text)
      if (!first) continue
      const { line, column, text } = first
      const at: Place = { member, line, column, value: text, mark: text }
      yield finding(
        at,
        `${quote(text)} is not a requirement${more.length > 0 ? ', and more lines are not' : ''}: setuptools reads ${quote(path)} for project.${key}, and the build fails.`,
        { subject: path, help: helpFor(text) },
      )
    }
  },
})

const OF_REQUIREMENTS: ReadonlySet<string> = new Set(['dependencies', 'optional-dependencies'])

interface Line {
  readonly line: number
  readonly column: number
  readonly text: string
}

/** Without comments and continued lines, for which setuptools also drops the character before the backslash. */
function wrongLines(text: string): readonly Line[] {
  const lines = splitLines(text).flatMap((written, i): readonly Line[] => {
    const plain = written.trim()
    if (plain === '' || plain.startsWith('#')) return []
    return [
      { line: i + 1, column: written.length - written.trimStart().length + 1, text: plain.split(' #', 1)[0] ?? '' },
    ]
  })
  const found: Line[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (!line) break
    let { text: whole } = line
    while (whole.endsWith('\\')) {
      const next = lines[++i]
      // A last line that goes on is dropped.
      if (!next) return found
      whole = whole.slice(0, -2).trim() + next.text
      if (whole.length > LONGEST) return found
    }
    if (attempt(parseRequirement, whole.trim()) === undefined) found.push(line)
  }
  return found
}

/** Longer lines are not looked at. */
const LONGEST = 10_000

const helpFor = (text: string): string =>
  /^-|\s--/.test(text) || text.endsWith('\\')
    ? 'Write the requirements themselves: setuptools does not read options of pip, such as `-r` and `--hash`.'
    : /^(?:git\+|https?:|\.{0,2}\/)/.test(text)
      ? 'Write `NAME @ ADDRESS`, or require a version: PyPI rejects requirements with an address.'
      : 'Write a requirement, such as `attrs>=23`, or remove the line.'
