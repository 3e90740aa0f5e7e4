import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { backendOf } from '../../src/views/pyproject.js'

export default rule({
  id: 'license-expression-with-classifier',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 639, "Deprecate license classifiers"',
  url: 'https://peps.python.org/pep-0639/#deprecate-license-classifiers',
  summary: 'A license classifier stands beside License-Expression.',
  why: 'The classifier is deprecated and may contradict the expression. setuptools and flit refuse to build the pair.',
  fix: 'Remove the `License ::` classifiers.',
  bad: [
    { wheel: { metadata: { Classifier: 'License :: OSI Approved :: MIT License' } } },
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
    const field = metadata.all('Classifier').find(({ value }) => value.startsWith('License ::'))
    if (!field) return
    const who = refusing(subject)
    yield finding(
      field,
      `The classifier ${quote(field.value)} stands beside License-Expression ${quote(expression.value)}, which says it all${who === undefined ? '' : `: ${who} refuses to build that`}.`,
      { severity: who === undefined ? undefined : 'warning' },
    )
  },
})

/** The backend that built the file or is to build it, where it takes no such pair (setuptools since 77, flit since 3.11). */
function refusing(subject: Wheel | Sdist): string | undefined {
  const backend = subject.kind === 'wheel' ? builtBy(subject) : subject.pyproject && backendOf(subject.pyproject)
  if (backend === 'setuptools' || backend === 'bdist_wheel') return 'setuptools'
  return backend === 'flit' || backend === 'flit-core' ? 'flit' : undefined
}

/** `setuptools (80.9.0)`, `flit 3.12.0`: the name in lower case. */
const builtBy = ({ wheelFile }: Wheel) => /^[\w-]+/.exec(wheelFile?.all('Generator')[0]?.value.toLowerCase() ?? '')?.[0]
