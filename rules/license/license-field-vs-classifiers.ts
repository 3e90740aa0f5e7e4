import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { CLASSIFIER_EXPRESSIONS, classifierFamily, licenseExpressionFor, textFamily } from '../../src/views/licenses.js'
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
  why: 'The license that a tool reports depends on which of the two it reads.',
  fix: project =>
    `State the license once: set ${project.key('License-Expression')} to an SPDX expression, and delete the \`License ::\` classifiers.`,
  precision: 'high',
  bad: [
    ['MIT', 'BSD License'],
    ['GPL-3.0-only', 'GNU General Public License v2 (GPLv2)'],
  ].map(([license, classifier]) => of(license, classifier)),
  good: [
    ['MIT', 'MIT License'],
    ['GPL-3.0-only', 'GNU General Public License v3 or later (GPLv3+)'],
    ['GPL-3.0-only', 'GNU General Public License v2 or later (GPLv2+)'],
    ['GPL-3.0-only', 'GNU General Public License (GPL)'],
  ].map(([license, classifier]) => of(license, classifier)),
  *check({ metadata }) {
    if (!metadata) return
    // With an expression, no license classifier is allowed: license-expression-with-classifier reports it.
    if (given(metadata, 'License-Expression').length > 0) return
    const [field] = given(metadata, 'License')
    const stated = field && textFamily(field.value)
    if (!field || stated === undefined) return
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
