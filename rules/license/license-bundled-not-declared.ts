import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { andMore, list } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'
import { declared, family, isPermissive } from './_declared.js'
import { asksForCopyleft, contradictingText, type Evidence, evidence, expressionOf, isCoveredBy } from './_evidence.js'

/** Places besides the first one that a finding shows. */
const MOST_RELATED = 9

const BOOST =
  '// Distributed under the Boost Software License, Version 1.0.\n// (See accompanying file LICENSE_1_0.txt)\n'

const GNU =
  ' * This program is free software; you can redistribute it and/or modify\n * it under the terms of the GNU General Public License as published by\n * the Free Software Foundation; either version 2 of the License, or (at\n * your option) any later version.\n'

export default rule({
  id: 'license-bundled-not-declared',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 639, "Add License-Expression field"',
  url: coreMetadata('license-expression'),
  summary: 'The archive contains code under a license that the metadata does not name.',
  why: 'Users who rely on the metadata violate the license of the bundled code.',
  fix: project => `Name every license of the archive under ${project.key('License-Expression')}, joined with AND.`,
  byHand: 'Which license holds is a decision of the project.',
  precision: 'medium',
  needs: ['license-texts'],
  bad: [
    { wheel: { files: { 'demo/_vendor/any.hpp': BOOST } } },
    { wheel: { files: { 'demo/static/app.js': '/* SPDX-License-Identifier: ISC */\napp()\n' } } },
    { wheel: { files: { 'demo.libs/libboost_system-0cd532bd.so.1': 'not really a library\n' } } },
    { sdist: { files: { '{top}/src/demo/any.c': '/* SPDX-License-Identifier: GPL-2.0-or-later */\n' } } },
    {
      sdist: {
        metadata: {
          'License-Expression': null,
          'License-File': null,
          'Metadata-Version': '2.1',
          Classifier: 'License :: OSI Approved :: BSD License',
        },
        files: { '{top}/src/demo/log1p.c': `/* Copyright (C) 2000 A. Person\n${GNU}*/\n` },
      },
    },
  ],
  good: [
    { wheel: { metadata: { 'License-Expression': 'MIT AND BSL-1.0' }, files: { 'demo/_vendor/any.hpp': BOOST } } },
    {
      sdist: {
        metadata: {
          'License-Expression': null,
          'License-File': null,
          'Metadata-Version': '2.1',
          Classifier: 'License :: OSI Approved :: BSD License',
        },
        files: {
          '{top}/src/demo/parse.c': `/* Copyright (C) 2000 A. Person\n${GNU} *\n * As a special exception, you may distribute a larger work that\n * has this file under terms of your choice. */\n`,
          '{top}/src/demo/headers.py': `HEADER = '''\n${GNU}'''\n`,
        },
      },
    },
    { wheel: { files: { 'demo/a.js': '/* SPDX-License-Identifier: ISC OR MIT */\napp()\n' } } },
    { wheel: { files: { 'demo/headers.py': 'TEXT = "SPDX-License-Identifier: GPL-3.0-only"\n' } } },
  ],
  *check(subject) {
    const metadata = declared(subject)
    if (!metadata) return
    const { at, value, field, expression } = metadata
    const own = contradictingText(subject, metadata)?.member
    const all = evidence(subject)
    const missing = notNamed(
      metadata.ids,
      all.filter(one => one.member !== own),
    )
    const permissive = isPermissive(metadata, subject)
    // A file that also contains the declared license lists the licenses of everything the project publishes, of which this may be a part.
    const lists = new Set(
      all.filter(one => one.kind === 'text' && isCoveredBy(metadata.ids, one)).map(one => one.member),
    )
    const isCopyleftFor = (one: Evidence) =>
      permissive && one.confidence === 'high' && one.isForCode && asksForCopyleft(one) && !lists.has(one.member)
    const found = withoutCopies(expression ? missing : missing.filter(isCopyleftFor))
    const copyleft = found.filter(isCopyleftFor)
    const first = copyleft[0] ?? found.find(one => one.confidence === 'high') ?? found[0]
    if (!first) return
    const byLicense = groupBy([...copyleft, ...found], licenseOf)
    const names = [...byLicense.values()].map(list => {
      const name = expressionOf(list[0])
      const alone = name.includes(' OR ') && byLicense.size > 1 ? `(${name})` : name
      return list.some(one => copyleft.includes(one)) ? `${alone} (copyleft)` : alone
    })
    const files = new Map(found.map(one => [one.member, one]))
    const what = byLicense.size > 1 ? first.what.replace('license text', `text of ${expressionOf(first)}`) : first.what
    const weakest = found.every(one => one.confidence === 'high') ? 'high' : 'medium'
    const terms = [...byLicense.values()]
      .map(([one]) => expressionOf(one))
      .map(name => (name.includes(' OR ') ? `(${name})` : name))
    const whole = expression && [expression.tree.kind === 'or' ? `(${expression})` : String(expression), ...terms]
    // Some write the whole text there.
    const short = value.split('\n', 1)[0] ?? ''
    yield finding(
      first,
      `${field} ${quote(short)} does not name ${list(names)}: ${quote(first.member)} ${what}${andMore(files.size - 1, 'file')}. Confidence: ${copyleft.length > 0 ? first.confidence : weakest}.`,
      {
        severity: copyleft.length > 0 ? 'warning' : undefined,
        help: whole
          ? `If this code is part of the distribution, the license expression is \`${whole.join(' AND ')}\`.`
          : `If this code is part of the distribution, add \`${terms.join(' AND ')}\` to the license expression.`,
        subject: `${field} ${terms.join(' ')}`,
        related: [
          { ...at, message: `${field} is ${quote(short)}.` },
          ...[...files.values()]
            .filter(one => one.member !== first.member)
            .slice(0, MOST_RELATED)
            .map(one => ({ member: one.member, line: one.line, message: `${expressionOf(one)}: ${one.what}.` })),
        ],
      },
    )
  },
})

