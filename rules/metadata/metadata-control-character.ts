import { within } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'

/** C0 without TAB, LF and CR; DEL; C1; bidirectional controls; zero-width characters and a stray byte order mark. */
const CONTROL = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/

export default rule({
  id: 'metadata-control-character',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, introduction',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A value contains an invisible control character.',
  why: 'Terminals act on control characters, and bidirectional or zero-width characters make one value look like another.',
  fix: 'Delete the character.',
  bad: [
    { wheel: { metadata: { Author: 'Ann\u200bExample' } } },
    { wheel: { metadata: { 'License-Expression': null, License: 'GNU LGPL\f\n        Version 3' } } },
  ],
  good: { wheel: { metadata: { Author: 'Ann Example' } } },
  *check({ metadata }) {
    for (const field of metadata?.fields ?? []) {
      // The description is prose: how it is displayed is up to the index.
      if (field.field === 'Description' || !field.utf8) continue
      const found = CONTROL.exec(field.value)
      if (!found) continue
      const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
      yield finding(
        within(field, found[0], found.index),
        `${field.field} contains the invisible character U+${code} at position ${found.index + 1}.`,
        isPageBreak(field.field, field.value) ? { severity: 'info' } : undefined,
      )
    }
  },
})

/** The texts of the GNU licenses have a form feed before each page, and no other such character. */
const isPageBreak = (field: string | undefined, value: string): boolean =>
  field === 'License' && !CONTROL.test(value.replaceAll('\f', ''))
