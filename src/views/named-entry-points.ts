import type { Sdist, Wheel } from '../distribution/distribution.js'
import { type EntryPoint, entryPointOf } from '../distribution/entry-points.js'
import type { Pyproject } from '../distribution/pyproject.js'
import { oncePer } from '../once.js'
import { entryPointReadings } from './entry-point-readings.js'
import { entries } from './pyproject.js'
import { setupCfg, setupScript } from './setup-files.js'

/** Entry points of entry_points.txt; in an sdist without one, the commands of its build files. */
export const namedEntryPoints = oncePer((dist: Wheel | Sdist): readonly EntryPoint[] => {
  if (dist.kind === 'wheel' || dist.tree || dist.entryPoints) return entryPointReadings(dist).entries
  const { pyproject } = dist
  if (pyproject?.error) return []
  return [...ofSetuptools(dist), ...(pyproject ? ofPyproject(pyproject) : [])]
})

const ofPyproject = (pyproject: Pyproject): readonly EntryPoint[] =>
  [
    ['console_scripts', ['project', 'scripts']] as const,
    ['gui_scripts', ['project', 'gui-scripts']] as const,
    ['console_scripts', ['tool', 'poetry', 'scripts']] as const,
  ].flatMap(([group, table]) =>
    entries(pyproject.get(...table)).flatMap(([name, target]): readonly EntryPoint[] => {
      if (typeof target !== 'string') return []
      const at = pyproject.place(...table, name)
      const text = (said: string) => ({ line: at.line, column: at.column ?? 1, text: said })
      const entry = entryPointOf(at.member ?? '', { section: group, name: text(name), values: [text(target)] })
      return [{ ...entry, targetPlace: at }]
    }),
  )

/** The groups of setup.py, or else of setup.cfg. */
function ofSetuptools(sdist: Sdist): readonly EntryPoint[] {
  const member = `${sdist.top}/setup.py`
  const { setup } = setupScript(sdist) ?? {}
  const lines =
    setup?.keywords.has('entry_points') === true
      ? [...setup.entryPoints].flatMap(([group, all]) =>
          all.map(text => ({ member, group, text, line: setup.line, column: setup.column })),
        )
      : [...setupCfg(sdist)].flatMap(([key, { member, values }]) => {
          const [, group] = /^options\.entry_points\.(.+)$/.exec(key) ?? []
          return group === undefined ? [] : values.map(value => ({ member, group, ...value }))
        })
  return lines.flatMap(({ member, group, text, line, column }): readonly EntryPoint[] => {
    const equals = text.indexOf('=')
    const name = text.slice(0, Math.max(0, equals)).trim()
    const target = text.slice(equals + 1).trim()
    if (name === '' || target === '') return []
    const at = { line, column }
    const found = entryPointOf(member, {
      section: group,
      name: { ...at, text: name },
      values: [{ ...at, text: target }],
    })
    return [{ ...found, targetPlace: { member, ...at, value: target } }]
  })
}
