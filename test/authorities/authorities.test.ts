import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RULES } from '../../rules/registry/index.js'
import manylinux from '../../src/data/native/manylinux.json' with { type: 'json' }
import windlls from '../../src/data/native/windlls.json' with { type: 'json' }
import { RECORDED_TOOLS, TWINE_TODAY } from '../../src/standards/authorities.js'
import { type Audited, differences, EXPLAINED, findingsOn, neverShown } from './compare.js'
import { examplesOf, isTried, parseTable, TABLE, type Tried } from './examples.js'

const { rows, versions } = parseTable(readFileSync(TABLE, 'utf8'))
const tried: Tried[] = []
for await (const one of examplesOf(RULES.filter(isTried))) tried.push(one)

it('has what the tools say of each example as it is now', () => {
  const stale = tried.filter(({ key, hash }) => rows.get(key)?.hash !== hash).map(({ key }) => key)
  expect(stale, '`npm run authorities` asks the tools again').toEqual([])
  const keys = new Set(tried.map(({ key }) => key))
  const gone = [...rows.keys()].filter(key => !keys.has(key))
  expect(gone, '`npm run authorities` leaves out what is gone').toEqual([])
})

it('has the versions that `--version --verbose` lists', () => {
  const listed = Object.fromEntries(RECORDED_TOOLS.map(({ name, version }) => [name, version]))
  const { pip, uv, twine, packaging } = versions
  expect({ pip, uv, twine, packaging }).toEqual({
    pip: listed.pip,
    uv: listed.uv,
    twine: listed.twine,
    packaging: TWINE_TODAY.packaging,
  })
  // Their tables are of the versions whose verdicts were recorded.
  expect([listed.auditwheel, listed.delvewheel]).toEqual([manylinux.version, windlls.version])
})

describe.each(RULES.filter(isTried).map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  const own = tried.filter(one => one.rule === rule && rows.get(one.key)?.hash === one.hash)

  it('names those who refuse its examples', async () => {
    const found: string[] = []
    const audited: Audited[] = []
    for (const one of own) {
      const findings = await findingsOn(one)
      const { answers } = rows.get(one.key)!
      audited.push({ findings, answers })
      const different = differences(findings, answers)
      if (different.length > 0 && EXPLAINED[one.key] === undefined)
        found.push(...different.map(text => `${one.key}: ${text}`))
      if (different.length === 0 && EXPLAINED[one.key] !== undefined) found.push(`${one.key}: nothing to explain`)
    }
    found.push(...neverShown(rule, audited))
    expect(found).toEqual([])
  })
})
