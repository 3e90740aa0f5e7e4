import { once } from '../../src/once.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isAscii } from '../../src/text/ascii.js'
import { codePoint } from '../shared/paths.js'

/** Format characters, private use and unassigned: what uv refuses of \p{C}, besides control characters. */
const REFUSED = once(() => /[\p{Cf}\p{Co}\p{Cn}]/u)
/** What else is invisible: separators and ignorable letters, but not variation selectors, which emoji have. */
const IGNORABLE = once(() => /[\p{Zl}\p{Zp}]|(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/u)

/** Emoji that are shown as one. */
const JOINED = once(() => /\p{Extended_Pictographic}\ufe0f?\u200d(?=\p{Extended_Pictographic})/gu)

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
  good: [
    { wheel: { files: { 'demo/naïve.txt': '' } } },
    { sdist: { files: { '{top}/tests/\u{1f635}\u200d\u{1f4ab}.bin': '' } } },
  ],
  *check(subject) {
    for (const { path, offset } of subject.members) {
      if (isAscii(path)) continue
      // uv checks only the names in wheels.
      const byUv = subject.kind === 'wheel' && REFUSED().test(path)
      const shown = byUv ? path : path.replaceAll(JOINED(), '')
      const found = REFUSED().exec(shown) ?? IGNORABLE().exec(shown)
      if (!found) continue
      const message = `${quote(path)} contains the invisible character ${codePoint(found[0])}.`
      yield finding({ member: path, offset }, message, byUv ? {} : { severity: 'warning', enforcedBy: [] })
    }
  },
})
