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

describe('what takes more members than an example may have', () => {
  const numbered = (count: number, path: (i: number) => string, text: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [path(i), text]))
  const found = async (example: Example, ...ids: readonly string[]) =>
    (await auditBuilt(await buildExample(example), RULES, {}, {}, { select: [...ids] })).findings.map(
      ({ severity, message }) => `${severity}: ${message}`,
    )

  it('is a warning where not every directory was looked at', async () => {
    const files = numbered(2_500, i => `demo/${i}/${'a/'.repeat(220)}a.txt`, '')
    expect(await found({ wheel: { files } }, 'path-file-and-directory')).toEqual([
      'warning: The members are in more than 500,000 directories. Whether any of the others is also a file was not checked.',
    ])
  })

  it('is a note where thousands of source files state their license', async () => {
    const files = numbered(10_001, i => `{top}/src/demo/m${i}.py`, '# SPDX-License-Identifier: MIT\n')
    expect(await found({ sdist: { files } }, 'archive-limit', 'license-bundled-not-declared')).toEqual([
      'info: The limit on license statements of source files was reached (found more than 10,000). Nothing past it was checked.',
    ])
  })
})
