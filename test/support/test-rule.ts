/** What a rule that tests write must say. */
export const TEST_RULE = {
  topic: 'metadata',
  severity: 'error',
  enforcedBy: [],
  force: 'none',
  source: 'Test',
  url: 'https://example.org/',
  summary: 'A test.',
  why: 'A test.',
  fix: 'A test.',
  bad: { wheel: {} },
  good: { wheel: {} },
} as const
