import type { Sdist } from '../distribution/distribution.js'
import type { Metadata } from '../distribution/metadata.js'
import type { Place } from '../finding.js'
import { oncePer } from '../once.js'
import { coreField } from '../standards/core-metadata.js'
import { dynamicKeys } from '../views/pyproject.js'
import { compareItems, type Difference, type Item } from './items.js'
import { entryPoints } from './static/entry-points.js'
import { license, licenseFiles } from './static/license.js'
import { classifiers, importNames, keywords, urls } from './static/lists.js'
import { people } from './static/people.js'
import { readme } from './static/readme.js'
import { dependencyList, optional } from './static/requirements.js'
import type { Reader, Target } from './static/slot.js'
import { name, requiresPython, summaries, version } from './static/texts.js'

/** Keys that may be static and dynamic at once (PEP 808): arrays and tables. */
export const EXTENDABLE: ReadonlySet<string> = new Set([
  'license-files',
  'authors',
  'maintainers',
  'keywords',
  'classifiers',
  'urls',
  'scripts',
  'gui-scripts',
  'entry-points',
  'dependencies',
  'optional-dependencies',
  'import-names',
  'import-namespaces',
])

export interface StaticDifference extends Difference {
  /** Key of `[project]`. */
  readonly key: string
  /** Core metadata field in its specified spelling, or `entry-points`. */
  readonly field: string
  /** The key is listed in `dynamic` too. */
  readonly both: boolean
  /** Of the key, if no entry has its own place. */
  readonly keyPlace: Place
  /** The metadata version of the file does not have the field yet. */
  readonly dropped: boolean
  /** An additional note. */
  readonly note?: string
}

const READERS: readonly (readonly [key: string, read: Reader])[] = [
  ['name', name],
  ['version', version],
  ['description', summaries],
  ['readme', readme],
  ['requires-python', requiresPython],
  ['license', license],
  ['license-files', licenseFiles],
  ['authors', people],
  ['maintainers', people],
  ['keywords', keywords],
  ['classifiers', classifiers],
  ['urls', urls],
  ['scripts', entryPoints],
  ['gui-scripts', entryPoints],
  ['entry-points', entryPoints],
  ['dependencies', dependencyList],
  ['optional-dependencies', optional],
  ['import-names', importNames],
  ['import-namespaces', importNames],
]

const differencesFrom = oncePer((sdist: Sdist) => oncePer((target: Target) => [...computeDifferences(sdist, target)]))

/** The differences, which several rules look at. */
export const staticDifferences = (sdist: Sdist, target: Target): readonly StaticDifference[] =>
  differencesFrom(sdist)(target)

/**
 * Where a file differs from what `[project]` declares statically. A key that is not in `dynamic` must be equal; of a key
 * in both, the static entries must survive in order. Values that cannot be read have their own rules.
 */
function* computeDifferences(sdist: Sdist, target: Target): Iterable<StaticDifference> {
  const { pyproject } = sdist
  const { metadata } = target
  const project = pyproject?.project
  if (!pyproject || !project || !metadata) return
  const dynamic = new Set(dynamicKeys(pyproject))
  for (const [key, read] of READERS) {
    const both = dynamic.has(key)
    if (!Object.hasOwn(project, key) || (both && !EXTENDABLE.has(key))) continue
    const keyPlace = pyproject.place('project', key)
    for (const { given, found, field, ordered, note } of read(
      { pyproject, project, sdist, target, metadata, both },
      key,
    )) {
      const dropped = found.length === 0 && !canHave(metadata, field)
      if ((dropped && !isNewAndGiven(field, given)) || (found.length === 0 && isInRequiresTxt(target, field))) continue
      const differences = compareItems(given, found, ordered)
      for (const difference of differences)
        yield { ...difference, key, field, both, keyPlace, dropped, ...(note !== undefined && { note }) }
      // A different project has entirely different metadata.
      if (key === 'name' && differences.length > 0) return
    }
  }
}

/** Did the field exist in this version of the metadata? Before 2.1, sdists declared little: a missing field proves nothing. */
function canHave(metadata: Metadata, field: string): boolean {
  const since = coreField(field)?.since
  return since === undefined || metadata.atLeast(since < '2.1' ? '2.1' : since)
}

/**
 * Keys that a backend silently ignores if it writes an older version of the metadata: their values are lost.
 * A missing field also declares that nothing can be imported.
 */
const isNewAndGiven = (field: string, given: readonly Item[]): boolean =>
  /^(?:Import-Name|Import-Namespace|License-Expression|License-File)$/.test(field) &&
  given.some(({ key }) => key !== '')

/** Setuptools up to 67 wrote the dependencies of an sdist to requires.txt only. */
function isInRequiresTxt(target: Target, field: string): boolean {
  if (target.kind === 'wheel' || field !== 'Requires-Dist' || target.metadata?.atLeast('2.2')) return false
  const none = (target.metadata?.all('Requires-Dist').length ?? 0) === 0
  return none && [...target.texts.keys()].some(path => path.endsWith('.egg-info/requires.txt'))
}
