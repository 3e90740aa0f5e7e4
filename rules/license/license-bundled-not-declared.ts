import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { andMore } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'
import { contradictingText, covers, declared, evidence, toWrite } from './_bundled.js'

const BOOST =
  '// Distributed under the Boost Software License, Version 1.0.\n// (See accompanying file LICENSE_1_0.txt)\n'

export default rule({
  id: 'license-bundled-not-declared',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 639, "Add License-Expression field"',
  url: coreMetadata('license-expression'),
  summary: 'The archive holds code under a licence that the metadata does not name.',
  why: 'Whoever goes by the metadata breaks the terms of the code that is bundled.',
  fix: 'Name every licence of the archive in `license`, joined with AND.',
  precision: 'medium',
  needs: ['license-texts'],
  bad: [
    { wheel: { files: { 'demo/_vendor/any.hpp': BOOST } } },
    { wheel: { files: { 'demo/static/app.js': '/* SPDX-License-Identifier: ISC */\napp()\n' } } },
    { wheel: { files: { 'demo.libs/libboost_system-0cd532bd.so.1': 'not really a library\n' } } },
    { sdist: { files: { '{top}/src/demo/any.c': '/* SPDX-License-Identifier: GPL-2.0-or-later */\n' } } },
  ],
  good: [
    { wheel: { metadata: { 'License-Expression': 'MIT AND BSL-1.0' }, files: { 'demo/_vendor/any.hpp': BOOST } } },
    { wheel: { files: { 'demo/a.js': '/* SPDX-License-Identifier: ISC OR MIT */\napp()\n' } } },
    { wheel: { files: { 'demo/headers.py': 'TEXT = "SPDX-License-Identifier: GPL-3.0-only"\n' } } },
  ],
  *check(subject) {
    const metadata = declared(subject)
    if (!metadata) return
    const { at, value, field, ids, expression } = metadata
    const own = contradictingText(subject, metadata)?.member
    const missing = evidence(subject).filter(one => one.member !== own && !covers(ids, one.ids))
    for (const [id, list] of groupBy(missing, toWrite)) {
      const first = list.find(one => one.confidence === 'high') ?? list[0]
      const files = new Set(list.map(one => one.member)).size
      const more = andMore(files - 1, 'file')
      const whole = expression.tree.kind === 'or' ? `(${expression})` : String(expression)
      yield finding(
        first,
        `${field} ${quote(value)} does not name ${id}: ${quote(first.member)} ${first.what}${more}. Confidence: ${first.confidence}.`,
        {
          help: `If this code is in the file for use, the licence expression is \`${whole} AND ${id}\`.`,
          subject: `${field} ${id}`,
          related: [{ ...at, message: `${field} is ${quote(value)}.` }],
        },
      )
    }
  },
})
