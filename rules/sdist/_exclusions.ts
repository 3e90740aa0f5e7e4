/** Patterns of hatchling, pdm-backend and uv_build that leave out the package itself. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote } from '../../src/rule.js'
import { type GlobBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { backendOf, texts } from '../../src/views/pyproject.js'
import { isNamed } from './_missing-input.js'
import { sourceTree } from './_tree.js'

interface Exclusion {
  readonly path: readonly string[]
  /** What is built without it. */
  readonly target: string
}

const LISTS: ReadonlyMap<string, readonly Exclusion[]> = new Map([
  [
    'hatchling',
    [
      { path: ['tool', 'hatch', 'build', 'exclude'], target: 'sdist and wheel' },
      { path: ['tool', 'hatch', 'build', 'targets', 'wheel', 'exclude'], target: 'wheel' },
      { path: ['tool', 'hatch', 'build', 'targets', 'sdist', 'exclude'], target: 'sdist' },
    ],
  ],
  ['pdm-backend', [{ path: ['tool', 'pdm', 'build', 'excludes'], target: 'sdist and wheel' }]],
  [
    'uv-build',
    [
      { path: ['tool', 'uv', 'build-backend', 'source-exclude'], target: 'sdist and wheel' },
      { path: ['tool', 'uv', 'build-backend', 'wheel-exclude'], target: 'wheel' },
    ],
  ],
])

export function* exclusions(pyproject: Pyproject, sdist: Sdist, budget: GlobBudget): Generator<Draft> {
  const backend = backendOf(pyproject) ?? ''
  const name = pyproject.get('project', 'name')
  if (typeof name !== 'string' || hasHooks(pyproject)) return
  const folder = packageOf(sdist, name)
  if (folder === undefined) return
  for (const { path, target } of LISTS.get(backend) ?? []) {
    const patterns = texts(pyproject.get(...path))
    // What is taken back may be the package.
    if (patterns.some(([, text]) => text.startsWith('!'))) continue
    // A path below it that is listed wins.
    if (texts(pyproject.get('tool', 'pdm', 'build', 'includes')).some(([, text]) => text.startsWith(`${folder}/`)))
      continue
    const found = patterns.find(([, text]) => isMatched(folder, text, backend === 'hatchling', budget))
    if (found)
      yield finding(
        pyproject.place(...path, found[0]),
        `\`${path.at(-1)}\` leaves out ${quote(folder)}, the package of the project: the ${target} ${target.includes(' ') ? 'do' : 'does'} not contain it.`,
        { help: 'Remove the pattern, or write one that matches only what is not to be built in.' },
      )
  }
}

/** The package that is named as the project. */
function packageOf(sdist: Sdist, name: string): string | undefined {
  for (const file of sourceTree(sdist).files) {
    const [, folder = '', module = ''] = /^((?:src\/)?(\w+))\/__init__\.py$/.exec(file) ?? []
    if (module !== '' && isNamed(module, name)) return folder
  }
  return undefined
}

/** They may put in what the list leaves out. */
const hasHooks = (pyproject: Pyproject): boolean =>
  [[], ['targets', 'wheel'], ['targets', 'sdist']].some(target =>
    ['hooks', 'force-include', 'artifacts'].some(
      key => pyproject.get('tool', 'hatch', 'build', ...target, key) !== undefined,
    ),
  ) || pyproject.get('tool', 'pdm', 'build', 'custom-hook') !== undefined

interface Inclusion {
  /** The key of the list. */
  readonly path: readonly string[]
  /** The package. */
  readonly folder: string
}

/** A list of hatchling for the sdist that has nothing of the package: what is built of the sdist is empty. */
export function inclusion(pyproject: Pyproject, sdist: Sdist, budget: GlobBudget): Inclusion | undefined {
  const name = pyproject.get('project', 'name')
  if (backendOf(pyproject) !== 'hatchling' || typeof name !== 'string' || hasHooks(pyproject)) return undefined
  const folder = packageOf(sdist, name)
  const table = ['tool', 'hatch', 'build', 'targets', 'sdist'] as const
  const key = ['only-include', 'include'].find(one => texts(pyproject.get(...table, one)).length > 0)
  if (folder === undefined || key === undefined || pyproject.get(...table, 'packages') !== undefined) return undefined
  const patterns = texts(pyproject.get(...table, key))
  if (patterns.some(([, text]) => /[!?[\]{}$]|\*\*./.test(text))) return undefined
  const files = [...sourceTree(sdist).files].filter(path => path.startsWith(`${folder}/`))
  const isListed = files.some(path => patterns.some(([, text]) => isMatched(path, text, true, budget)))
  return isListed || budget.left < 0 ? undefined : { path: [...table, key], folder }
}

/** Does the pattern match the path, or a folder that it is in? As in a .gitignore, a name alone means any part. */
export function isMatched(folder: string, pattern: string, isIgnore: boolean, budget: GlobBudget): boolean {
  const isOfAll = /\/\*\*(?:\/\*)?$/.test(pattern)
  if (/^\*{1,2}$/.test(pattern)) return true
  const whole = pattern.replace(/(?:\/\*\*(?:\/\*)?)?\/?$/, '')
  const bare = whole.replace(/^\//, '')
  if (bare === '' || bare === '**' || globProblem(bare) !== undefined) return false
  const matches = globMatcher(bare, budget)
  const parts = folder.split('/')
  const isAnchored = !isIgnore || isOfAll || whole.includes('/')
  return isAnchored ? parts.some((_, i) => matches(parts.slice(0, i + 1).join('/'))) : parts.some(part => matches(part))
}
