import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'

const JUNK =
  /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX|\._[^/]+|\.git|\.hg|\.svn|\.idea|\.vscode|\.ipynb_checkpoints|\.mypy_cache|\.pytest_cache|\.ruff_cache|\.tox|\.nox|\.venv|[^/]+\.(?:orig|rej|swp)|[^/]+~)(?:\/|$)/

export default rule({
  id: 'junk-in-wheel',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'Files of an editor, a version control system or the desktop are in the wheel.',
  why: 'Every user installs them; some of them tell about the machine that built the wheel.',
  fix: 'Exclude them in the build backend, and build from a clean checkout.',
  bad: { wheel: { files: { 'demo/.DS_Store': 'x' } } },
  good: { wheel: {} },
  *check({ members }) {
    const kinds = new Map<string, { member: string; count: number }>()
    for (const { path } of members.files) {
      const found = JUNK.exec(path)?.[0].replace(/^\/|\/$/g, '')
      if (found === undefined) continue
      const kind = found.startsWith('._')
        ? '._*'
        : /\.(?:orig|rej|swp)$|~$/.test(found)
          ? found.replace(/^.*(?=\.|~$)/s, '*')
          : found
      const row = kinds.get(kind)
      if (row) row.count++
      else kinds.set(kind, { member: path, count: 1 })
    }
    for (const [kind, { member, count }] of kinds)
      yield finding(
        { member },
        `${plural(count, 'file')} of the kind ${quote(kind)} in the wheel, the first is ${quote(member)}.`,
        { subject: kind },
      )
  },
})
