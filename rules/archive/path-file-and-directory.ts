import { landing } from '../../src/archive/landing.js'
import { finding, quote, rule } from '../../src/rule.js'
import { thousands } from '../../src/wording.js'
import { WHEEL_FORMAT } from '../shared/paths.js'

/** Distinct directories looked at: deep paths in a hostile archive have no end. */
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
  summary: 'A path is a file and the directory of another member at once.',
  why: 'Neither pip nor uv can write both, so the installation fails.',
  fix: 'Rename the file or the directory.',
  bad: { wheel: { files: { 'demo/thing': '', 'demo/thing/inside.txt': '' } } },
  good: { wheel: { files: { 'demo/thing.txt': '', 'demo/thing/inside.txt': '' } } },
  *check({ members }) {
    const directories = new Map<string, string>()
    for (const { path } of members) {
      const whole = `${landing(path) ?? path}${path.endsWith('/') ? '/' : ''}`
      for (let at = whole.indexOf('/', 1); at > 0; at = whole.indexOf('/', at + 1)) {
        const directory = whole.slice(0, at)
        if (directories.has(directory)) continue
        directories.set(directory, path)
        if (directories.size <= MOST) continue
        yield finding(
          undefined,
          `The members are in more than ${thousands(MOST)} directories; whether one of the others is a file as well was not checked.`,
          { severity: 'warning', enforcedBy: [], subject: 'limit' },
        )
        return
      }
    }
    for (const { path, type } of members) {
      if (type === 'directory' || path.endsWith('/')) continue
      const inside = directories.get(landing(path) ?? path)
      if (inside !== undefined)
        yield finding(
          { member: path },
          inside === `${path}/`
            ? `${quote(path)} is a file, and there is a directory entry of the same name.`
            : `${quote(path)} is a file, but ${quote(inside)} lies inside it.`,
        )
    }
  },
})
