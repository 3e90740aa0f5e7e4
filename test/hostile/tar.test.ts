import { describe, expect, it } from 'vitest'
import { ruleFiles } from '../../scripts/generate-registry.js'
import type { AnyRule } from '../../src/rule.js'
import { auditBuilt } from '../support/audit-built.js'
import { hostileCases, hostileMissing } from '../support/hostile.js'

/** Rules that see what a case of the generator does: one of them must speak. */
const RULES_OF: Readonly<Record<string, readonly string[]>> = {
  polyglot: ['tar-unreadable', 'sdist-not-gzip'],
  tar_name_conflict: ['tar-name-conflict', 'tar-name-ambiguous', 'tar-pax-duplicate'],
  tar_size_conflict: ['tar-size-conflict', 'tar-global-field'],
  tar_number: ['tar-number-invalid', 'tar-truncated', 'tar-size-without-data'],
  tar_portability: ['tar-number-form', 'tar-v7', 'tar-mixed-formats', 'tar-checksum-signed'],
  tar_sparse: ['tar-sparse'],
  tar_duplicate_name: ['tar-duplicate-member'],
  tar_link_outside: ['link-outside', 'link-followed'],
  tar_link_broken: ['link-missing', 'link-hard-missing', 'link-loop'],
  tar_link_inside: ['link-hard', 'link-symbolic'],
  tar_special_file: ['tar-special-file'],
  tar_mode: ['tar-special-mode', 'tar-world-writable'],
  tar_unknown_type: ['tar-unknown-type'],
  tar_global_header: ['tar-global-field'],
  tar_pax_record: ['tar-pax-record', 'tar-truncated', 'archive-limit'],
  tar_name_encoding: ['tar-name-encoding'],
  tar_checksum: ['tar-unreadable', 'tar-header-invalid', 'tar-checksum-signed'],
  tar_after_end: ['tar-member-after-end', 'tar-data-after-end'],
  tar_truncated: ['tar-truncated', 'tar-no-end'],
  gzip_trailer: ['gzip-checksum'],
  gzip_trailing: ['gzip-trailing-data', 'gzip-trailing-zeros'],
  gzip_truncated: ['gzip-truncated', 'tar-unreadable'],
  gzip_members: ['gzip-several-members'],
  sdist_top_level: ['sdist-multiple-toplevel', 'sdist-no-pkg-info'],
  bomb_gzip: ['gzip-ratio', 'archive-limit'],
  bomb_count: ['archive-limit', 'tar-extension-chain'],
  path_absolute: ['path-absolute'],
  path_traversal: ['path-traversal'],
  path_form: ['path-empty'],
  control_character: ['path-control-character'],
}

const rulesOf = (topic: 'archive' | 'sdist') =>
  ruleFiles()
    .filter(file => file.startsWith(`${topic}/`))
    .map(file => file.slice(topic.length + 1))
const rules = await Promise.all([
  ...rulesOf('archive').map(
    async id => ((await import(`../../rules/archive/${id}.ts`)) as { default: AnyRule }).default,
  ),
  ...rulesOf('sdist').map(async id => ((await import(`../../rules/sdist/${id}.ts`)) as { default: AnyRule }).default),
])

const missing = hostileMissing()
const cases = hostileCases(/^(sdist-good|sdist-is|sdist-two|sdist-stray|sdist-dot|sdist-ok-zeros|tar-|gzip-)/, /^$/)

describe.skipIf(missing !== undefined)(`hostile sdists${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it('are there', () => expect(cases.length).toBeGreaterThan(80))

  it.each(cases.map(one => [one.case, one] as const))(
    '%s',
    async (_, { concept, expect: expected, why, file, bytes }) => {
      const { findings, errors } = await auditBuilt([{ filename: file, bytes }], rules)
      expect(errors).toEqual([])
      const shown = findings.map(({ rule, severity, message }) => `${severity}[${rule}] ${message}`)
      if (expected === 'clean') {
        expect(
          shown.filter((_, i) => findings[i]?.severity !== 'info'),
          why,
        ).toEqual([])
        return
      }
      const about = findings.filter(({ rule }) => RULES_OF[concept]?.includes(rule))
      expect(about, `${concept}: ${why}\n${shown.join('\n')}`).not.toEqual([])
      if (expected !== 'any-finding') expect(about.map(({ severity }) => severity)).toContain(expected)
    },
    20_000,
  )
})
