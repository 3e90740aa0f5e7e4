import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'

export default rule({
  id: 'index-requires-python-differs',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Simple repository API, "JSON Serialization": requires-python (PEP 503, PEP 691)',
  url: 'https://packaging.python.org/en/latest/specifications/simple-repository-api/#json-serialization',
  summary: 'The index states a different Requires-Python than the metadata.',
  why: 'pip and uv choose files by the value on the index: on some versions of Python they skip a file that would work, or choose one that they then refuse to install.',
  fix: 'Have the index read the metadata of the file again.',
  byHand: 'The index has to be corrected, not the project.',
  bad: { wheel: { listed: { requiresPython: '>=3.6' } } },
  good: [
    { wheel: { listed: { requiresPython: '>=3.9' } } },
    { wheel: { metadata: { 'Requires-Python': '>=3.9, <4' }, listed: { requiresPython: '<4,>=3.9' } } },
  ],
  *check({ listed, metadata }) {
    const stated = listed?.requiresPython
    // An index may leave it out.
    if (!metadata || stated === undefined || stated.trim() === '') return
    const field = metadata.first('Requires-Python')
    const own = field?.value ?? ''
    const [here, there] = [own, stated].map(text => attempt(parseSpecifiers, text))
    if (own.trim() === stated.trim() || (here && there?.equals(here))) return
    yield finding(
      field ?? { member: metadata.member },
      `The index states that the file requires Python ${quote(stated)}, but its metadata ${own === '' ? 'does not have a Requires-Python' : `has ${quote(own)}`}.`,
    )
  },
})
