import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Draft } from '../../src/finding.js'
import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { licenseRemedy } from '../../src/views/license-remedy.js'
import { licenseHint } from '../../src/views/licenses.js'
import { problemOf } from '../../src/views/parsed.js'
import { backendOf, isTable, kindOf, type Table } from '../../src/views/pyproject.js'
import { licenseReason } from '../shared/license-reasons.js'
import { replacing } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO, STOPS_OR_REFUSED } from './_backends.js'

export default rule({
  id: 'project-license-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "license"; PEP 639',
  url: pyprojectToml('license'),
  summary: '`project.license` is neither a valid SPDX license expression nor a table with `file` or `text`.',
  why: 'Most backends reject it; pdm-backend copies a string unchecked, and the index then rejects the files.',
  breaks: STOPS_OR_REFUSED,
  fix: 'Use identifiers from the SPDX license list, or `LicenseRef-…` for any other license.',
  needs: ['license-texts'],
  bad: [
    {
      sdist: {
        pyproject: builtWith('hatchling', DEMO, 'license = "Apache 2.0"'),
      },
    },
    { sdist: { pyproject: builtWith('poetry-core', DEMO, 'license = "Apache 2.0"') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'license = "mit"') } },
    { sdist: { pyproject: builtWith('uv-build', DEMO, 'license = "mit OR Apache-2.0"') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'license = { file = true }') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'license = { file = "LICENSE", name = "MIT" }') } },
  ],
  good: [{ sdist: {} }, { sdist: { pyproject: builtWith('hatchling', DEMO, 'license = { file = "./LICENSE" }') } }],
  *check(sdist) {
    const { pyproject } = sdist
    const text = pyproject?.get('project', 'license')
    if (pyproject && isTable(text)) yield* tableFaults(pyproject, text)
    if (!pyproject || typeof text !== 'string') return
    const at = pyproject.place('project', 'license')
    const problem = problemOf(parseLicenseExpression, text)
    if (problem) {
      yield finding(
        atProblem(at, text, problem),
        `${quote(text)} is not a valid SPDX license expression${licenseReason(problem.message)}.${licenseHint(text)}`,
        {
          remedy: licenseRemedy(sdist, { text }),
          // poetry-core writes it as License instead.
          ...(backendOf(pyproject) === 'poetry-core' && { severity: 'warning' }),
        },
      )
      return
    }
    const canonical = attempt(parseLicenseExpression, text)?.toString()
    if (canonical === undefined || canonical === text) return
    // uv_build compares identifiers exactly, but not operators.
    const isRefused = backendOf(pyproject) === 'uv-build' && identifiers(text) !== identifiers(canonical)
    yield finding(
      at,
      `project.license is ${quote(text)}${isRefused ? ', which uv_build rejects' : ''}; its canonical form is ${quote(canonical)}.`,
      { ...(!isRefused && { severity: 'info' }), remedy: replacing('project.license', text, canonical) },
    )
  },
})

const identifiers = (expression: string): string =>
  (expression.match(/[^\s()]+/g) ?? []).filter(word => !/^(?:and|or|with)$/i.test(word)).join(' ')

/** Backends that refuse keys they do not know; the others ignore them. */
const KNOW_THEIR_KEYS = new Set(['flit-core', 'meson-python', 'pdm-backend', 'poetry-core', 'scikit-build-core'])
/** Backends made with pyproject-metadata refuse empty values too. */
const REFUSE_EMPTY = new Set(['scikit-build-core', 'meson-python'])

function* tableFaults(pyproject: Pyproject, table: Table): Iterable<Draft> {
  const place = (key: string) => pyproject.place('project', 'license', key)
  const backend = backendOf(pyproject)
  const unless = (refused: boolean) => (refused ? undefined : { severity: 'warning' as const })
  const given = ['file', 'text'].filter(key => Object.hasOwn(table, key))
  for (const key of given)
    if (typeof table[key] !== 'string')
      yield finding(
        place(key),
        `project.license.${key} is ${kindOf(table[key] ?? '')}, not a string.`,
        unless(key === 'file' || backend !== 'flit-core'),
      )
    else if (table[key].trim() === '')
      yield finding(place(key), `project.license.${key} is empty.`, unless(REFUSE_EMPTY.has(backend ?? '')))
  for (const key of Object.keys(table))
    if (!given.includes(key))
      yield finding(
        pyproject.keyPlace('project', 'license', key),
        `${quote(key)} is not a valid key in project.license; expected \`file\` or \`text\`.`,
        unless(KNOW_THEIR_KEYS.has(backend ?? '')),
      )
}
