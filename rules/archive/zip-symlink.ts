import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'

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
  why: 'pip and uv write the target path into a regular file instead of creating a link, so the content is missing.',
  breaks: 'After installation, the content of the file is missing: the file contains only the path of the link target.',
  fix: 'Store a copy of the file in the wheel, or create the link when the program runs.',
  securitySeverity: 5,
  bad: { wheel: { make: 'zip-symlink' } },
  good: { wheel: {} },
  *check({ members }) {
    for (const { path, type, mode, link, offset } of members)
      if (type === 'file' && (mode & FILE_TYPE) === LINK)
        yield finding(
          { member: path, offset },
          link === undefined
            ? `${quote(path)} is a symbolic link. A wheel may contain only regular files.`
            : `${quote(path)} is a symbolic link to ${quote(link)}. Installers write these ${plural(link.length, 'character')} into a regular file.`,
        )
  },
})
