import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isTree } from '../../src/views/tree.js'
import { coreMetadata } from '../shared/specifications.js'

/** The line boundaries that packaging 26.4 looks for; 26.2 and PyPI look only for the first. */
const BOUNDARY = /[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/

export default rule({
  id: 'summary-multiline',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Summary"',
  url: coreMetadata('summary'),
  summary: 'Summary has more than one line.',
  why: 'PyPI and twine reject the file.',
  fix: project => `Make ${project.key('Summary')} one line, and move the rest to the README.`,
  pypiMessage: "'summary' must be a single line",
  bad: [
    { wheel: { metadata: { Summary: 'A demo\n  in two lines' } } },
    {
      tree: {
        pyproject: null,
        files: {
          'setup.py':
            'from setuptools import setup\n\nsetup(name="demo", version="1.0", description="""A demo\nin two lines""")\n',
        },
      },
    },
    {
      tree: {
        pyproject: null,
        files: {
          'setup.py': 'from setuptools import setup\n\nsetup()\n',
          'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\ndescription =\n    A demo\n    in two lines\n',
        },
      },
    },
  ],
  good: { wheel: { metadata: { Summary: 'A demo in one line' } } },
  *check(subject) {
    const { metadata } = subject
    const field = metadata?.first('Summary')
    const found = field && BOUNDARY.exec(field.value)
    if (!field || !found) return
    const unusual = !/[\n\r]/.test(field.value)
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    yield finding(
      within(field, unusual ? found[0] : '', found.index),
      unusual
        ? `Summary contains the line separator U+${code}: ${quote(field.value)}.`
        : `Summary has more than one line: ${quote(field.value)}.${isTree(subject) ? ' Current versions of setuptools write only the first one.' : ''}`,
      isTree(subject) && !unusual
        ? { severity: 'warning', enforcedBy: [] }
        : unusual
          ? { enforcedBy: ['twine', 'packaging'] }
          : undefined,
    )
  },
})
