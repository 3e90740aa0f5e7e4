import { describe, expect, it } from 'vitest'
import { auditFiles } from '../../fixtures/audit.js'
import { writeTarGz } from '../../fixtures/make/tar.js'
import { RULES } from '../../rules/registry/index.js'
import { allFindings } from '../../src/report/report.js'
import { BUILD_CASES } from './cases.js'

const TOLD = new Set([
  'build-input-missing',
  'dynamic-requirements-invalid',
  'setup-import-missing',
  'build-gives-another',
  'dynamic-metadata-input-missing',
  'version-not-in-file',
  'description-not-in-module',
  'build-backend-path-invalid',
])
const encoder = new TextEncoder()

/** `npm run builds` compares the outcome with real backends; here with what is told of the sdist. */
describe('what a build of an sdist will do', () => {
  it.each(BUILD_CASES)('$name', async ({ files, outcome, told }) => {
    const entries = Object.entries(files).flatMap(([path, text]) =>
      text === null ? [] : [{ name: `demo-1.0/${path}`, data: encoder.encode(text) }],
    )
    const report = await auditFiles([{ filename: 'demo-1.0.tar.gz', bytes: writeTarGz(entries) }], RULES)
    const found = [...allFindings(report)].filter(({ rule }) => TOLD.has(rule))
    const severities = new Set(found.map(({ severity }) => severity))
    const messages = found.map(({ message }) => message)
    expect([severities.has('error') ? 'certain' : found.length > 0 ? 'weak' : 'nothing', messages]).toEqual([
      told,
      messages,
    ])
    // An error is true: nothing is built, or something else.
    if (severities.has('error')) expect(outcome).not.toBe('demo-1.0')
  })
})
