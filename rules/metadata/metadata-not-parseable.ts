import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'metadata-not-parseable',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Core metadata specification, introduction (header format)',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'The metadata file does not start with header lines.',
  why: 'Parsers read everything as the description, so the name, version and dependencies are lost and no tool accepts the file.',
  fix: 'Start the file with `Metadata-Version: …`, and save it as UTF-8 without a byte order mark.',
  pypiMessage: 'None is not a valid metadata version',
  bad: { wheel: { rawMetadata: '\nMetadata-Version: 2.1\nName: demo\nVersion: 1.0\n' } },
  good: { wheel: {} },
  *check({ metadata }) {
    if (!metadata || metadata.fields.length > 0) return
    const kinds = new Map(metadata.problems.map(problem => [problem.kind, problem]))
    const bom = kinds.get('byte-order-mark')
    const first = metadata.lineText(1)
    if (bom) {
      yield finding(
        bom,
        `${metadata.member} starts with a byte order mark, so no parser reads its first line as a header.`,
        {
          help: 'Save the file as UTF-8 without a byte order mark.',
        },
      )
    } else if (first === undefined || (first === '' && metadata.body.text === '')) {
      yield finding({ member: metadata.member, line: 1 }, `${metadata.member} is empty.`)
    } else {
      const what = first.trim() === '' ? 'Line 1 is blank' : `Line 1 is not a header: ${quote(first)}`
      yield finding(
        kinds.get('not-headers') ?? { member: metadata.member, line: 1 },
        `${what}. Parsers read the whole file as the description.`,
      )
    }
  },
})
