import type { Sdist, Wheel } from '../distribution/distribution.js'
import { type EntryPoint, entryPointOf } from '../distribution/entry-points.js'
import { oncePer } from '../once.js'
import { entryPointReadings } from './entry-point-readings.js'
import { entries } from './pyproject.js'

/** Entry points of entry_points.txt; in an sdist without one, the commands of pyproject.toml. */
export const namedEntryPoints = oncePer((dist: Wheel | Sdist): readonly EntryPoint[] => {
  if (dist.kind === 'wheel' || dist.tree || dist.entryPoints) return entryPointReadings(dist).entries
  const { pyproject } = dist
  if (!pyproject || pyproject.error) return []
  return [
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
})
