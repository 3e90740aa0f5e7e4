import { finding, quote, rule } from '../../src/rule.js'
import { codePoint } from '../shared/paths.js'

/** Cyrillic and Greek letters that look like Latin ones. */
const TWINS = 'АВЕЅІЈКМНОРСТУХаеорсухѕіјһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ'
/** The Latin letters that they look like, in the same order. */
const LATIN_TWINS = 'ABESIJKMHOPCTYXaeopcyxsijhdqwABEZHIKMNOPTYXocj'
const LOOK_ALIKE = new RegExp(`[${TWINS}]`, 'u')
const LATIN = /[A-Za-z]/
/** What Python imports or runs by its name. */
const LOADED = /\.(?:pyw?|pyc|pyd|so|pth)$|(?:^|\/)PKG-INFO$|\.dist-info\//i
/** What is invisible, or looks like a space. */
const BLANK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/

const drawn = (path: string) =>
  path.replace(/[^\0-\x7f]/g, letter => {
    const i = TWINS.indexOf(letter)
    return i < 0 ? letter : LATIN_TWINS.charAt(i)
  })

/** As Python reads the name of a module, and as file systems that ignore case do. */
const fold = (path: string) => path.normalize('NFKC').toLowerCase()

export default rule({
  id: 'path-look-alike',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Unicode Technical Standard 39; The Python Language Reference, "Identifiers and keywords"',
  url: 'https://www.unicode.org/reports/tr39/',
  summary: 'A path looks like another one, or Python treats both as the same module.',
  why: 'A letter of another alphabet that looks like a Latin one, or a space other than U+0020, makes one file pass for another. Python normalizes module names to NFKC, so two files can be one module.',
  fix: 'Use ASCII characters in the name.',
  securitySeverity: 5,
  bad: [
    { wheel: { files: { 'demo/c\u043ere.py': 'x = 1\n' } } },
    { wheel: { files: { 'demo/\u2800.py': 'x = 1\n' } } },
    { wheel: { files: { 'demo/file.py': 'x = 1\n', 'demo/\ufb01le.py': 'x = 2\n' } } },
  ],
  good: {
    wheel: { files: { 'demo/größe.txt': '', 'demo/справка.txt': '', 'demo/αβγ.txt': '', 'demo/c\u043ere.txt': '' } },
  },
  *check({ members }) {
    const odd = members.list.filter(({ path }) => /[^\0-\x7f]/.test(path))
    if (odd.length === 0) return
    const known = new Map<string, string>()
    for (const { path } of members.list) if (!known.has(fold(path))) known.set(fold(path), path)
    for (const { path } of odd) {
      const mixed = path.split(/[^\p{L}\p{N}]+/u).find(word => LATIN.test(word) && LOOK_ALIKE.test(word))
      const letter = LOOK_ALIKE.exec(mixed ?? '')?.[0]
      const blank = BLANK.exec(path)?.[0]
      const other = known.get(fold(path)) ?? path
      // Case and NFC have a rule of their own.
      const isOther = other.normalize('NFC').toLowerCase() !== path.normalize('NFC').toLowerCase()
      // A name in another language is not taken for something else.
      const passes = LOADED.test(path) || members.has(drawn(path))
      if (letter !== undefined && passes)
        yield finding(
          { member: path },
          `${quote(path)} contains ${codePoint(letter)} among Latin letters, and it looks like one of them.`,
        )
      else if (blank !== undefined && passes)
        yield finding(
          { member: path },
          `${quote(path)} contains ${codePoint(blank)}, which looks like a space but is another character.`,
        )
      else if (isOther)
        yield finding(
          { member: path },
          `${quote(path)} and ${quote(other)} are the same name to Python, which normalizes names to NFKC.`,
        )
    }
  },
})
