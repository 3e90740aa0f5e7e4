import { finding, quote, rule } from '../../src/rule.js'

/** Set user id, set group id, sticky. */
const SPECIAL_BITS = 0o7000

export default rule({
  id: 'zip-special-mode',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, installing a wheel',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The mode of a zip member says setuid, setgid, sticky, device or FIFO.',
  why: 'Installers write a regular file without these bits; a tool that obeys them makes a device or a file that runs with rights of its owner.',
  fix: 'Pack regular files with modes such as 0644 and 0755.',
  securitySeverity: 4,
  bad: { wheel: { make: 'zip-setuid' } },
  good: { wheel: { make: 'zip-mode-zero' } },
  *check({ archive }) {
    if (archive.format !== 'zip') return
    for (const { path, type, mode, offset } of archive.members) {
      const special = type === 'device' || type === 'fifo' || type === 'unknown'
      // The sticky bit of a directory comes from shared build directories.
      const bits = type === 'directory' ? 0 : mode & SPECIAL_BITS
      if (!special && bits === 0) continue
      const what = special
        ? `a ${type === 'unknown' ? 'file of unknown kind' : type === 'fifo' ? 'FIFO' : 'device'}`
        : 'a special file'
      yield finding(
        { member: path, offset },
        `${quote(path)} has the mode 0${mode.toString(8)}, which makes it ${what}.`,
      )
    }
  },
})
