import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { CLASSIFIERS } from '../../src/standards/classifiers.js'
import { given } from '../../src/views/as-uploaded.js'
import { agrees } from '../../src/views/license-remedy.js'
import { namesFamilyOf } from '../../src/views/licenses.js'
import { backendOf } from '../../src/views/pyproject.js'

export default rule({
  id: 'license-expression-with-classifier',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 639, "Deprecate license classifiers"',
  url: 'https://peps.python.org/pep-0639/#deprecate-license-classifiers',
  summary: 'The metadata contains both a license classifier and License-Expression.',
  why: 'License classifiers are deprecated, and where one contradicts the expression, tools that read it report a different license. setuptools and flit refuse to build a project with both.',
  breaks: 'The build fails.',
  fix: project => `Delete the \`License ::\` classifiers from ${project.key('Classifier')}.`,
  bad: [
    { wheel: { metadata: { Classifier: 'License :: OSI Approved :: MIT License' } } },
    { wheel: { metadata: { Classifier: 'License :: OSI Approved :: BSD License' } } },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
        metadata: { Classifier: 'License :: OSI Approved :: MIT License' },
      },
    },
  ],
  good: { wheel: { metadata: { Classifier: 'Programming Language :: Python :: 3' } } },
  *check(subject) {
    const { metadata } = subject
    const expression = metadata && given(metadata, 'License-Expression')[0]
    if (!expression) return
    // What is not a classifier is told as that.
    const fields = metadata
      .all('Classifier')
      .filter(({ value }) => value.startsWith('License ::') && isListed(value.trim()))
    const field = fields.find(({ value }) => !namesFamilyOf(expression.value, value)) ?? fields[0]
    if (!field) return
    const who = refusing(subject)
    const relation = namesFamilyOf(expression.value, field.value)
      ? `is redundant next to License-Expression ${quote(expression.value)}`
      : `contradicts License-Expression ${quote(expression.value)}`
    yield finding(
      field,
      `The classifier ${quote(field.value)} ${relation}${who === undefined ? '' : `: ${who} refuses to build that`}.`,
      {
        ...(who !== undefined && { severity: stopsBuild(subject) ? 'error' : 'warning' }),
        remedy: {
          safe: fields.every(({ value }) => agrees(expression.value, value.trim())),
          changes: [...new Set(fields.map(({ value }) => value))].map(value => ({
            kind: 'remove',
            field: 'Classifier',
            value,
          })),
        },
      },
    )
  },
})

const isListed = (text: string) => CLASSIFIERS.all.has(text) || CLASSIFIERS.deprecated.has(text)

/** What has been built did not stop the backend that built it. */
const stopsBuild = (subject: Wheel | Sdist) => subject.kind === 'sdist' && subject.tree !== undefined

/** The backend that built the file or will build it, if it rejects the pair (setuptools since 77, flit since 3.11). */
function refusing(subject: Wheel | Sdist): string | undefined {
  const backend = subject.kind === 'wheel' ? builtBy(subject) : subject.pyproject && backendOf(subject.pyproject)
  if (backend === 'setuptools' || backend === 'bdist_wheel') return 'setuptools'
  return backend === 'flit' || backend === 'flit-core' ? 'flit' : undefined
}

/** `setuptools (80.9.0)`, `flit 3.12.0`: the name in lowercase. */
const builtBy = ({ wheelFile }: Wheel) => /^[\w-]+/.exec(wheelFile?.all('Generator')[0]?.value.toLowerCase() ?? '')?.[0]
