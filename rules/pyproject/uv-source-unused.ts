import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { entries, isTable, texts } from '../../src/views/pyproject.js'
import { hinter } from '../shared/hints.js'
import { builtWith, DEMO } from './_backends.js'

const project = (lines: string) => `${builtWith('hatchling', DEMO, 'dependencies = ["attrs>=23"]')}\n${lines}\n`

export default rule({
  id: 'uv-source-unused',
  topic: 'pyproject',
  severity: 'info',
  applies: ['source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'uv documentation, "Managing dependencies"',
  url: 'https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources',
  summary: '`[tool.uv.sources]` names a project that is not a dependency.',
  why: 'uv silently ignores the source. If the name is misspelled, the dependency comes from PyPI.',
  fix: 'Correct the name, add the dependency, or remove the source.',
  byHand: 'Only a person knows whether the name or the dependency is wrong.',
  precision: 'high',
  bad: [
    { tree: { pyproject: project('[tool.uv.sources]\natrs = { path = "../attrs" }') } },
    { tree: { pyproject: project('[tool.uv.sources]\nhttpx = { path = "../httpx" }') } },
  ],
  good: [
    { tree: { pyproject: project('[tool.uv.sources]\nAttrs = { path = "../attrs" }') } },
    {
      tree: {
        pyproject: project(
          '[tool.uv.workspace]\nmembers = ["packages/*"]\n\n[tool.uv.sources]\nhttpx = { workspace = true }',
        ),
        files: { 'packages/httpx/pyproject.toml': '[project]\nname = "httpx"\nversion = "1.0"\n' },
      },
    },
  ],
  *check({ pyproject }) {
    // The sources of a workspace are those of its members too.
    if (!pyproject?.project || pyproject.get('tool', 'uv', 'workspace') !== undefined) return
    const names = dependencyNames(pyproject)
    if (names === undefined) return
    const sources = entries(pyproject.get('tool', 'uv', 'sources'))
    const withSource = new Set(sources.map(([name]) => canonicalName(name)))
    const hint = hinter(() => [...names].filter(name => !withSource.has(name)))
    for (const [name, source] of sources) {
      // Members of a workspace copy each other's lists.
      if (names.has(canonicalName(name)) || (isTable(source) && source.workspace === true)) continue
      const meant = hint(canonicalName(name))
      yield finding(
        pyproject.keyPlace('tool', 'uv', 'sources', name),
        `${quote(name)} is not a dependency of the project: uv ignores its source.${meant}`,
        meant === '' ? {} : { severity: 'warning' },
      )
    }
  },
})

/** All that the project requires anywhere; undefined where a program says it. */
function dependencyNames(pyproject: Pyproject): ReadonlySet<string> | undefined {
  const dynamic = texts(pyproject.get('project', 'dynamic')).map(([, key]) => key)
  if (dynamic.includes('dependencies') || dynamic.includes('optional-dependencies')) return undefined
  const uv = ['dev-dependencies', 'constraint-dependencies', 'override-dependencies', 'build-constraint-dependencies']
  const lists = [
    [pyproject.get('project', 'name') ?? ''],
    pyproject.get('project', 'dependencies'),
    ...entries(pyproject.get('project', 'optional-dependencies')).map(([, value]) => value),
    ...entries(pyproject.get('dependency-groups')).map(([, value]) => value),
    pyproject.get('build-system', 'requires'),
    ...uv.map(key => pyproject.get('tool', 'uv', key)),
    ...entries(pyproject.get('tool', 'uv', 'extra-build-dependencies')).map(([, value]) => value),
  ]
  return new Set(
    lists.flatMap(value => texts(value)).map(([, text]) => canonicalName(attempt(parseRequirement, text)?.name ?? '')),
  )
}
