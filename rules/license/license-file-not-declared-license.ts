import { finding, quote, rule } from '../../src/rule.js'
import { shownMember } from '../../src/views/tree.js'
import { coreMetadata } from '../shared/specifications.js'
import { declared, isPermissive } from './_declared.js'
import { asksForCopyleft, contradictingText, expressionOf } from './_evidence.js'

const ISC = `ISC License

Copyright (c) 2026 Ann Author

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF
CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
`

export default rule({
  id: 'license-file-not-declared-license',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 639, "Add License-Expression field"',
  url: coreMetadata('license-expression'),
  summary: 'The license text does not match the license that the metadata names.',
  why: 'Nobody can tell which of the two licenses applies.',
  fix: project => `Correct ${project.key('License-Expression')}, or put the right text into the license file.`,
  byHand: 'Which license holds is a decision of the project.',
  precision: 'high',
  needs: ['license-texts'],
  bad: [
    { wheel: { files: { '{dist-info}/licenses/LICENSE': ISC } } },
    { sdist: { files: { '{top}/LICENSE': ISC } } },
    { wheel: { files: { '{dist-info}/licenses/LICENSE': null }, make: 'licenseOfLgpl' } },
  ],
  good: [
    { wheel: { metadata: { 'License-Expression': 'ISC' }, files: { '{dist-info}/licenses/LICENSE': ISC } } },
    { wheel: { metadata: { 'License-Expression': 'MIT OR ISC' }, files: { '{dist-info}/licenses/LICENSE': ISC } } },
    { wheel: {} },
  ],
  *check(subject) {
    const metadata = declared(subject)
    const text = metadata && contradictingText(subject, metadata)
    if (!metadata || !text) return
    const { at, value, field, expression } = metadata
    const isWorse = asksForCopyleft(text) && isPermissive(metadata, subject)
    // Words that are not an expression may refer to more than one license.
    if (!expression && !isWorse) return
    yield finding(
      at,
      `${field} is ${quote(value)}, but ${quote(shownMember(subject, text.member))} contains the text of ${expressionOf(text)} (${text.what.replace(/^.*\((.*)\)$/, '$1')}). Confidence: ${text.confidence}.`,
      {
        severity: isWorse ? 'warning' : undefined,
        related: [
          {
            member: text.member,
            message: `The text of ${text.options.flatMap(option => option.ids).join(' or ')}.`,
          },
        ],
      },
    )
  },
})
