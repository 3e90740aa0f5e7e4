import { finding, rule } from '../../src/rule.js'
import { isAddress } from '../../src/source/source.js'

/** Nobody uploads from there, and it may be there the next time. */
const REMOTE = {
  enforcedBy: [],
  breaks: 'The file was not audited.',
  help: 'Check the address and the server, and audit the file again.',
}

export default rule({
  id: 'file-unreadable',
  topic: 'filename',
  severity: 'error',
  applies: ['unknown'],
  enforcedBy: ['twine'],
  force: 'none',
  source: 'Python Packaging User Guide, "Package formats"',
  url: 'https://packaging.python.org/en/latest/discussions/package-formats/',
  summary: 'The file is a directory or cannot be read.',
  why: 'Its contents cannot be checked or uploaded.',
  fix: 'Check the path and the permissions of the file. Wheels and sdists are archives, not directories.',
  always: true,
  bad: { unknown: { filename: 'demo-1.0-py3-none-any.whl', text: '', broken: 'directory' } },
  good: { wheel: {} },
  *check({ path, looksLike, error }) {
    const reason = `The file cannot be read: ${error ?? 'the system does not give a reason'}.`
    if (looksLike === 'unreadable' && isAddress(path)) yield finding(undefined, reason, REMOTE)
    else if (looksLike === 'directory') yield finding(undefined, 'This is a directory, not an archive.')
    else if (looksLike === 'unreadable') yield finding(undefined, reason)
  },
})
