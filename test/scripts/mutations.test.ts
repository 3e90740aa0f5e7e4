import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RULES } from '../../rules/registry/index.js'
import { MUTATIONS } from '../../scripts/mutations.js'
import { auditExamples } from '../../scripts/rule-output.js'

it.each(MUTATIONS.map(one => [one.name, one] as const))(
  '`npm run mutate` finds where to break: %s',
  (_, { file, from, to }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    expect(source.split(from)).toHaveLength(2)
    expect(to).not.toBe(from)
  },
)

it('every rule that gives some finding another severity shows one in its examples', async () => {
  const mutation = MUTATIONS.find(({ name }) => name === "a draft's own severity ignored")
  const silent: string[] = []
  for (const rule of RULES.filter(one => mutation?.has(one, []))) {
    const findings = (await auditExamples(rule)).flatMap(({ distributions, releases }) =>
      [...distributions, ...releases].flatMap(one => one.findings),
    )
    if (findings.every(({ severity }) => severity === rule.severity)) silent.push(rule.id)
  }
  expect(silent).toEqual([])
}, 60_000)
