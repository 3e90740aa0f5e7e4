import type { Place } from '../../finding.js'
import { globBudget, globMatcher, globProblem } from '../../standards/globs.js'
import { isTable, texts } from '../../views/pyproject.js'
import { coreItems, licenseItem, licenseKey, linesOf } from '../core-items.js'
import type { Item } from '../items.js'
import type { Reading, Slot } from './slot.js'

export function* license({ project, pyproject, metadata }: Reading, key: string): Iterable<Slot> {
  const value = project[key]
  const at = pyproject.place('project', key)
  const [expression] = linesOf(metadata, 'License-Expression')
  const [older] = linesOf(metadata, 'License')
  if (typeof value === 'string') {
    const wanted = licenseKey(value)
    const name = 'License-Expression'
    if (expression || !older || metadata.atLeast('2.4'))
      yield {
        field: name,
        ordered: false,
        given: [{ key: wanted, text: value, at, name }],
        found: expression ? [{ key: licenseKey(expression.value), text: expression.value, at: expression, name }] : [],
      }
    else yield licenseText(value, at, older)
  } else if (isTable(value) && typeof value.text === 'string' && older)
    yield licenseText(value.text, pyproject.place('project', key, 'text'), older)
}

/** Text that spans lines is folded in many ways. */
function licenseText(text: string, at: Place, line: Place & { readonly value: string }): Slot {
  const words = (value: string) =>
    value
      .split(/[\s|]+/)
      .join(' ')
      .trim()
  const item = (value: string, place: Place) => ({ ...licenseItem(value, place), key: words(value) })
  return { field: 'License', ordered: false, given: [item(text, at)], found: [item(line.value, line)] }
}

export function* licenseFiles({ project, pyproject, sdist, metadata }: Reading, key: string): Iterable<Slot> {
  if (!Array.isArray(project[key])) return
  const found = coreItems(metadata, 'License-File')
  const top = sdist.top === undefined ? '' : `${sdist.top}/`
  const inTree = sdist.members.files.flatMap(({ path }) => (path.startsWith(top) ? [path.slice(top.length)] : []))
  const budget = globBudget()
  const globs = texts(project[key])
    .filter(([, glob]) => globProblem(glob) === undefined)
    .map(([index, glob]) => ({ index, glob, matches: globMatcher(glob, budget) }))
  const file = pyproject.get('project', 'license', 'file')
  const listed = found.filter(({ text }) => text !== file)
  // Each pattern stands for the first file that it lets through.
  const given = globs.flatMap(({ index, glob, matches }): readonly Item[] => {
    const at = pyproject.place('project', key, index)
    const match = found.find(({ text }) => matches(text))
    if (!match && !inTree.some(path => matches(path))) return []
    return [{ key: match?.key ?? `? ${glob}`, text: glob, at, name: glob }]
  })
  const unasked = listed.filter(({ text }) => !globs.some(({ matches }) => matches(text)))
  // What is unknown is not reported: the rule license-files-glob-unmatched does.
  if (budget.left < 0) return
  const matched = given.flatMap(({ key: path }) => found.filter(item => item.key === path).slice(0, 1))
  yield { field: 'License-File', ordered: false, given, found: [...matched, ...unasked] }
}