/** `LGPL-2.1-only` and `LGPL-2.1-or-later` of different files are one license. */
const licenseOf = (one: Evidence): string => {
  const expression = expressionOf(one)
  return expression.includes(' ') ? expression : family(expression)
}

/** Texts that the top folder of an sdist has too, as for a package in a part of a repository, are told once. */
function withoutCopies(found: readonly Evidence[]): readonly Evidence[] {
  const keyOf = (one: Evidence) => `${one.member.slice(one.member.lastIndexOf('/') + 1)} ${expressionOf(one)}`
  const isText = ({ kind }: Evidence) => kind === 'text'
  const isAtTop = ({ member }: Evidence) => member.split('/').length === 2
  const atTop = new Set(found.filter(one => isText(one) && isAtTop(one)).map(keyOf))
  return found.filter(one => !isText(one) || isAtTop(one) || !atTop.has(keyOf(one)))
}

/** What neither the metadata nor other evidence to be reported names. */
function notNamed(ids: ReadonlySet<string>, all: readonly Evidence[]): readonly Evidence[] {
  const missing = all.filter(one => !isCoveredBy(ids, one))
  const certain = missing.filter(({ options }) => options.length === 1)
  const idsOf = (some: readonly Evidence[]) => new Set(some.flatMap(({ options }) => options.flatMap(one => one.ids)))
  const named = idsOf(certain)
  const surelyNamed = idsOf(certain.filter(one => one.confidence === 'high'))
  // The LLVM projects have the Apache text, and an exception in each file.
  const excepted = new Set(certain.map(expressionOf).filter(name => name.startsWith('Apache-2.0 WITH ')))
  return missing.filter(one =>
    one.options.length === 1
      ? one.kind !== 'text' || expressionOf(one) !== 'Apache-2.0' || excepted.size === 0
      : !isCoveredBy(one.confidence === 'high' ? surelyNamed : named, one),
  )
}
