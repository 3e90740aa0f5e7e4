import { hostileSuite } from '../support/hostile-suite.js'

/** Rules that see what a case of the generator does: one of them must speak. */
const RULES_OF: Readonly<Record<string, readonly string[]>> = {
  polyglot: ['tar-unreadable', 'sdist-not-gzip'],
  tar_name_conflict: ['tar-name-conflict', 'tar-name-ambiguous', 'tar-pax-duplicate'],
  tar_size_conflict: ['tar-size-conflict', 'tar-global-field'],
  tar_number: ['tar-number-invalid', 'tar-truncated', 'tar-size-without-data'],
  tar_portability: ['tar-number-form', 'tar-not-pax', 'tar-checksum-signed'],
  tar_sparse: ['tar-sparse'],
  tar_duplicate_name: ['tar-duplicate-member'],
  tar_link_outside: ['link-outside', 'link-followed'],
  tar_link_broken: ['link-missing', 'link-hard-missing', 'link-loop'],
  tar_link_inside: ['link-in-sdist'],
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

hostileSuite('hostile sdists', {
  topics: ['archive', 'sdist'],
  wanted: /^(sdist-good|sdist-is|sdist-two|sdist-stray|sdist-dot|sdist-ok-zeros|tar-|gzip-)/,
  count: 80,
  rulesOf: RULES_OF,
})
