import type { Sdist } from '../distribution/distribution.js'
import type { Place } from '../finding.js'
import { oncePer } from '../once.js'
import { readSetupScript, type SetupScript } from '../python/setup-script.js'
import { isDivided, itemsOf, readIni } from '../text/ini.js'
import { splitLines } from '../text/lines.js'
import { nearest } from '../text/nearest.js'
import { isSetuptools, isTable } from './pyproject.js'

/** setup.py, if a build runs it; undefined if there is none or it was not read completely. */
export const setupScript = oncePer((sdist: Sdist): SetupScript | undefined => {
  const kept = sdist.texts.get(`${sdist.top}/setup.py`)
  return kept && !kept.cut && kept.utf8 && isSetuptools(sdist) ? readSetupScript(kept.text) : undefined
})

/** A text in setup.py inside its quotes, or where the value begins that gives it. */
export function scriptPlace(
  { texts, top }: Sdist,
  { text, line, column }: { readonly text: string; readonly line: number; readonly column: number },
): Place {
  const member = `${top}/setup.py`
  const written = splitLines(texts.get(member)?.text ?? '', line)[line - 1]?.slice(column - 1) ?? ''
  const isQuoted = text !== '' && /^['"]/.test(written) && written.startsWith(text, 1)
  return { member, line, column: isQuoted ? column + 1 : column, value: text, mark: isQuoted ? text : '' }
}

/** Do pbr or d2to1, from which it came, read setup.cfg? They have sections and keys of their own. */
export const usesPbr = oncePer((sdist: Sdist): boolean =>
  [sdist.pyproject, ...['setup.py', 'setup.cfg'].map(name => sdist.texts.get(`${sdist.top}/${name}`))].some(file =>
    /\b(?:pbr|d2to1)\b/.test(file?.text ?? ''),
  ),
)

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
      `${section.trim()}.${/^options\.package_(?:dir|data)$/.test(section.trim()) ? name.text : name.text.toLowerCase().replaceAll('-', '_')}`,
      {
        member,
        line: name.line,
        column: name.column,
        values: (isDivided(section.trim(), name.text) ? itemsOf(values) : values).filter(({ text }) => text !== ''),
      },
    ]),
  )
})

/** Is a section of setup.cfg not there, but one whose name is near it? Another rule reports that. */
export function isSectionMisspelled(sdist: Sdist, section: string): boolean {
  const sections = new Set([...setupCfg(sdist).keys()].map(key => key.slice(0, key.lastIndexOf('.'))))
  return !sections.has(section) && [...sections].some(name => nearest(name, [section]) !== undefined)
}

/** Folders of packages that MANIFEST.in may name, and not the packages of the project themselves. */
const INNER = /^(?:(?:src|lib|python)\/)?[\w-]+\/./
const MANIFEST_INCLUSION = /^[ \t]*(include|recursive-include|graft)[ \t]+([^\n]{1,2000})$/gm

/**
 * What MANIFEST.in puts into the sdist, folder by folder, while setuptools is told not to install what it names: those files
 * are for the sdist alone.
 */
export const sdistAlone = oncePer((sdist: Sdist): ((path: string) => boolean) => {
  const folders = new Set<string>()
  if (isDataLeftOut(sdist))
    for (const [, command, rest = ''] of (sdist.texts.get(`${sdist.top}/MANIFEST.in`)?.text ?? '').matchAll(
      MANIFEST_INCLUSION,
    ))
      for (const word of command === 'recursive-include' ? rest.trim().split(/\s+/, 1) : rest.trim().split(/\s+/)) {
        const folder = command === 'include' ? word.slice(0, Math.max(0, word.lastIndexOf('/'))) : word
        if (INNER.test(folder) && !folder.includes('*')) folders.add(folder.replace(/\/$/, ''))
      }
  return path => [...folders].some(folder => path.startsWith(`${folder}/`))
})

function isDataLeftOut(sdist: Sdist): boolean {
  if (!isSetuptools(sdist)) return false
  const [cfg] = setupCfg(sdist).get('options.include_package_data')?.values ?? []
  return (
    sdist.pyproject?.get('tool', 'setuptools', 'include-package-data') === false ||
    /^(?:false|no|0|off)$/i.test(cfg?.text ?? '') ||
    /\binclude_package_data\s?=\s?False\b/.test(sdist.texts.get(`${sdist.top}/setup.py`)?.text ?? '')
  )
}

/** Is `include-package-data` on? It is so by default only where there is `[project]` or `[tool.setuptools]`. */
export function takesData(sdist: Sdist): boolean {
  const { pyproject } = sdist
  const option = pyproject?.get('tool', 'setuptools', 'include-package-data')
  const isOn =
    option === true ||
    (option === undefined && (isTable(pyproject?.get('project')) || isTable(pyproject?.get('tool', 'setuptools')))) ||
    setupScript(sdist)?.setup?.keywords.has('include_package_data') === true ||
    setupCfg(sdist).has('options.include_package_data')
  return isOn && !isDataLeftOut(sdist)
}
