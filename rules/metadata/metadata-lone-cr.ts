import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'metadata-lone-cr',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, introduction (header format)',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A carriage return without a line feed stands in the headers.',
  why: 'It ends the line for Python and not for other readers, which therefore see other fields.',
  fix: 'Use LF line ends in the files the metadata comes from.',
  bad: {
    wheel: { rawMetadata: 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nSummary: A demo\rAuthor: Ann\n\nText\n' },
  },
  good: { wheel: {} },
  *check({ metadata }) {
    const found = metadata?.problems.find(problem => problem.kind === 'lone-cr')
    if (!metadata || !found) return
    yield finding(
      found,
      `${metadata.member} has a carriage return without line feed, which ends the line for some readers only.`,
    )
  },
})
