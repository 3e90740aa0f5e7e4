import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import { given } from '../../src/views/as-uploaded.js'
import { generatorOf } from '../../src/views/generator.js'
import {
  CLASSIFIER_EXPRESSIONS,
  candidatesFor,
  classifierFamily,
  licenseExpressionFor,
  textFamily,
} from '../../src/views/licenses.js'
import { backendFamily, texts } from '../../src/views/pyproject.js'
import { isTree } from '../../src/views/tree.js'
import { coreMetadata } from '../shared/specifications.js'

const of = (license = '', classifier = '') => ({
  wheel: {
    metadata: {
      'License-Expression': null,
      License: license,
      Classifier: `License :: OSI Approved :: ${classifier}`,
    },
  },
})

export default rule({
  id: 'license-field-vs-classifiers',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "License" and "Classifier"; PEP 639',
  url: coreMetadata('license'),
  summary: 'License and the classifiers name different licenses.',
  why: 'The license that a tool reports depends on which of the two it reads. For a license that it does not know well, Poetry adds a classifier that calls the project proprietary.',
  fix: project =>
    `State the license once: set ${project.key('License-Expression')} to an SPDX expression, and delete the \`License ::\` classifiers.`,
  precision: 'high',
  bad: [
    ...[
      ['MIT', 'BSD License'],
      ['GPL-3.0-only', 'GNU General Public License v2 (GPLv2)'],
    ].map(([license, classifier]) => of(license, classifier)),
    {
      wheel: {
        metadata: { 'License-Expression': null, License: 'BSD', Classifier: 'License :: Other/Proprietary License' },
        wheel: { Generator: 'poetry-core 2.1.1' },
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "demo"\nversion = "1.0"\nlicense = "MIT OR Apache-2.0"\n',
      },
    },
  ],
  good: [
    ['Our own', 'BSD License'],
    ['MIT', 'MIT License'],
    ['GPL-3.0-only', 'GNU General Public License v3 or later (GPLv3+)'],
    ['GPL-3.0-only', 'GNU General Public License v2 or later (GPLv2+)'],
    ['GPL-3.0-only', 'GNU General Public License (GPL)'],
  ].map(([license, classifier]) => of(license, classifier)),
  *check(subject) {
    const { metadata } = subject
    if (!metadata) return
    // With an expression, no license classifier is allowed: license-expression-with-classifier reports it.
    if (given(metadata, 'License-Expression').length > 0) return
    const [field] = given(metadata, 'License')
    if (!field) return
    if (isOfPoetry(subject)) {
      const added = metadata.all('Classifier').find(({ value }) => value === PROPRIETARY)
      if (isNamed(field.value) && (added || (isTree(subject) && isUnknownToPoetry(field.value)))) {
        yield finding(
          field,
          `${field.field} is ${quote(field.value)}, for which Poetry adds the classifier ${quote(PROPRIETARY)}.`,
          {
            severity: 'warning',
            help: `Write ${expressionsFor(field.value)} into \`license\` of \`[project]\`, for which Poetry adds no classifier, and remove it from \`[tool.poetry]\`.`,
            related: added && [{ ...added, message: 'The classifier' }],
          },
        )
        return
      }
    }
    const stated = textFamily(field.value)
    if (stated === undefined) return
    const named = metadata.all('Classifier').flatMap(({ value }) => classifierFamily(value) ?? [])
    if (named.length === 0 || (named.includes(stated) && !contradict(field.value, metadata.all('Classifier')))) return
    const classifier = metadata.all('Classifier').find(({ value }) => classifierFamily(value) !== undefined)
    yield finding(
      field,
      `${field.field} is ${quote(field.value)}, but the classifier is ${quote(classifier?.value ?? '')}.`,
      {
        related: classifier && [{ ...classifier, message: 'The classifier' }],
      },
    )
  },
})

const PROPRIETARY = 'License :: Other/Proprietary License'

const isOfPoetry = (subject: Wheel | Sdist): boolean =>
  subject.kind === 'wheel'
    ? generatorOf(subject)?.backend === 'poetry-core'
    : subject.pyproject !== undefined &&
      backendFamily(subject.pyproject) === 'poetry-core' &&
      !texts(subject.pyproject.get('tool', 'poetry', 'classifiers')).some(([, text]) => text === PROPRIETARY)

const expressionsFor = (text: string): string => {
  const sure = licenseExpressionFor(text)
  return (sure === undefined ? candidatesFor(text) : [sure]).map(one => `"${one}"`).join(' or ')
}

/** Does the text name a license that everybody may use, as far as it is known? */
function isNamed(text: string): boolean {
  const expression = licenseExpressionFor(text)
  return expression === undefined ? candidatesFor(text).length > 0 : !expression.includes('LicenseRef-')
}

/** Poetry knows the identifiers of single licenses and the names that SPDX gives them, most of which have the word. */
function isUnknownToPoetry(text: string): boolean {
  const parsed = attempt(parseLicenseExpression, text.trim())
  if (parsed) return parsed.licenses.length > 1 || /\sWITH\s/.test(text)
  return candidatesFor(text).length > 0 || !/licen[cs]e|attribution/i.test(text)
}

/** `GPL-3.0-or-later`: the version of a GNU license, and whether later ones are allowed too. */
function versionOf(expression: string | undefined) {
  const [, family, number, later] = /^(A?L?GPL)-(\d\.\d)-(only|or-later)$/.exec(expression ?? '') ?? []
  return family === undefined ? undefined : { family, number: Number(number), isOpen: later === 'or-later' }
}

/** Do all classifiers of its family name another version of a GNU license, with none that both allow? */
function contradict(license: string, classifiers: readonly { readonly value: string }[]): boolean {
  const own = versionOf(licenseExpressionFor(license))
  if (!own) return false
  const others = classifiers.filter(({ value }) => classifierFamily(value) === textFamily(license))
  return others.every(({ value }) => {
    const other = versionOf(CLASSIFIER_EXPRESSIONS.get(value))
    if (!other || other.number === own.number) return false
    return !(other.number < own.number ? other : own).isOpen
  })
}
