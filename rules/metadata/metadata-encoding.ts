import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'metadata-encoding',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pip'],
  force: 'MUST',
  source: 'Core metadata specification, introduction (UTF-8)',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'Part of the metadata is not UTF-8.',
  why: 'twine rejects the file, pip refuses to install a wheel, and other tools lose the field or show wrong characters.',
  fix: 'Save the file that the value comes from (pyproject.toml, setup.py or the README) as UTF-8 and rebuild.',
  byHand: 'Only a person knows which encoding the file has.',
  pypiMessage: "unrecognized or malformed field 'author'",
  bad: { wheel: { make: 'latin1Author' } },
  good: { wheel: { metadata: { Author: 'André' } } },
  *check({ kind, metadata }) {
    if (!metadata) return
    // pip reads METADATA as a whole, and does not read the PKG-INFO of an sdist.
    const more = kind === 'wheel' ? {} : ({ enforcedBy: ['twine', 'packaging'] } as const)
    for (const field of metadata.fields)
      if (field.bad) yield finding(field.bad, `The value of ${field.field} is not UTF-8: ${quote(field.value)}.`, more)
    // packaging and twine pass over such a line.
    const passed = metadata.problems.find(problem => problem.kind === 'line-not-utf8')
    if (passed && kind === 'wheel')
      yield finding(passed, `Line ${passed.line} of the headers is not UTF-8: ${quote(passed.text)}.`, {
        enforcedBy: ['pip'],
      })
    if (metadata.body.utf8) return
    const at = metadata.problems.find(problem => problem.kind === 'body-not-utf8')
    yield finding(
      at ?? { member: metadata.member, line: metadata.body.line, field: 'Description' },
      'The description after the headers is not UTF-8.',
      more,
    )
  },
})
