import { clean } from '../../src/archive/links.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import { oncePer } from '../../src/once.js'
import { readSetupScript, type SetupScript } from '../../src/python/setup-script.js'
import { readIni } from '../../src/text/ini.js'
import { splitLines } from '../../src/text/lines.js'
import { isSetuptools } from '../../src/views/pyproject.js'

/** The source tree of an sdist, by paths below its top directory. */
export interface SourceTree {
  /** Is there a file or a folder at the path, as it is spelled? */
  has(path: string): boolean
  isFolder(path: string): boolean
  /** Paths of all files and links. */
  readonly files: ReadonlySet<string>
}

export const sourceTree = oncePer((sdist: Sdist): SourceTree => {
  const files = new Set<string>()
  const folders = new Set([''])
  for (const { path, type } of sdist.members.list) {
    const below = path.replace(/^(?:\.\/)*[^/]+\/?/, '').replace(/\/$/, '')
    if (below === '') continue
    if (type === 'directory') folders.add(below)
    else files.add(below)
    for (let end = below.lastIndexOf('/'); end > 0; end = below.lastIndexOf('/', end - 1)) {
      const folder = below.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  // The contents of a link to a folder are not looked up.
  return {
    has: path => files.has(path) || folders.has(path),
    isFolder: path => folders.has(path) || files.has(path),
    files,
  }
})

/** `./a//b/` → `a/b`; undefined if it leads out of the tree, is absolute, or contains a pattern or a variable. */
export function treePath(written: string): string | undefined {
  if (written.length > 300 || /^(?:[A-Za-z]:)?[\\/]|[*?[\]{}$%~\n\0]/.test(written)) return undefined
  return clean(written.replaceAll('\\', '/'))
}

/** setup.py, if a build runs it; undefined if there is none or it was not read completely. */
export const setupScript = oncePer((sdist: Sdist): SetupScript | undefined => {
  const kept = sdist.texts.get(`${sdist.top}/setup.py`)
  return kept && !kept.cut && kept.utf8 && isSetuptools(sdist) ? readSetupScript(kept.text) : undefined
})

export interface CfgOption {
  readonly member: string
  readonly line: number
  readonly column: number
  /** Lines of the value, without empty ones and comments. */
  readonly values: readonly { readonly text: string; readonly line: number; readonly column: number }[]
}

/** Options of setup.cfg by `section.key`, the key with `_` for `-`. */
export const setupCfg = oncePer((sdist: Sdist): ReadonlyMap<string, CfgOption> => {
  const member = `${sdist.top}/setup.cfg`
  const kept = sdist.texts.get(member)
  if (!kept || !isSetuptools(sdist)) return new Map()
  const { options } = readIni(splitLines(kept.text), '=:')
  return new Map(
    options.map(({ section, name, values }) => [
      `${section.trim()}.${section.trim() === 'options.package_dir' ? name.text : name.text.toLowerCase().replaceAll('-', '_')}`,
      { member, line: name.line, column: name.column, values: values.filter(({ text }) => text !== '') },
    ]),
  )
})
