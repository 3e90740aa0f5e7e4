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
  summary: 'The headers contain a carriage return without a line feed.',
  why: 'It ends the line for Python but not for other parsers, so they see different fields.',
  fix: 'Use LF line endings in the files that the metadata comes from.',
  bad: {
    wheel: { rawMetadata: 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nSummary: A demo\rAuthor: Ann\n\nText\n' },
  },
  good: { wheel: {} },
  *check({ metadata }) {
    const found = metadata?.problems.find(problem => problem.kind === 'lone-cr')
    if (!metadata || !found) return
    yield finding(
      found,
      `${metadata.member} contains a carriage return without a line feed, which ends the line for some parsers only.`,
    )
  },
})
