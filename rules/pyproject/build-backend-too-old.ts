import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement, type Requirement } from '../../src/standards/requirement.js'
import { compareVersions, parseVersion, type Version } from '../../src/standards/version.js'
import { isTable, texts } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { safely, unsafely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { familyOf } from './_backend-tables.js'
import { admits, BUILD_STOPS } from './_backends.js'

/** What a backend reads only since a version, and what the versions before make of it. */
interface Feature {
  readonly what: string
  readonly since: string
  /** Absent where they stop. */
  readonly instead?: string
  /** What they make of it does little harm. */
  readonly isMild?: true
  isUsed(pyproject: Pyproject): boolean
}

const PROJECT = { what: '`[project]`', isUsed: ({ project }: Pyproject) => project !== undefined }
const EXPRESSION = {
  what: 'a license expression in `license`',
  isUsed: (pyproject: Pyproject) => typeof pyproject.get('project', 'license') === 'string',
}
const FILES = {
  what: '`license-files` as an array',
  isUsed: (pyproject: Pyproject) => Array.isArray(pyproject.get('project', 'license-files')),
}
const AS_TEXT = { instead: 'write License instead of License-Expression', isMild: true } as const
const NO_FILES = { instead: 'omit License-File', isMild: true } as const

/** The setuptools that reads `[project]`. */
const READS_PROJECT = '61.0.0'

/** Of each, the version before and this one were tried with a small project. */
const FEATURES: ReadonlyMap<string, readonly Feature[]> = new Map<string, readonly Feature[]>([
  [
    'setuptools',
    [
      { ...EXPRESSION, since: '77.0.0' },
      { ...FILES, since: '77.0.0' },
      { ...PROJECT, since: READS_PROJECT, instead: 'ignore it and call the project UNKNOWN' },
    ],
  ],
  [
    'hatchling',
    [
      { ...EXPRESSION, since: '1.27.0', ...AS_TEXT },
      { ...FILES, since: '1.27.0', ...NO_FILES },
    ],
  ],
  [
    'flit-core',
    [
      { ...EXPRESSION, since: '3.11' },
      { ...FILES, since: '3.11', ...NO_FILES },
      { ...PROJECT, since: '3.2' },
    ],
  ],
  [
    'poetry-core',
    [
      { ...EXPRESSION, since: '2.2.0', ...AS_TEXT },
      { ...FILES, since: '2.2.0', ...NO_FILES },
      {
        ...PROJECT,
        since: '2.0.0',
        // Older versions need the name, and some others, there as well.
        isUsed: ({ project, get }) => project !== undefined && get('tool', 'poetry', 'name') === undefined,
      },
    ],
  ],
  [
    'pdm-backend',
    [
      { ...EXPRESSION, since: '2.4.0' },
      { ...FILES, since: '2.4.0' },
    ],
  ],
  [
    'maturin',
    [
      { ...EXPRESSION, since: '1.8.0' },
      { ...FILES, since: '1.8.0' },
    ],
  ],
  [
    'scikit-build-core',
    [
      { ...EXPRESSION, since: '0.11.0' },
      { ...FILES, since: '0.11.0' },
    ],
  ],
])

const pyproject = (requires: string, backend: string, more = '') =>
  `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n\n[project]\nname = "demo"\nversion = "1.0"\n${more}`
const MIT = 'license = "MIT"\n'

export default rule({
  id: 'build-backend-too-old',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Release notes of the build backends',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: '`build-system.requires` admits versions of the backend that cannot read the project.',
  why: 'Anyone who builds with such a version, as Linux distributions do, gets an error or different metadata. A bound that excludes every newer version breaks every build.',
  breaks: BUILD_STOPS,
  fix: 'Require the version of the backend that reads the key, or a later one.',
  byHand:
    'The sample projects require their backends without bounds. `distaudit fix` raises them, which has its own tests.',
  precision: 'high',
  bad: [
    { sdist: { pyproject: pyproject('setuptools>=61', 'setuptools.build_meta', MIT) } },
    { sdist: { pyproject: pyproject('flit_core>=3.2,<3.11', 'flit_core.buildapi', MIT) } },
    { sdist: { pyproject: pyproject('hatchling<1.27', 'hatchling.build', MIT) } },
    { sdist: { pyproject: pyproject('poetry-core>=1.0.0,<2.0.0', 'poetry.core.masonry.api') } },
    { tree: { pyproject: pyproject('setuptools>=61', 'setuptools.build_meta', MIT) } },
  ],
  good: [
    { sdist: { pyproject: pyproject('setuptools', 'setuptools.build_meta', MIT) } },
    { sdist: { pyproject: pyproject('setuptools>=77', 'setuptools.build_meta', MIT) } },
    { sdist: { pyproject: pyproject('setuptools>=61', 'setuptools.build_meta') } },
    { sdist: { pyproject: pyproject('flit_core>=3.2,<4', 'flit_core.buildapi') } },
    {
      sdist: {
        pyproject: pyproject('setuptools<61', 'setuptools.build_meta', MIT),
        files: { '{top}/setup.py': 'from setuptools import setup\n\nsetup(name="demo", version="1.0")\n' },
      },
    },
  ],
  *check(sdist) {
    const { pyproject, tree } = sdist
    if (!pyproject || !isTable(pyproject.get('project'))) return
    const family = familyOf(pyproject)
    const used = (FEATURES.get(family) ?? []).filter(({ isUsed }) => isUsed(pyproject))
    const hasNameElsewhere = family === 'setuptools' && isNamedForOldSetuptools(sdist)
    for (const [index, text] of texts(pyproject.get('build-system', 'requires'))) {
      const requirement = attempt(parseRequirement, text)
      if (!requirement || canonicalName(requirement.name) !== family || requirement.url !== undefined) continue
      // Another rule says that no version satisfies it.
      if (requirement.specifier.isUnsatisfiable()) continue
      // Versions that ignore [project] build from setup.py and setup.cfg as they always did.
      if (hasNameElsewhere && !admits(requirement, parseVersion(READS_PROJECT))) continue
      const [feature] = used.flatMap(one => {
        if (hasNameElsewhere && one.since === READS_PROJECT) return []
        const since = attempt(parseVersion, one.since)
        const floor = floorOf(requirement)
        if (!since) return []
        if (!admits(requirement, since)) return [{ ...one, isExcluded: true }]
        return floor && compareVersions(floor, since) < 0 ? [{ ...one, isExcluded: false }] : []
      })
      if (!feature) continue
      const { what, since, instead, isMild, isExcluded } = feature
      const name = requirement.name
      const older = instead ?? 'refuse to build'
      const better = raised(requirement, parseVersion(since))
      const change = {
        kind: 'set',
        key: `build-system.requires[${index}]`,
        was: JSON.stringify(text),
        value: better ?? '',
      } as const
      yield finding(
        pyproject.place('build-system', 'requires', index),
        isExcluded
          ? `${quote(text)} admits only versions before ${since}, the first that reads ${what}: they ${older}.`
          : `${quote(text)} admits versions before ${since}, the first that reads ${what}: they ${older}.`,
        {
          // pip and uv take the newest version; of a release, only who builds without them is told. A marker concerns some builds.
          severity:
            isExcluded && !isMild ? (requirement.marker ? 'warning' : undefined) : isMild || !tree ? 'info' : 'warning',
          help: `Require \`${better ?? `${name}>=${since}`}\` in \`build-system.requires\`.`,
          remedy: better === undefined ? undefined : isExcluded ? unsafely(change) : safely(change),
        },
      )
      return
    }
  },
})

/** Does setup.py or setup.cfg name the project? A script that was not understood may. */
function isNamedForOldSetuptools(sdist: Sdist): boolean {
  if (setupCfg(sdist).has('metadata.name')) return true
  if (sdist.members.get(`${sdist.top}/setup.py`) === undefined) return false
  const setup = setupScript(sdist)?.setup
  return !setup || setup.isOpen || setup.keywords.has('name')
}

const LOWER: ReadonlySet<string> = new Set(['>=', '>', '~='])

/** The least version that a requirement names as such. */
function floorOf({ specifier }: Requirement): Version | undefined {
  const lower = specifier.clauses.filter(({ operator }) => LOWER.has(operator))
  const [floor] = lower.flatMap(({ version }) => attempt(parseVersion, version) ?? []).sort(compareVersions)
  return floor
}

/** The requirement with another lower bound, without an upper one that contradicts it; undefined where it says more. */
function raised({ name, specifier, extras, marker }: Requirement, since: Version): string | undefined {
  const [upper, ...others] = specifier.clauses.filter(({ operator }) => !LOWER.has(operator))
  if (extras.length > 0 || marker || others.length > 0 || (upper && upper.operator !== '<')) return undefined
  const kept = upper && compareVersions(parseVersion(upper.version), since) > 0 ? `,<${upper.version}` : ''
  return `${name}>=${since}${kept}`
}
