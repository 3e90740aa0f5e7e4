/** What packaging 26.4 answered; no Python is needed. test/conformance/packaging-parity.ts asks it anew. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  compareVersions,
  type MarkerEnvironment,
  normalizeName,
  parseLicenseExpression,
  parseMarker,
  parseRequirement,
  parseSpecifiers,
  parseVersion,
  requirementsEqual,
  StandardsError,
} from '../../src/standards/index.js'
import { type Answer, agree, answer, type Case } from '../conformance/packaging-answers.js'

function lines<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as T)
}

/** Hand-made cases, by kind; each kind has its own fields. */
interface Fact {
  readonly kind: string
  readonly input: string
  readonly ok?: boolean
  readonly str?: string
  readonly message?: string
  readonly start?: number
  readonly end?: number
}
interface Question<Input> {
  readonly kind: string
  readonly input: Input
  readonly prereleases?: boolean | null
  readonly result?: unknown
  readonly error?: string
}

const facts = lines<Fact>('packaging-cases.jsonl')
const questions = <Input>(kind: string) =>
  (facts as readonly unknown[] as readonly Question<Input>[]).filter(fact => fact.kind === kind)

const PARSERS: Readonly<Record<string, (text: string) => { toString(): string }>> = {
  version: parseVersion,
  'specifier-set': parseSpecifiers,
  requirement: parseRequirement,
  'license-expression': parseLicenseExpression,
  name: normalizeName,
}

/** The same fields as the fact has. */
function read(fact: Fact): Partial<Fact> {
  try {
    return { ok: true, str: String(PARSERS[fact.kind]?.(fact.input)) }
  } catch (error) {
    if (!(error instanceof StandardsError)) throw error
    const { message, offset: start, end = start } = error
    return {
      ok: false,
      ...(fact.message !== undefined && { message }),
      ...(fact.start !== undefined && { start }),
      ...(fact.end !== undefined && { end }),
    }
  }
}

describe('packaging 26.4 on hand-made cases', () => {
  for (const kind of Object.keys(PARSERS)) {
    it(`reads each ${kind} as packaging does, errors and their places included`, () => {
      const cases = facts.filter(fact => fact.kind === kind)
      expect(cases.length).toBeGreaterThan(10)
      for (const { kind: _, input, ...expected } of cases)
        expect({ input, ...read({ kind, input, ...expected }) }).toEqual({ input, ...expected })
    })
  }

  it('orders versions', () => {
    for (const { input } of questions<readonly string[]>('version-order')) {
      const versions = input.map(parseVersion)
      expect(versions.toReversed().sort(compareVersions).map(String)).toEqual(versions.map(String))
    }
  })

  it('decides which version is in a set', () => {
    for (const { input, prereleases, result } of questions<readonly [string, string]>('contains')) {
      const [set, version] = input
      const options = { prereleases: prereleases ?? undefined }
      expect({ input, result: parseSpecifiers(set).contains(version, options) }).toEqual({ input, result })
    }
    for (const { input, result } of questions<readonly [string, readonly string[]]>('filter'))
      expect({ input, result: parseSpecifiers(input[0]).filter(input[1]) }).toEqual({ input, result })
  })

  it('finds the sets that nothing satisfies', () => {
    for (const { input, result } of questions<string>('unsatisfiable'))
      expect({ input, result: parseSpecifiers(input).isUnsatisfiable() }).toEqual({ input, result })
  })

  it('compares requirements', () => {
    for (const { input, result } of questions<readonly [string, string]>('requirement-equal')) {
      const [a, b] = input
      expect({ input, result: requirementsEqual(parseRequirement(a), parseRequirement(b)) }).toEqual({ input, result })
    }
  })

  it('evaluates markers', () => {
    const environment = questions<MarkerEnvironment>('marker-environment')[0]?.input ?? {}
    for (const { input, result, error } of questions<string>('marker-eval')) {
      const evaluate = () => parseMarker(input).evaluate(environment)
      if (error === undefined) expect({ input, result: evaluate() }).toEqual({ input, result })
      else expect(evaluate, input).toThrow(StandardsError)
    }
  })
})

describe('packaging 26.4 on recorded random cases', () => {
  it('gives the same answers', () => {
    const recorded = lines<readonly [Case, Answer]>('recorded-cases.jsonl')
    expect(recorded.length).toBeGreaterThan(1000)
    const different = recorded.filter(([asked, expected]) => !agree(answer(asked), expected))
    expect(different).toEqual([])
  })
})
