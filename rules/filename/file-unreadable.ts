import { finding, rule } from '../../src/rule.js'

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
  bad: { unknown: { filename: 'demo-1.0-py3-none-any.whl', text: '', broken: 'directory' } },
  good: { wheel: {} },
  *check({ looksLike, error }) {
    if (looksLike === 'directory') yield finding(undefined, 'This is a directory, not an archive.')
    else if (looksLike === 'unreadable')
      yield finding(undefined, `The file cannot be read: ${error ?? 'the system does not give a reason'}.`)
  },
})
