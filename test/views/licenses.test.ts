import { describe, expect, it } from 'vitest'
import { CLASSIFIERS } from '../../src/standards/classifiers.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression } from '../../src/standards/license-expression.js'
import {
  AMBIGUOUS_CLASSIFIERS,
  CLASSIFIER_EXPRESSIONS,
  classifierFamily,
  licenseExpressionFor,
  licenseHint,
  licenseIdPlace,
  licensePathProblem,
  textFamily,
} from '../../src/views/licenses.js'

describe('License-File', () => {
  it.each(['LICENSE', 'licenses/a b.txt', 'a[1]', 'LICENSE?', '.'])('may be %j', path => {
    expect(licensePathProblem(path)).toBeUndefined()
  })

  it.each(['../x', 'a..b', 'a*', '/x', 'C:/x', '\\\\host\\x', '', 'a\\b', 'a//b', './a', 'a/'])(
    'may not be %j',
    path => {
      expect(licensePathProblem(path)).toBeDefined()
    },
  )
})

describe('the expression that an old licence text stands for', () => {
  it.each([
    ['MIT', 'MIT'],
    ['mit', 'MIT'],
    ['MIT License', 'MIT'],
    ['The MIT License', 'MIT'],
    ['Apache 2.0', 'Apache-2.0'],
    ['Apache License, Version 2.0', 'Apache-2.0'],
    ['GPLv3+', 'GPL-3.0-or-later'],
    ['Proprietary', 'LicenseRef-Proprietary'],
    ['MIT OR apache-2.0', 'MIT OR Apache-2.0'],
  ])('%j is %j', (text, expression) => {
    expect(licenseExpressionFor(text)).toBe(expression)
  })

  it.each(['BSD', 'BSD License', 'GPL', 'see LICENSE', '', 'MIT '.repeat(100)])('%j is none', text => {
    expect(licenseExpressionFor(text)).toBeUndefined()
  })
})

describe('licence classifiers', () => {
  const known = (classifier: string) => CLASSIFIERS.all.has(classifier) || CLASSIFIERS.deprecated.has(classifier)

  it('names classifiers of the list and valid expressions only', () => {
    expect([...CLASSIFIER_EXPRESSIONS.keys(), ...AMBIGUOUS_CLASSIFIERS].filter(name => !known(name))).toEqual([])
    const expressions = [...CLASSIFIER_EXPRESSIONS.values()]
    expect(expressions.filter(text => attempt(parseLicenseExpression, text)?.toString() !== text)).toEqual([])
  })

  it('puts a classifier and its expression into one family', () => {
    for (const [classifier, expression] of CLASSIFIER_EXPRESSIONS) {
      const family = classifierFamily(classifier)
      if (family !== undefined) expect(textFamily(expression), classifier).toBe(family)
    }
  })
})

it('finds an identifier in an expression, whatever its case', () => {
  const value = '(mit-0 OR MIT) AND gpl-2.0+ AND GPL-2.0'
  const field = {
    member: 'METADATA',
    line: 7,
    column: 21,
    field: 'License-Expression',
    writtenName: 'License-Expression',
    value,
    utf8: true,
    bad: undefined,
    known: true,
  }
  const at = (id: string) => (licenseIdPlace(field, id).column ?? 0) - 21
  expect(at('MIT')).toBe(value.indexOf('MIT'))
  expect(at('GPL-2.0+')).toBe(value.indexOf('gpl-2.0+'))
  expect(licenseIdPlace(field, 'GPL-2.0').mark).toBe('gpl-2.0')
  expect(licenseIdPlace(field, 'ISC')).toBe(field)
})

describe('what a text that is not an expression may mean', () => {
  it.each([
    ['BSD', " Did you mean 'BSD-2-Clause' or 'BSD-3-Clause'?"],
    ['BSD License', " Did you mean 'BSD-2-Clause' or 'BSD-3-Clause'?"],
    ['BSD-style', " Did you mean 'BSD-2-Clause' or 'BSD-3-Clause'?"],
    ['GPL-3', " Did you mean 'GPL-3.0-only' or 'GPL-3.0-or-later'?"],
    ['GNU General Public License v2', " Did you mean 'GPL-2.0-only' or 'GPL-2.0-or-later'?"],
    ['GNU Lesser General Public License v2.1', " Did you mean 'LGPL-2.1-only' or 'LGPL-2.1-or-later'?"],
    ['AGPL v3', " Did you mean 'AGPL-3.0-only' or 'AGPL-3.0-or-later'?"],
    ['Apache 2.0', " Did you mean 'Apache-2.0'?"],
    ['AGPL 2', ''],
    ['GPL', ''],
    ['BSD or GPL', ''],
    ['', ''],
  ])('%s', (text, hint) => expect(licenseHint(text)).toBe(hint))
})
