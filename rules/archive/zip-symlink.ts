import { finding, quote, rule } from '../../src/rule.js'

const FILE_TYPE = 0o170000
const LINK = 0o120000

export default rule({
  id: 'zip-symlink',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format: a wheel has no symbolic links (PEP 778 is deferred)',
  url: 'https://peps.python.org/pep-0778/',
  summary: 'A member is a symbolic link.',
  why: 'pip and uv write the text of the target as a regular file, so what the link should give is missing after the installation.',
  breaks: 'What the link should give is missing after the installation: a file with the text of its target is there.',
  fix: 'Put a copy of the file into the wheel, or make the link when the program runs.',
  securitySeverity: 5,
  bad: { wheel: { make: 'zip-symlink' } },
  good: { wheel: {} },
  *check({ members }) {
    for (const { path, type, mode, link, offset } of members)
      if (type === 'file' && (mode & FILE_TYPE) === LINK)
        yield finding(
          { member: path, offset },
          link === undefined
            ? `${quote(path)} is a symbolic link; a wheel has regular files only.`
            : `${quote(path)} is a symbolic link to ${quote(link)}; installers write these ${link.length} characters as a file.`,
        )
  },
})
