/** Patterns that take a package without the packages below it. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { quote } from '../../src/rule.js'
import { mayBringCode } from '../../src/views/package-listing.js'
import { backendOf, coreBackend, isSetuptools, isTable } from '../../src/views/pyproject.js'
import { packageSearchOf } from './_package-search.js'
import { treePath } from './_tree.js'

/** A list of what is installed, as far as it names packages alone. */
export interface NarrowList {
  readonly key: string
  /** `folder`: where the package is. */
  readonly packages: readonly {
    readonly text: string
    readonly folder: string
    readonly at: Place
    readonly help: string
  }[]
  /** What the list would call a folder. */
  nameOf(folder: string): string
  /** Does another pattern of the list take this folder? */
  takes(folder: string): boolean
}

export function narrowList(sdist: Sdist): NarrowList | undefined {
  const { pyproject } = sdist
  if (isSetuptools(sdist)) return ofSearch(sdist)
  return pyproject && ofPatterns(pyproject)
}

/** `include` of a search for packages: the name of a package is not that of those below it. */
function ofSearch(sdist: Sdist): NarrowList | undefined {
  const search = packageSearchOf(sdist)
  const [root, ...others] = (search?.folders ?? []).map(treePath)
  if (!search || root === undefined || others.length > 0 || mayBringCode(sdist)) return undefined
  const folderOf = (name: string) => [root, ...name.split('.')].filter(part => part !== '').join('/')
  const [plain, wild] = [true, false].map(isPlain =>
    search.include.filter(({ text }) => /^[\w.]+$/.test(text) === isPlain),
  )
  const first = (text: string) => text.split(/[*?[]/, 1)[0] ?? ''
  return {
    key: 'include',
    nameOf: folder => folder.slice(root === '' ? 0 : root.length + 1).replaceAll('/', '.'),
    packages: (plain ?? []).map(({ text, at }) => ({
      text,
      folder: folderOf(text),
      at,
      help: `Write ${quote(`${text}*`)}, or \`"${text}", "${text}.*"\`, which takes the packages below it as well.`,
    })),
    takes: folder =>
      (plain ?? []).some(({ text }) => folderOf(text) === folder) ||
      (wild ?? []).some(({ text }) => `${folder}/`.startsWith(folderOf(first(text)))) ||
      search.exclude.some(({ text }) => /^\*/.test(text) || `${folder}/`.startsWith(folderOf(first(text)))),
  }
}

/** Lists of files, with the folder that the files of an item are in. */
const LISTS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['poetry-core', [['tool', 'poetry', 'packages']]],
  ['pdm-backend', [['tool', 'pdm', 'build', 'includes']]],
  [
    'hatchling',
    [
      ['tool', 'hatch', 'build', 'targets', 'wheel', 'include'],
      ['tool', 'hatch', 'build', 'include'],
    ],
  ],
])

/** `demo/*.py`: the modules of a package, and none of its packages. */
function ofPatterns(pyproject: Pyproject): NarrowList | undefined {
  for (const path of LISTS.get(coreBackend(backendOf(pyproject) ?? '')) ?? []) {
    const list = pyproject.get(...path)
    const items = Array.isArray(list) ? list.map((item, index) => itemOf(pyproject, path, index, item)) : []
    if (items.length === 0 || items.includes(undefined)) continue
    const known = items.filter(item => item !== undefined)
    const split = known.map(item => ({ ...item, folder: /^([\w./-]+)\/\*\.py$/.exec(item.pattern)?.[1] }))
    const wide = split.filter(({ folder }) => folder === undefined)
    return {
      key: path.at(-1) ?? '',
      nameOf: folder => folder,
      packages: split.flatMap(({ text, folder, at }) =>
        folder === undefined
          ? []
          : [{ text, folder, at, help: `Write ${quote(text.slice(0, -'/*.py'.length))} instead of ${quote(text)}.` }],
      ),
      takes: one =>
        split.some(({ folder }) => folder === one) ||
        wide.some(({ pattern }) => {
          const start = pattern.split(/[*?[]/, 1)[0] ?? ''
          return start === '' || `${one}/`.startsWith(start) || start.startsWith(one)
        }),
    }
  }
  return undefined
}

function itemOf(pyproject: Pyproject, path: readonly string[], index: number, item: unknown) {
  const clean = (text: string) => text.replace(/^(?:\.?\/)+/, '')
  if (typeof item === 'string') return { text: item, pattern: clean(item), at: pyproject.place(...path, index) }
  const table = item as Parameters<typeof isTable>[0]
  if (!isTable(table) || typeof table.include !== 'string' || table.to !== undefined) return undefined
  const from = typeof table.from === 'string' ? `${clean(table.from).replace(/\/$/, '')}/` : ''
  return { text: table.include, pattern: from + clean(table.include), at: pyproject.place(...path, index, 'include') }
}
