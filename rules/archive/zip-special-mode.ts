import { finding, quote, rule } from '../../src/rule.js'

const FILE_TYPE = 0o170000
const DIRECTORY = 0o040000
const REGULAR = 0o100000
/** Judged by zip-symlink. */
const LINK = 0o120000
const KINDS: Readonly<Record<number, string>> = {
  2401: 'a FIFO',
  4802: 'a device',
  [DIRECTORY]: 'a directory',
  14406: 'a device',
  26411: 'a socket',
  31213: 'a whiteout',
}

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
  summary: 'A member has a special mode, such as setuid, setgid, sticky, device, FIFO or socket.',
  why: 'Installers write a regular file without these bits. Other tools may create a device, or a program that runs with the rights of its owner.',
  fix: 'Store regular files with modes such as 0644 and 0755.',
  securitySeverity: 4,
  bad: [{ wheel: { make: 'zip-setuid' } }, { wheel: { make: 'zip-socket' } }],
  good: { wheel: { make: 'zip-mode-zero' } },
  *check({ archive }) {
    if (archive.format !== 'zip') return
    for (const { path, type, mode, offset } of archive.members) {
      // The sticky bit of a directory comes from shared build directories.
      const bits = type === 'directory' ? 0 : mode & SPECIAL_BITS
      const kind = mode & FILE_TYPE
      const what =
        kind === 0 || kind === REGULAR || kind === LINK || (kind === DIRECTORY && type === 'directory')
          ? bits === 0
            ? undefined
            : 'a special file'
          : (KINDS[kind] ?? 'a file of an unknown kind')
      if (what === undefined) continue
      yield finding({ member: path, offset }, `${quote(path)} has mode 0${mode.toString(8)}, which makes it ${what}.`)
    }
  },
})
