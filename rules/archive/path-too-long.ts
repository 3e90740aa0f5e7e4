import { quote, rule } from '../../src/rule.js'
import { utf8Length } from '../../src/text/utf8.js'
import { plural } from '../../src/wording.js'
import { eachPath, parts } from '../shared/paths.js'

const LONGEST = 255
/** So many UTF-16 units, of three bytes at most, have no more bytes than that. */
const SHORT = LONGEST / 3

export default rule({
  id: 'path-too-long',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['system', 'pip', 'uv'],
  force: 'none',
  source: 'File systems: NAME_MAX is 255 bytes',
  url: 'https://man7.org/linux/man-pages/man0/limits.h.0p.html',
  summary: 'A part of a path is longer than 255 bytes.',
  why: 'No common file system can store such a name, so the installation fails.',
  fix: 'Shorten the name.',
  bad: { wheel: { files: { [`demo/${'n'.repeat(300)}`]: '' } } },
  good: { wheel: { files: { [`demo/${'n'.repeat(200)}`]: '' } } },
  check: subject =>
    eachPath(subject, path => {
      if (path.length <= SHORT) return undefined
      const part = parts(path).find(one => one.length > SHORT && utf8Length(one) > LONGEST)
      return part === undefined
        ? undefined
        : `${quote(path)} contains a part of ${plural(utf8Length(part), 'byte')}. File systems allow ${plural(LONGEST, 'byte')}.`
    }),
})
