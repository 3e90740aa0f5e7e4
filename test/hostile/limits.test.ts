import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import type { Example } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

const deep = (open: string, inner: string, close: string) => `${open.repeat(20_000)}${inner}${close.repeat(20_000)}`
const sbom = (text: string): Example => ({ wheel: { files: { '{dist-info}/sboms/demo.cdx.json': text } } })

/** Texts that cost a careless reader its stack, its memory or its prototype; each must give a finding. */
const CASES: Readonly<Record<string, Example>> = {
  'a marker in 20,000 parentheses': {
    wheel: { metadata: { 'Requires-Dist': `a ; ${deep('(', 'python_version > "3"', ')')}` } },
  },
  'a licence expression in 20,000 parentheses': {
    wheel: { metadata: { 'License-Expression': deep('(', 'MIT', ')') } },
  },
  'TOML arrays 20,000 deep': { sdist: { files: { '{top}/pyproject.toml': `a = ${deep('[', '', ']')}` } } },
  'JSON arrays 20,000 deep': sbom(deep('[', '', ']')),
  'an SBOM with __proto__': sbom('{"__proto__": {"bomFormat": "CycloneDX"}, "constructor": {"prototype": 1}}'),
}

describe('hostile text', () => {
  it.each(Object.entries(CASES))('%s gives a finding and no internal error', async (_, example) => {
    const { findings, errors } = await auditBuilt(await buildExample(example), RULES)
    expect(errors).toEqual([])
    // Rules on sets of files speak of a plain file that is alone, too.
    expect(findings.filter(({ rule }) => !rule.startsWith('set-'))).not.toEqual([])
    expect(Object.hasOwn(Object.prototype, 'bomFormat')).toBe(false)
  })
})
