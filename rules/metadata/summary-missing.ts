import { finding, rule } from '../../src/rule.js'
import { isGiven, isPlaceholder } from '../../src/views/as-uploaded.js'
import { backendOf, dynamicKeys } from '../../src/views/pyproject.js'
import { coreMetadata } from '../shared/specifications.js'

const flit = (lines: string) =>
  `[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\n${lines}\n`

export default rule({
  id: 'summary-missing',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Summary"',
  url: coreMetadata('summary'),
  summary: 'Summary is missing.',
  why: 'Search results and the top of the project page say nothing about the project.',
  fix: project => `Set ${project.key('Summary')} to one line.`,
  bad: [
    { wheel: { metadata: { Summary: null } } },
    { wheel: { metadata: { Summary: '' } } },
    { tree: { pyproject: flit('version = "1.0"') } },
  ],
  good: [
    { wheel: { metadata: { Summary: 'Reads demo files' } } },
    {
      tree: {
        pyproject: flit('version = "1.0"\ndynamic = ["description"]'),
        files: { '{top}/demo.py': '"""Reads demo files."""\n' },
      },
    },
  ],
  misses: ['Summary'],
  *check(dist) {
    const { metadata } = dist
    if (!metadata || metadata.fields.length === 0) return
    const field = metadata.first('Summary')
    if (isGiven(field)) return
    const pyproject = dist.kind === 'sdist' ? dist.pyproject : undefined
    // A table without what flit asks for is told here; a module without a docstring has a rule of its own.
    const isAsked = pyproject?.project !== undefined && backendOf(pyproject) === 'flit-core'
    if (
      isAsked &&
      pyproject.get('project', 'description') === undefined &&
      !dynamicKeys(pyproject).includes('description')
    ) {
      yield finding(
        pyproject.place('project'),
        '[project] does not contain `description`, nor does `dynamic` list it: flit refuses to build.',
        { severity: 'error', breaks: 'The build fails.' },
      )
      return
    }
    yield finding(
      field ?? { member: metadata.member, line: 1, field: 'Summary' },
      isPlaceholder(metadata.first('Summary')?.value ?? '')
        ? "Summary is 'UNKNOWN', which old versions of setuptools write where there is none."
        : field
          ? 'Summary is empty.'
          : `${metadata.member} does not have a Summary.`,
    )
  },
})
