import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName, isName, nearName } from '../../src/standards/name.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { isTree } from '../../src/views/tree.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'extra-invalid',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Extra"; PEP 685',
  url: coreMetadata('provides-extra'),
  summary: 'Provides-Extra is not a valid name.',
  why: 'PyPI and twine reject the file, uv drops the extra, and nobody can request it.',
  fix: project =>
    `Rename the extra under ${project.key('Provides-Extra')}: use ASCII letters, digits and \`-\`, with a letter or digit at both ends.`,
  pypiMessage: "'demo[fast]' is invalid for 'provides-extra'",
  bad: [
    { wheel: { metadata: { 'Provides-Extra': 'demo[fast]' } } },
    {
      tree: {
        pyproject: null,
        files: {
          'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\n\n[options.extras_require]\nfast reading = attrs\n',
          'setup.py': 'from setuptools import setup\n\nsetup()\n',
        },
      },
    },
  ],
  good: { wheel: { metadata: { 'Provides-Extra': 'fast', 'Requires-Dist': 'attrs; extra == "fast"' } } },
  *check(subject) {
    // Of setup.py and setup.cfg, setuptools changes the name to a valid one.
    const isMended = isTree(subject) && isSetuptools(subject)
    for (const field of subject.metadata?.all('Provides-Extra') ?? [])
      if (!isName(field.value)) {
        const better = canonicalName(nearName(field.value) ?? '')
        yield finding(
          field,
          `${quote(field.value)} is not a valid name for an extra.${better === '' ? '' : ` Did you mean ${quote(better)}?`}`,
          isMended ? { severity: 'warning', enforcedBy: [] } : undefined,
        )
      }
  },
})
