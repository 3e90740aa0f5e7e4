import type { Wheel } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import { splitLines } from '../../src/text/lines.js'

/** A `.pth` or `.start` file where Python's site module reads it. */
export interface PathFile {
  readonly member: string
  /** Name without the suffix. */
  readonly stem: string
  /** Lines that say something: neither blank nor comments. */
  readonly lines: readonly (Place & { readonly line: number; readonly value: string })[]
  /** The first character that is not UTF-8. */
  readonly bad: Place | undefined
  /** Written by setuptools for `namespace_packages`. */
  readonly isNspkg: boolean
}

const ROOT = /^(?:[^/]+\.data\/(?:purelib|platlib)\/)?([^/]+)(\.pth|\.start)$/

/** The start-up files of a wheel with this suffix. Names that begin with a dot are ignored by Python. */
export function pathFiles(wheel: Wheel, suffix: '.pth' | '.start'): readonly PathFile[] {
  return [...wheel.texts.values()].flatMap(({ member, text, utf8 }) => {
    const [, stem = '', found] = ROOT.exec(member) ?? []
    if (found !== suffix || stem.startsWith('.')) return []
    const all = splitLines(text)
    const lines = all
      .map((line, i) => {
        // A byte order mark is no part of the first line.
        const start = i === 0 && line.startsWith('\ufeff') ? 1 : 0
        return { member, line: i + 1, column: start + 1, value: line.slice(start).trimEnd() }
      })
      .filter(({ value }) => value.trim() !== '' && !value.startsWith('#'))
    const bad = utf8 ? undefined : { member, ...firstReplaced(all) }
    return [{ member, stem, lines, bad, isNspkg: stem.endsWith('-nspkg') }]
  })
}

/** The first character that decoding replaced. */
function firstReplaced(lines: readonly string[]): Place {
  const index = lines.findIndex(line => line.includes('\ufffd'))
  return { line: index + 1, column: (lines[index] ?? '').indexOf('\ufffd') + 1, mark: '\ufffd' }
}

/** Lines of a `.pth` file that Python runs. */
export function importLines(file: PathFile): PathFile['lines'] {
  return file.lines.filter(({ value }) => /^import[ \t]/.test(value))
}

/** Characters of a line of code in a `.pth` file; a longer one hides what it does. */
export const LONGEST_IMPORT = 300

/** Modules that decode, download or run what is not there to be read. */
const MODULES = /\b(?:base64|zlib|bz2|lzma|marshal|codecs|pickle|urllib|requests|socket|subprocess)\b/
/** Calls that run code which is put together at run time, or another program. */
const CALLS = /\b(?:exec|eval|compile|__import__)\s*\(|\bos\s*\.\s*(?:system|popen|exec[lv][pe]*|spawn[lv][pe]*)\b/
/** Imports a module by its name, as a statement would that cannot stand in an expression. */
const PLAIN_IMPORT = /\b__import__\s*\(\s*(['"])([A-Za-z_][\w.]*)\1\s*\)/g

/** The first word of a line that decodes, downloads or runs further code. */
export function suspiciousWord(line: string): string | undefined {
  const shown = line.replace(PLAIN_IMPORT, (call, _, name: string) => `import ${name}`.padEnd(call.length))
  const [word] = [MODULES.exec(shown), CALLS.exec(shown)]
    .filter(found => found !== null)
    .sort((a, b) => a.index - b.index)
  return word?.[0]
}
