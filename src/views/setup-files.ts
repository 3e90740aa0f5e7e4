import type { Sdist } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import { readSetupScript, type SetupScript } from '../python/setup-script.js'
import { readIni } from '../text/ini.js'
import { splitLines } from '../text/lines.js'
import { isSetuptools } from './pyproject.js'

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
      `${section.trim()}.${/^options\.package_(?:dir|data)$/.test(section.trim()) ? name.text : name.text.toLowerCase().replaceAll('-', '_')}`,
      { member, line: name.line, column: name.column, values: values.filter(({ text }) => text !== '') },
    ]),
  )
})
