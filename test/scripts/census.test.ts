import { describe, expect, test } from 'vitest'
import { barChart } from '../../scripts/census/chart.js'
import { type FileRecord, wasteIn, yearOf } from '../../scripts/census/records.js'
import { take } from '../../scripts/census/take.js'

const record = (over: Partial<FileRecord>): FileRecord => ({
  file: 'demo-1.0-py3-none-any.whl',
  project: 'demo',
  kind: 'wheel',
  size: 10,
  unpacked: 100,
  backend: 'flit-core',
  year: 2024,
  waste: {},
  findings: [],
  ...over,
})

describe('the census', () => {
  test('counts files and projects by rule', () => {
    const found = { rule: 'summary-multiline', severity: 'error', count: 3, refused: true } as const
    const census = take(
      [record({ findings: [found] }), record({ project: 'other', findings: [found] }), record({})],
      '',
    )
    expect(census).toMatchObject({ files: 3, projects: 2, refused: 2 })
    expect(census.refusals).toEqual([{ name: 'summary-multiline', files: 2, projects: 2 }])
  })

  test('takes no year from fixed dates', () => {
    const at = (day: string) => [{ mtime: Date.parse(day) / 1000 }]
    expect(yearOf(at('2020-02-02'))).toBeUndefined()
    expect(yearOf(at('1980-01-01'))).toBeUndefined()
    expect(yearOf([...at('2020-02-02'), ...at('2023-05-01')])).toBe(2023)
  })

  test('counts each byte once', () => {
    const file = (path: string, sha256: string) => ({ path, sha256, actualSize: 10 })
    const files = [file('demo/a.py', 'a'), file('demo/b.py', 'a'), file('tests/a.py', 'a'), file('demo/a.pyc', 'p')]
    const wheel = { members: { files }, natives: new Map(), distInfo: 'demo-1.0.dist-info' }
    expect(wasteIn(wheel as unknown as Parameters<typeof wasteIn>[0])).toEqual({
      duplicates: 10,
      tests: 10,
      caches: 10,
    })
  })

  test('a chart says in words what it shows', () => {
    const svg = barChart('A <title>', [{ label: 'a & b', value: 2, text: '2' }])
    expect(svg).toContain('<title id="title">A &lt;title></title>')
    expect(svg).toContain('<desc id="desc">a &amp; b: 2</desc>')
  })
})
