import { clean, isAbsolute } from '../../src/archive/links.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { linesOf } from '../../src/text/lines.js'
import { pythonLines, stripEnd } from '../../src/text/python.js'
import { installTree } from '../../src/views/install-tree.js'

interface PathLine extends Place {
  readonly line: number
  readonly value: string
  /** The character before it that ends a line for Python 3.13 and later, and not for older ones. */
  readonly after: string | undefined
}

/** A `.pth` or `.start` file where Python's site module reads it. */
export interface PathFile {
  readonly member: string
  /** Name without the suffix. */
  readonly stem: string
  /** Its name starts with a dot: Python 3.12.2, 3.11.8 and later skip it. */
  readonly isHidden: boolean
  /** Lines that are neither blank nor comments. */
  readonly lines: readonly PathLine[]
  /** The first character that is not UTF-8. */
  readonly bad: Place | undefined
  /** Written by setuptools for `namespace_packages`. */
  readonly isNspkg: boolean
}

const NAME = /^([^/]+)(\.pth|\.start)$/

/** The startup files of a wheel with this suffix, from any scheme. */
export function pathFiles(wheel: Wheel, suffix: '.pth' | '.start'): readonly PathFile[] {
  return installTree(wheel).flatMap(({ root, path, member: { path: member } }) => {
    const [, stem = '', found] = NAME.exec(path) ?? []
    const file = root === 'site' && found === suffix ? wheel.texts.get(member) : undefined
    const isHidden = stem.startsWith('.')
    if (!file || (isHidden && suffix === '.start')) return []
    const { text, utf8 } = file
    const { position } = linesOf(text)
    const lines = [...pythonLines(text)]
      .map(({ text: raw, offset, after }, i) => {
        // A byte order mark is not part of the first line.
        const start = i === 0 && raw.startsWith('\ufeff') ? 1 : 0
        return { member, ...position(offset + start), value: stripEnd(raw.slice(start)), after: hidden(after) }
      })
      .filter(({ value }) => value.trim() !== '' && !value.startsWith('#'))
    const at = text.indexOf('\ufffd')
    const bad = utf8 ? undefined : { member, ...position(at), mark: '\ufffd' }
    return [{ member, stem, isHidden, lines, bad, isNspkg: stem.endsWith('-nspkg') }]
  })
}

/** A lone CR ends lines in every Python. */
const hidden = (after: string | undefined) => (after === '\r' ? undefined : after)

/** Lines of a `.pth` file that Python runs. */
export function importLines(file: PathFile): PathFile['lines'] {
  return file.lines.filter(({ value }) => /^import[ \t]/.test(value))
}

/** Where modules are looked for: site-packages itself, and what lines of `.pth` files name below it, with a slash at the end. */
export function searchedFolders(wheel: Wheel): ReadonlySet<string> {
  const named = pathFiles(wheel, '.pth').flatMap(file => addedPaths(file).flatMap(({ path }) => path ?? []))
  return new Set(['', ...named.map(path => `${path}/`)])
}

/** What the other lines add to sys.path; without a path where it is outside of site-packages. */
export function addedPaths(file: PathFile): readonly { readonly line: PathLine; readonly path: string | undefined }[] {
  const code = new Set(importLines(file))
  return file.lines
    .filter(line => !code.has(line) && !isAbsolute(line.value))
    .map(line => ({ line, path: clean(line.value.replaceAll('\\', '/')) }))
}

/** Characters of a line of code in a `.pth` file; a longer one hides what it does. */
export const LONGEST_IMPORT = 300

