/** Files of a source tree that a build needs, and that the settings of the project leave out of its sdist. */

import type { Sdist } from '../../src/distribution/distribution.js'
import { type GlobBudget, globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { backendOf, entries, isSetuptools, texts } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { isMatched } from './_exclusions.js'
import { commandsIn } from './_manifest.js'
import { sourceTree, treePath } from './_tree.js'

/** What to do about a file that `who` refers to; undefined where the sdist contains it, or may. */
export type LeftOut = (who: string, path: string) => string | undefined

export function leftOut(sdist: Sdist): LeftOut | undefined {
  const { pyproject, tree } = sdist
  if (!tree || tree.hasPkgInfo) return undefined
  if (isSetuptools(sdist)) return bySetuptools(sdist)
  const backend = pyproject && backendOf(pyproject)
  return backend === 'hatchling' ? byHatch(sdist) : backend === 'scikit-build-core' ? byScikitBuild(sdist) : undefined
}

/** setuptools takes these without being told. */
const TAKEN =
  /^(?:README(?:\.(?:txt|rst|md))?|setup\.(?:py|cfg)|pyproject\.toml|MANIFEST\.in|(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS).*)$|\.py$|^src\//
/** Plugins that take what git or another system tracks, and what has rules of its own. */
const PLUGINS = /scm|[-_]git|pbr|svn|mercurial|vcs/i

/** Files that setup.py opens, and MANIFEST.in does not name. */
function bySetuptools(sdist: Sdist): LeftOut | undefined {
  const { pyproject, top, members } = sdist
  const setup = setupScript(sdist)?.setup
  const script = sdist.texts.get(`${top}/setup.py`)?.text
  const requires = texts(pyproject?.get('build-system', 'requires')).map(([, text]) => text)
  if (!setup || script === undefined || setup.isOpen || setup.keywords.has('cmdclass')) return undefined
  if (
    PLUGINS.test(requires.join(' ')) ||
    setup.keywords.has('setup_requires') ||
    setupCfg(sdist).has('options.setup_requires')
  )
    return undefined
  const member = `${top}/MANIFEST.in`
  const manifest = sdist.texts.get(member)
  if (manifest ? manifest.cut || !manifest.utf8 : members.has(member)) return undefined
  const isNamed = namedBy(manifest?.text ?? '')
  const listed = new Set([...setup.dataFiles, ...(setup.list('scripts') ?? [])].map(({ text }) => treePath(text)))
  // `file:` is another way to name one, and setuptools takes what it names.
  const settings = `${pyproject?.text ?? ''}\n${sdist.texts.get(`${top}/setup.cfg`)?.text ?? ''}`
  const isInPackage = (path: string) =>
    path.includes('/') && sourceTree(sdist).files.has(`${path.split('/', 1)[0]}/__init__.py`)
  return (who, path) =>
    !/^setup\.py (?:opens|calls)/.test(who) ||
    TAKEN.test(path) ||
    listed.has(path) ||
    settings.includes(path) ||
    isInPackage(path) ||
    isNamed(path)
      ? undefined
      : `Add \`include ${path}\` to MANIFEST.in.`
}

/** May a command of MANIFEST.in take the file? */
function namedBy(manifest: string): (path: string) => boolean {
  const budget = globBudget()
  const takes = commandsIn(manifest).flatMap(([command, ...words]): readonly ((path: string) => boolean)[] => {
    const patterns = words.map(({ text }) => text)
    if (command?.text === 'include') return patterns.map(pattern => matcherOf(pattern, budget))
    if (command?.text === 'global-include')
      return patterns.map(pattern => {
        const matches = matcherOf(pattern, budget)
        return path => matches(path.slice(path.lastIndexOf('/') + 1))
      })
    const [folder = ''] = patterns
    return /^(?:graft|recursive-include)$/.test(command?.text ?? '')
      ? [path => /[*?[]|^\.?\/?$/.test(folder) || path.startsWith(`${treePath(folder)}/`)]
      : []
  })
  return path => takes.some(isTaken => isTaken(path))
}

const matcherOf = (pattern: string, budget: GlobBudget): ((path: string) => boolean) => {
  const plain = pattern.replace(/^\.?\//, '')
  return globProblem(plain) === undefined ? globMatcher(plain, budget) : () => true
}

/** Files for the wheel that are not among those for the sdist. */
function byHatch({ pyproject, members, top }: Sdist): LeftOut | undefined {
  const table = ['tool', 'hatch', 'build', 'targets', 'sdist'] as const
  if (!pyproject || members.has(`${top}/hatch.toml`) || pyproject.get(...table, 'hooks') !== undefined) return undefined
  const list = texts(pyproject.get(...table, 'only-include')).map(([, text]) => treePath(text))
  if (list.length === 0 || list.includes(undefined)) return undefined
  const forced = entries(pyproject.get(...table, 'force-include')).map(([path]) => treePath(path))
  const isTaken = (path: string) =>
    [...list, ...forced].some(one => one === '' || one === path || path.startsWith(`${one}/`))
  return (who, path) =>
    !who.startsWith('`force-include`') || isTaken(path)
      ? undefined
      : `Add \`"${path}"\` to \`only-include\` in \`[${table.join('.')}]\`.`
}

/** Sources that CMakeLists.txt names, and `sdist.exclude` matches. */
function byScikitBuild({ pyproject }: Sdist): LeftOut | undefined {
  const table = ['tool', 'scikit-build', 'sdist'] as const
  const patterns = texts(pyproject?.get(...table, 'exclude')).map(([, text]) => text)
  if (patterns.some(text => text.startsWith('!')) || pyproject?.get(...table, 'include') !== undefined) return undefined
  const budget = globBudget()
  return (who, path) => {
    const found = who.includes('CMakeLists.txt') ? patterns.find(one => isMatched(path, one, true, budget)) : undefined
    return found === undefined
      ? undefined
      : `Remove \`"${found}"\` from \`sdist.exclude\`, or write a pattern that does not match it.`
  }
}
