import { keyText, type Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { meansProject } from '../../src/standards/project-keys.js'
import { nearest } from '../../src/text/nearest.js'
import { entries, isTable, stopsBuild } from '../../src/views/pyproject.js'
import { renaming } from '../shared/remedies.js'
import { BUILD_STOPS } from './_backends.js'

const KNOWN = new Set(['build-system', 'project', 'dependency-groups', 'tool'])
/** Tables of drafts. */
const DRAFTS = new Map([
  ['external', 'PEP 725'],
  ['variant', 'PEP 817'],
])

export default rule({
  id: 'pyproject-unknown-table',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, introduction',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/',
  summary: 'pyproject.toml contains an unknown top-level table.',
  why: 'Top-level names are reserved. Tools read their settings below `[tool]`, so they most likely ignore the table.',
  breaks: BUILD_STOPS,
  fix: 'Correct the spelling, or move the table below `[tool]`.',
  byHand:
    'Only a person knows which tool the table is for. test/advice/edits.test.ts follows the edits of the examples.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[mypy]\nstrict = true\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[tool.pytest.ini_options]\naddopts = "-q"\n\n[pytest.ini_options]\nstrict = true\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build_system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[projects]\nname = "demo"\nversion = "1.0"\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[variant.default-priorities]\nnamespace = ["nvidia"]\n',
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[tool.mypy]\nstrict = true\n',
    },
  },
  *check({ pyproject }, { preview }) {
    if (!pyproject?.data) return
    for (const key of Object.keys(pyproject.data)) {
      if (KNOWN.has(key) || (preview && key === 'external')) continue
      const near = nearest(key.replaceAll('_', '-'), KNOWN)
      const meant = near !== undefined && (pyproject.data[near] === undefined || meansProject(key)) ? near : undefined
      const draft = DRAFTS.get(key)
      yield finding(
        pyproject.keyPlace(key),
        `${draft === undefined ? 'No specification' : `Only a draft (${draft})`} defines the top-level key ${quote(key)}.${meant === undefined ? '' : ` Did you mean [${meant}]?`}`,
        {
          help:
            draft !== undefined
              ? 'Only tools that support the draft read the table.'
              : meant === undefined
                ? adviceOn(pyproject, key)
                : `Rename it to \`[${meant}]\`.`,
          // Its tables are there, and without a name.
          ...(meansProject(key) &&
            stopsBuild(pyproject, ['maturin']) &&
            pyproject.project?.name === undefined && { severity: 'error' }),
          remedy: meant === undefined ? undefined : renaming([key], meant),
          subject: key,
        },
      )
    }
  },
})

/** TOML allows each table once: where it is there below `[tool]` too, its keys have to move. */
function adviceOn(pyproject: Pyproject, key: string): string {
  const [only, ...others] = entries(pyproject.get(key))
  const path = only && others.length === 0 && isTable(only[1]) ? [key, only[0]] : [key]
  const table = `\`[${keyText(['tool', ...path])}]\``
  return pyproject.get('tool', ...path) === undefined ? `Rename it to ${table}.` : `Move its keys to ${table}.`
}