/** Modules and calls that download, decode or start another program. */
const ATTACKS = [
  /\b(?:base64|binascii|zlib|bz2|lzma|marshal|codecs|pickle)\b|(?:\bbytes|\bbytearray|['")])\s?\.\s?fromhex\b/,
  /\b(?:urllib|urlopen|requests|socket|http\.client|ftplib|smtplib|telnetlib|xmlrpc|open_connection)\b/,
  /\b(?:subprocess|pty|runpy|webbrowser|create_subprocess_(?:exec|shell))\b/,
  /\bos\s*\.\s*(?:system|popen|startfile|exec[lv][pe]*|(?:posix_)?spawn[lvpe]*)\b/,
]
/** By another name of os, or of the C library; `platform.system()` has no argument. */
const METHOD_CALL = /\.\s*(?:system|popen|startfile|exec[lv][pe]*|(?:posix_)?spawn[lv][pe]*)\s*\((?!\s*\))/
/** By its plain name, which only an import from os makes. */
const FROM_OS = /\bfrom[ \t]+(?:os|posix|nt)[ \t]+import\b/
const PROGRAM_CALL = /(?<![.\w'"])(?:system|popen|startfile|exec[lv][pe]*|(?:posix_)?spawn[lv][pe]*)\b/
/** By a name in quotes, as the second argument of getattr. */
const BY_NAME = /,\s?['"](?:system|popen|startfile|exec[lv][pe]*|(?:posix_)?spawn[lv][pe]*)['"]/
/** Text that is made of numbers. */
const OF_NUMBERS = /\.\s?join\s?\(\s?(?:map\s?\(\s?)?chr\b/
/** Calls that run code assembled at run time, or code of a native library. */
const CALLS =
  /\bctypes\b|\b(?:exec|eval|compile|__import__|import_module|getattr|globals|vars|chr)\s*\(|\b__builtins__\b/
/** Imports a module by name, like an import statement, which cannot be part of an expression. */
const PLAIN_IMPORT = /\b(?:__import__|import_module)\s*\(\s*(['"])([A-Za-z_][\w.]*)\1\s*\)/g

/** `import demo.requests`: a module of a project may have the name of another. */
const IMPORTED = /(\b(?:import|from)[ \t]+)(\w+)((?:\.\w+)+)/g
/** Projects that have modules of others, or of the standard library. */
const FORWARDS = /^(?:six|future|pip|setuptools|pkg_resources|eventlet|gevent|requests|urllib3)$/

export interface Suspicion {
  readonly word: string
  /** It certainly downloads, decodes or starts a program; otherwise it runs code that cannot be read. */
  readonly isAttack: boolean
}

/** The first word of a line that decodes, downloads, starts a program or runs further code. */
export function suspicion(line: string): Suspicion | undefined {
  const shown = withoutComment(line)
    // 'sub' + 'process' is one text.
    .replace(/(?<=\w)(['"])(?:\s?\+\s?|\s)\1(?=\w)/g, '')
    .replace(PLAIN_IMPORT, (call, _, name: string) => `import ${name}`.padEnd(call.length))
    .replace(IMPORTED, (all, start: string, top: string, rest: string) =>
      isStdlibModule(top) || FORWARDS.test(top) ? all : `${start}${top}${' '.repeat(rest.length)}`,
    )
  const patterns = [
    ...ATTACKS,
    OF_NUMBERS,
    ...(FROM_OS.test(shown) ? [PROGRAM_CALL] : []),
    ...(shown.includes('getattr') ? [BY_NAME] : []),
  ]
  const method = METHOD_CALL.exec(shown)
  if (method && !isOfModule(shown, method.index)) patterns.push(METHOD_CALL)
  const attacks = patterns.flatMap(pattern => pattern.exec(shown) ?? []).sort((a, b) => a.length - b.length)
  const [attack] = attacks
  if (attack !== undefined) return { word: attack, isAttack: true }
  const call = CALLS.exec(shown)?.[0]
  return call === undefined ? undefined : { word: call, isAttack: false }
}

/** Is what stands before the dot at `index` a module by its own name, or part of it, and not one of the system? */
function isOfModule(line: string, index: number): boolean {
  const [, owner] =
    /(?:^|[^\w.])([A-Za-z_]\w{0,100})(?:\.\w{1,100}){0,10}$/.exec(line.slice(Math.max(0, index - 200), index)) ?? []
  if (owner === undefined || /^(?:os|posix|nt)$/.test(owner)) return false
  return [...line.matchAll(/\bimport[ \t]+([\w., \t]+)/g)].some(([, names = '']) =>
    names.split(',').some(name => name.trim().split('.', 1)[0] === owner && !/\sas\s/.test(name)),
  )
}

/** A line of Python up to its comment. */
function withoutComment(line: string): string {
  let quote: string | undefined
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at)
    if (quote !== undefined) {
      if (character === '\\') at++
      else if (character === quote) quote = undefined
    } else if (character === '#') return line.slice(0, at)
    else if (character === '"' || character === "'") quote = character
  }
  return line
}
