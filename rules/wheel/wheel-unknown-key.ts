import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

const KNOWN = new Set(['wheel-version', 'generator', 'root-is-purelib', 'tag', 'build'])
/** Keys of old tools and of the deferred PEP 491. */
const OLD = new Set(['packager', 'install-paths-to'])

export default rule({
  id: 'wheel-unknown-key',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'WHEEL contains a key that the specification does not define.',
  why: 'The key has no effect. If it is a misspelling, the intended key is missing.',
  fix: 'Correct the spelling, or remove the line.',

  bad: [{ wheel: { wheel: { 'Root-Is_Purelib': 'true' } } }, { wheel: { wheel: { Packager: 'bdist_wheel' } } }],
  good: { wheel: {} },
  *check(wheel) {
    for (const field of wheel.wheelFile?.fields ?? []) {
      const key = field.field.toLowerCase()
      // Entries of an early variantlib have a rule of their own.
      if (KNOWN.has(key) || /^variant(?:-|$)/.test(key)) continue
      yield finding(nameOf(field), `${quote(field.field)} is not a key of WHEEL.`, {
        severity: OLD.has(key) ? 'info' : 'warning',
        subject: key,
      })
    }
  },
})
