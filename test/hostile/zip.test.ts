import { describe, expect, it } from 'vitest'
import { ruleFiles } from '../../scripts/generate-registry.js'
import type { AnyRule } from '../../src/rule.js'
import { auditBuilt } from '../support/audit-built.js'
import { hostileCases, hostileMissing } from '../support/hostile.js'

/** Rules that see what a case of the generator does: one of them must speak. */
const RULES_OF: Readonly<Record<string, readonly string[]>> = {
  zip_prepended: ['zip-prepended-data', 'zip-hidden-member'],
  zip_appended: ['zip-trailing-data', 'zip-unreadable'],
  zip_gap: ['zip-gap', 'zip-deflate-trailing-data'],
  zip_local_central_mismatch: [
    'zip-local-name-mismatch',
    'zip-local-size-mismatch',
    'zip-local-compressed-size-mismatch',
    'zip-local-crc-mismatch',
    'zip-local-method-mismatch',
  ],
  zip_hidden_member: ['zip-hidden-member', 'zip-member-missing'],
  zip_duplicate_name: ['zip-duplicate-name'],
  zip_overlap: ['zip-member-overlap'],
  zip_data_descriptor: ['zip-data-descriptor', 'zip-data-descriptor-wrong'],
  zip_zip64: [
    'zip64-extensible-data',
    'zip64-end-contradiction',
    'zip64-locator-invalid',
    'zip64-extra-contradiction',
    'zip-extra-duplicated',
  ],
  zip_unicode_path_extra: ['zip-unicode-path-mismatch', 'zip-unicode-path-outdated'],
  zip_comment: ['zip-member-comment', 'zip-several-archives', 'zip-comment-cut', 'zip-comment-binary'],
  zip_two_ends: ['zip-several-archives'],
  zip_encrypted: ['zip-encrypted', 'zip-reserved-flag'],
  zip_method: ['zip-compression-method'],
  zip_crc: ['zip-crc'],
  zip_deflate: ['zip-deflate-broken', 'zip-content-size'],
  zip_end_record: ['zip-end-record-mismatch', 'zip-disk-number'],
  zip_extra: ['zip-extra-malformed'],
  zip_name_encoding: ['zip-name-not-utf8', 'zip-name-unflagged'],
  zip_symlink: ['zip-symlink'],
  zip_special_mode: ['zip-special-mode'],
  zip_directory: ['zip-directory-with-content'],
  zip_truncated: ['zip-unreadable', 'zip-truncated'],
  polyglot: ['zip-also-tar'],
  path_traversal: ['path-traversal'],
  path_absolute: ['path-absolute'],
  path_windows: ['path-reserved-name', 'path-windows-character', 'path-trailing-dot-or-space'],
  path_collision: ['path-collision'],
  path_file_and_directory: ['path-file-and-directory'],
  path_form: ['path-dot-segment', 'path-empty-segment', 'path-backslash', 'path-too-long'],
  invisible_character: ['path-invisible-character'],
  control_character: ['path-control-character'],
  markup_in_name: ['path-windows-character'],
  bomb_ratio: ['zip-bomb'],
}

const rules = await Promise.all(
  ruleFiles()
    .filter(file => file.startsWith('archive/'))
    .map(file => file.slice('archive/'.length))
    .map(async name => ((await import(`../../rules/archive/${name}.ts`)) as { default: AnyRule }).default),
)

const missing = hostileMissing()
const cases = hostileCases(/^(wheel-good|zip-|name-|bomb-(ratio|ok-under|overlap|lying|nested))/, /^$/)

describe.skipIf(missing !== undefined)(`hostile zips${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it('are there', () => expect(cases.length).toBeGreaterThan(100))

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
  )
})
