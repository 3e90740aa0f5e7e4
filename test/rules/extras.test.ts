import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import collision from '../../rules/dependencies/extra-collision.js'
import notNormalized from '../../rules/dependencies/extra-not-normalized.js'
import duplicate from '../../rules/dependencies/requirement-duplicate.js'
import self from '../../rules/dependencies/requirement-self.js'
import selfInvalid from '../../rules/dependencies/requirement-self-invalid.js'
import { auditBuilt } from '../support/audit-built.js'

const RULES = [collision, notNormalized, duplicate, self, selfInvalid]

async function found(extras: readonly string[], ...requires: readonly string[]) {
  const metadata = { 'Metadata-Version': '2.4', 'Provides-Extra': extras, 'Requires-Dist': requires }
  const { findings, errors } = await auditBuilt(await buildExample({ wheel: { metadata } }), RULES)
  expect(errors).toEqual([])
  return findings.map(({ severity, rule, message }) => [`${severity} ${rule}`, message] as const)
}

const verdicts = async (extras: readonly string[], ...requires: readonly string[]) =>
  (await found(extras, ...requires)).map(([verdict]) => verdict)

describe('two spellings of one extra', () => {
  it('are told once where they bring the same', async () => {
    const extras = ['a-b', 'a_b', 'c-d', 'c_d']
    const lines = extras.flatMap(extra => [`x; extra == '${extra}'`, `y>=1; extra == '${extra}'`])
    const [first, ...more] = await found(extras, ...lines)
    expect(first?.[0]).toBe('info extra-collision')
    expect(first?.[1]).toContain("'a_b' and 'c_d'")
    expect(more).toEqual([])
  })

  it('may stand in markers in one form only', async () => {
    expect(await verdicts(['a-b', 'a_b'], 'x; extra == "a_b"')).toEqual(['info extra-collision'])
  })

  it.each([
    ['another requirement', 'x; extra == "a-b"', 'y; extra == "a_b"'],
    ['another version', 'x; extra == "a-b"', 'x>=2; extra == "a_b"'],
    ['another marker', 'x; extra == "a-b"', 'x; os_name == "nt" and extra == "a_b"'],
    ['one more', 'x; extra == "a-b"', 'x; extra == "a_b"', 'y; extra == "a_b"'],
  ])('are an error where they bring %s', async (_, ...requires) => {
    expect(await verdicts(['a-b', 'a_b'], ...requires)).toEqual(['error extra-collision'])
  })

  it('leave a name that has no normalized form beside it to its rule', async () => {
    expect(await verdicts(['a_b', 'c_d'], 'x; extra == "a_b"')).toEqual(['warning extra-not-normalized'])
  })
})

describe('requirements that are given twice', () => {
  it('are told once', async () => {
    expect(await verdicts([], 'x', 'y', 'x', 'y')).toEqual(['info requirement-duplicate'])
  })
  it('are told apart where both versions must hold', async () => {
    expect(await verdicts([], 'x>=1', 'x<2', 'y', 'y')).toEqual(Array(2).fill('info requirement-duplicate'))
  })
})

describe('requirements of the project on itself', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['join extras', ['x; extra == "a"', 'demo[a]; extra == "b"'], []],
    ['join extras in another spelling', ['x; extra == "a"', 'Demo[A]==1.*; extra == "b"'], []],
    ['exclude the version', ['demo[a]>1.0; extra == "b"'], ['error requirement-self-invalid']],
    [
      'exclude the version somewhere',
      ['demo[a]<1; os_name == "nt" and extra == "b"'],
      ['warning requirement-self-invalid'],
    ],
    ['exclude the version without an extra', ['demo>1.0'], ['error requirement-self-invalid']],
    ['have no effect', ['demo'], ['warning requirement-self']],
    ['name no extra', ['demo[c]; extra == "b"'], ['warning requirement-self-invalid']],
    ['go in a circle', ['demo[a]; extra == "b"', 'demo[b]; extra == "a"'], ['warning requirement-self-invalid']],
    ['go in a circle of one', ['demo[a,b]; extra == "b"'], ['warning requirement-self-invalid']],
    ['meet in one extra', ['demo[a]; extra == "b"', 'demo[a,b]; extra == "d"', 'x; extra == "a"'], []],
  ])('%s', async (_, requires, expected) => {
    expect(await verdicts(['a', 'b', 'd'], ...requires)).toEqual(expected)
  })

  it('are not advised to name the extra that they are in', async () => {
    const metadata = { 'Provides-Extra': ['test'], 'Requires-Dist': 'demo[tests]; extra == "test"' }
    const { findings } = await auditBuilt(await buildExample({ wheel: { metadata } }), [selfInvalid])
    expect(findings.map(({ message, help }) => [message, help])).toEqual([
      [
        "The project requires its own extra 'tests', which it does not declare.",
        "Declare the extra 'tests', or remove the requirement.",
      ],
    ])
  })
})
