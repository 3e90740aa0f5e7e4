import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { strip } from '../../src/text/python.js'
import { dataScripts } from '../../src/views/dist-info.js'
import { installed } from '../../src/views/install-tree.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'requires-python-missing',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Python"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python is missing.',
  why: 'Installers install the release on every Python, and on an unsupported version it fails at run time.',
  fix: project => `Set ${project.key('Requires-Python')} to the oldest version that works, as in \`>=3.9\`.`,
  bad: [
    { wheel: { metadata: { 'Requires-Python': null } } },
    {
      wheel: {
        metadata: { 'Requires-Python': null },
        files: { 'demo/__init__.py': null, '{data}/scripts/demo': '\u007fELF' },
      },
    },
  ],
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9' } } },
  misses: ['Requires-Python'],
  *check(dist) {
    const { metadata } = dist
    if (!metadata || metadata.fields.length === 0) return
    const field = metadata.first('Requires-Python')
    if (field && strip(field.value) !== '') return
    yield finding(
      field ?? { member: metadata.member, line: 1, field: 'Requires-Python' },
      field ? 'Requires-Python is empty.' : `${metadata.member} does not have a Requires-Python.`,
      // What has no Python code fails on no version.
      isProgram(dist) ? { severity: 'info' } : {},
    )
  },
})

/** Does it install programs alone, which no Python runs? */
function isProgram(dist: Wheel | Sdist): boolean {
  if (dist.kind === 'sdist')
    return (
      dist.pyproject?.get('build-system', 'build-backend') === 'maturin' &&
      dist.pyproject.get('tool', 'maturin', 'bindings') === 'bin' &&
      ['python-source', 'python-packages', 'module-name'].every(
        key => dist.pyproject?.get('tool', 'maturin', key) === undefined,
      )
    )
  const scripts = dataScripts(dist)
  return (
    scripts.length > 0 &&
    scripts.every(({ member: { path } }) => !/\.pyw?$/.test(path) && !dist.texts.get(path)?.text.startsWith('#!')) &&
    installed(dist).length === 0
  )
}
