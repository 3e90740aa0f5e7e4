import { once } from '../../src/once.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isAscii } from '../../src/text/ascii.js'
import { codePoint } from '../shared/paths.js'

/** Format characters, private use and unassigned: what uv refuses of \p{C}, besides control characters. */
const REFUSED = once(() => /[\p{Cf}\p{Co}\p{Cn}]/u)
/** What else is invisible: separators and ignorable letters, but not variation selectors, which emoji have. */
const IGNORABLE = once(() => /[\p{Zl}\p{Zp}]|(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/u)

export default rule({
  id: 'path-invisible-character',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'Unicode Technical Standard 39, and the names that uv refuses',
  url: 'https://www.unicode.org/reports/tr39/',
  summary: 'A path contains an invisible, bidirectional or private-use character.',
  why: 'To a reader it looks like a different path. uv refuses to install a wheel with such a name.',
  fix: 'Rename the file without the character.',
  securitySeverity: 5,
  bad: [
    { wheel: { files: { 'demo/txt.\u202eyp.exe': '' } } },
    { wheel: { files: { 'demo/data\u115f.txt': '' } } },
    { sdist: { files: { '{top}/txt.\u202eyp.exe': '' } } },
  ],
  good: { wheel: { files: { 'demo/naïve.txt': '' } } },
  *check(subject) {
    for (const { path } of subject.members) {
      if (isAscii(path)) continue
      // uv checks only the names in wheels.
      const refused = REFUSED().exec(path)
      const found = refused ?? IGNORABLE().exec(path)
      if (!found) continue
      const message = `${quote(path)} contains the invisible character ${codePoint(found[0])}.`
      const byUv = refused !== null && subject.kind === 'wheel'
      yield finding({ member: path }, message, byUv ? {} : { severity: 'warning', enforcedBy: [] })
    }
  },
})
