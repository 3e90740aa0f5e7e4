import { landing } from '../../src/archive/landing.js'
import type { UnpackFault } from '../../src/archive/unpack.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { thousands } from '../../src/wording.js'
import { WHEEL_FORMAT } from '../shared/paths.js'
import { refusersOf, unpackedOf } from '../shared/tar.js'

/** Distinct directories looked at: paths in a hostile archive can be arbitrarily deep. */
const MOST = 500_000

export default rule({
  id: 'path-file-and-directory',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Binary distribution format, file contents',
  url: WHEEL_FORMAT,
  summary: 'A path is both a file and the directory of another member.',
  why: 'Neither pip nor uv can create both, so the installation fails.',
  fix: 'Rename the file or the directory.',
  bad: [
    { wheel: { files: { 'demo/thing': '', 'demo/thing/inside.txt': '' } } },
    { sdist: { make: 'tar-file-over-directory' } },
  ],
  good: { wheel: { files: { 'demo/thing.txt': '', 'demo/thing/inside.txt': '' } } },
  *check(subject) {
    if (subject.kind === 'sdist' && subject.archive.format === 'tar') yield* inTar(subject)
    else yield* byName(subject)
  },
})

const FAULTS: Readonly<Partial<Record<UnpackFault, string>>> = {
  'parent-file': 'is below a path that is a file',
  'onto-directory': 'is a file or link in place of a directory',
  'onto-file': 'is a directory in place of a file or of a broken link',
  'onto-nothing': 'is below a link to a missing target',
}

/** Which member ends up where depends on the order in a tar, and on its links: each installer has its own way. */
function* inTar(subject: Sdist): Generator<Draft> {
  for (const [member, notes] of groupBy(unpackedOf(subject).notes, note => note.member)) {
    const [first] = notes.filter(({ fault }) => fault in FAULTS)
    if (!first) continue
    const way = first.path === undefined || first.path === '' ? '' : `, ${quote(first.path)}`
    yield finding(
      { member: member.path, offset: member.offset },
      `${quote(member.path)} ${FAULTS[first.fault]}${way}.`,
      { enforcedBy: refusersOf(subject, member, Object.keys(FAULTS) as UnpackFault[]) },
    )
  }
}

function* byName({ kind, members }: Wheel | Sdist): Generator<Draft> {
  const directories = new Map<string, string>()
  for (const { path } of members) {
    const whole = `${landing(path) ?? path}${path.endsWith('/') ? '/' : ''}`
    for (let at = whole.indexOf('/', 1); at > 0; at = whole.indexOf('/', at + 1)) {
      const directory = whole.slice(0, at)
      const known = directories.get(directory)
      // A file inside says more than an entry of a directory.
      if (known !== undefined && (!known.endsWith('/') || path.endsWith('/'))) continue
      directories.set(directory, path)
      if (directories.size <= MOST) continue
      yield finding(
        undefined,
        `The members are in more than ${thousands(MOST)} directories. Whether any of the others is also a file was not checked.`,
        { severity: 'warning', enforcedBy: [], subject: 'limit' },
      )
      return
    }
  }
  for (const { path, type, offset } of members) {
    if (type === 'directory' || path.endsWith('/')) continue
    const inside = directories.get(landing(path) ?? path)
    if (inside !== undefined)
      yield finding(
        { member: path, offset },
        inside === `${path}/`
          ? `${quote(path)} is a file, and also a directory entry.`
          : `${quote(path)} is a file, but also the directory of ${quote(inside)}.`,
        // pip ignores the directory entries of a wheel.
        kind === 'wheel' && inside.endsWith('/') ? { enforcedBy: ['uv'] } : {},
      )
  }
}
