import { finding, quote, rule } from '../../src/rule.js'
import { drawn, lookAlike } from '../../src/text/look-alike.js'
import { codePoint } from '../shared/paths.js'

/** What Python imports or runs by its name. */
const LOADED = /\.(?:pyw?|pyc|pyd|so|pth)$|(?:^|\/)PKG-INFO$|\.dist-info\//i
/** What is invisible, or looks like a space. */
const BLANK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/

/** As Python reads the name of a module, and as file systems that ignore case do. */
const fold = (path: string) => path.normalize('NFKC').toLowerCase()

/** A module with a name that Python never looks for. NFC, which file systems know, has a rule of its own. */
const isLost = (path: string) =>
  /\.pyi?$/.test(path) &&
  path.split(/[/.]/).every(part => !/[^\p{ID_Continue}]|\p{Default_Ignorable_Code_Point}/u.test(part)) &&
  path.normalize('NFKC') !== path.normalize('NFC')

export default rule({
  id: 'path-look-alike',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Unicode Technical Standard 39; The Python Language Reference, "Identifiers and keywords"',
  url: 'https://www.unicode.org/reports/tr39/',
  summary: 'A path looks like another one, or is not the name that Python reads it as.',
  why: 'A letter of another alphabet that looks like a Latin one, or a space other than U+0020, makes one file pass for another. Python normalizes module names to NFKC, so two files can be one module, and a file with another form of the name cannot be imported.',
  fix: 'Use ASCII characters in the name.',
  securitySeverity: 5,
  bad: [
    { wheel: { files: { 'demo/c\u043ere.py': 'x = 1\n' } } },
    { wheel: { files: { 'demo/\u2800.py': 'x = 1\n' } } },
    { wheel: { files: { 'demo/file.py': 'x = 1\n', 'demo/\ufb01le.py': 'x = 2\n' } } },
    { wheel: { files: { 'demo/\ufb01le.py': 'x = 1\n' } } },
  ],
  good: {
    wheel: { files: { 'demo/größe.txt': '', 'demo/справка.txt': '', 'demo/αβγ.txt': '', 'demo/c\u043ere.txt': '' } },
  },
  *check({ members }) {
    const odd = members.list.filter(({ path }) => /[^\0-\x7f]/.test(path))
    if (odd.length === 0) return
    const known = new Map<string, string>()
    for (const { path } of members.list) if (!known.has(fold(path))) known.set(fold(path), path)
    for (const { path, offset } of odd) {
      const letter = lookAlike(path)
      const blank = BLANK.exec(path)?.[0]
      const other = known.get(fold(path)) ?? path
      // Case and NFC have a rule of their own.
      const isOther = other.normalize('NFC').toLowerCase() !== path.normalize('NFC').toLowerCase()
      // A name in another language is not taken for something else.
      const passes = LOADED.test(path) || members.has(drawn(path))
      if (letter !== undefined && passes)
        yield finding(
          { member: path, offset },
          `${quote(path)} contains ${codePoint(letter)} among Latin letters, and it looks like one of them.`,
        )
      else if (blank !== undefined && passes)
        yield finding(
          { member: path, offset },
          `${quote(path)} contains ${codePoint(blank)}, which looks like a space but is another character.`,
        )
      else if (isOther)
        yield finding(
          { member: path, offset },
          `${quote(path)} and ${quote(other)} are the same name to Python, which normalizes names to NFKC.`,
        )
      else if (isLost(path))
        yield finding(
          { member: path, offset },
          `No import statement finds ${quote(path)}: Python normalizes names to NFKC, and looks for ${quote(path.normalize('NFKC'))}.`,
        )
    }
  },
})
