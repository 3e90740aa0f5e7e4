import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { texts } from '../../src/views/pyproject.js'
import { coreMetadata } from '../shared/specifications.js'
import { stateLicense } from './_advice.js'

export default rule({
  id: 'license-missing',
  topic: 'license',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "License-Expression"',
  url: coreMetadata('license-expression'),
  summary: 'The metadata does not name a license.',
  why: 'Without a license, nobody else is allowed to use, change or share the code, and license checkers fail. If pyproject.toml names a license that the build backend did not write to PKG-INFO, this is only a note.',
  fix: project => `Set ${project.key('License-Expression')} to an SPDX expression, such as \`MIT\`.`,
  needs: ['license-texts'],
  bad: [
    { wheel: { metadata: { 'License-Expression': null } } },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["flit_core<3"]\nbuild-backend = "flit_core.buildapi"\n\n[tool.flit.metadata]\nmodule = "demo"\nauthor = "Ada"\nclassifiers = ["License :: OSI Approved :: MIT License"]\n',
        metadata: { 'License-Expression': null, 'License-File': null },
        files: { '{top}/src/demo/__init__.py': '"""Reads demo files."""\n\n__version__ = "1.0"\n' },
      },
    },
  ],
  good: { wheel: { metadata: { 'License-Expression': 'MIT' } } },
  misses: ['License', 'License-Expression', 'Classifier'],
  *check(subject) {
    const { metadata } = subject
    if (!metadata || metadata.fields.length === 0) return
    if (given(metadata, 'License-Expression').length > 0 || given(metadata, 'License').length > 0) return
    if (metadata.all('Classifier').some(({ value }) => value.startsWith('License ::'))) return
    const files = given(metadata, 'License-File').length > 0 ? ' Only License-File refers to a license text.' : ''
    yield finding(
      { member: metadata.member, line: 1, field: 'License-Expression' },
      subject.kind === 'sdist' && subject.tree
        ? 'The project does not declare a license.'
        : `${metadata.member} does not have a License-Expression, a License or a license classifier.${files}`,
      {
        help: stateLicense({ subject, expression: undefined }),
        severity: subject.kind === 'sdist' && !subject.tree && saysLicense(subject.pyproject) ? 'info' : undefined,
      },
    )
  },
})

/** Does pyproject.toml state a license that the backend did not write to PKG-INFO, as flit before 3? */
function saysLicense(pyproject: Pyproject | undefined): boolean {
  if (!pyproject) return false
  const keys = [['project'], ['tool', 'poetry'], ['tool', 'flit', 'metadata']]
  return keys.some(
    path =>
      pyproject.get(...path, 'license') !== undefined ||
      texts(pyproject.get(...path, 'classifiers')).some(([, text]) => text.startsWith('License ::')),
  )
}
