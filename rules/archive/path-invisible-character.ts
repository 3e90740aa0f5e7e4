import { finding, quote, rule } from '../../src/rule.js'
import { codePoint } from '../shared/paths.js'

/** Format characters, private use and what is not assigned: what uv refuses of \p{C}, besides control characters. */
const REFUSED = /[\p{Cf}\p{Co}\p{Cn}]/u
/** What shows nothing besides: separators and ignorable letters, but no variation selectors, which emoji have. */
const IGNORABLE = /[\p{Zl}\p{Zp}]|(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/u

export default rule({
  id: 'path-invisible-character',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'Unicode Technical Standard 39, and the names that uv refuses',
  url: 'https://www.unicode.org/reports/tr39/',
  summary: 'A path contains an invisible, bidirectional or private use character.',
  why: 'It looks like another path to whoever reads it. uv refuses such a name in a wheel.',
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
      // uv looks at the names in wheels only.
      const refused = REFUSED.exec(path)
      const found = refused ?? IGNORABLE.exec(path)
      if (!found) continue
      const message = `${quote(path)} contains the invisible character ${codePoint(found[0])}.`
      const byUv = refused !== null && subject.kind === 'wheel'
      yield finding({ member: path }, message, byUv ? {} : { severity: 'warning', enforcedBy: [] })
    }
  },
})
