export interface Query {
  readonly summary: string
  /** What `$1` is; absent: it takes nothing. */
  readonly argument?: string
  readonly sql: string
}

/** Ready-made questions. docs/server.md lists them; `query NAME --sql` prints one to start from. */
export const QUERIES: Readonly<Record<string, Query>> = {
  rejected: {
    summary: 'the files that PyPI would reject, with the reasons',
    sql: `SELECT d.filename, f.rule, f.message
FROM distaudit.distributions d JOIN distaudit.findings f USING (sha256)
WHERE d.rejected_by_pypi AND f.enforced_by && ARRAY['pypi', 'pypi-crash', 'twine']
ORDER BY d.filename, f.id`,
  },
  tomorrow: {
    summary: "the files that today's packaging rejects and PyPI, with the packaging that it pins, still accepts",
    sql: `SELECT d.filename, f.rule, f.message
FROM distaudit.distributions d JOIN distaudit.findings f USING (sha256)
WHERE NOT d.rejected_by_pypi AND f.severity = 'error' AND f.enforced_by && ARRAY['packaging']
ORDER BY d.filename, f.id`,
  },
  rules: {
    summary: 'how many findings and files each rule has',
    sql: `SELECT rule, severity, count(*)::integer AS findings, count(DISTINCT sha256)::integer AS files
FROM distaudit.findings GROUP BY rule, severity ORDER BY files DESC, rule`,
  },
  rule: {
    summary: 'the files with a finding of one rule',
    argument: 'RULE',
    sql: `SELECT d.filename, f.severity, f.member, f.line, f.message
FROM distaudit.findings f JOIN distaudit.distributions d USING (sha256)
WHERE f.rule = $1 ORDER BY d.filename, f.id`,
  },
  project: {
    summary: 'the findings of the files of one project, by its normalized name',
    argument: 'NAME',
    sql: `SELECT d.version, d.filename, f.severity, f.rule, f.message
FROM distaudit.distributions d JOIN distaudit.findings f USING (sha256)
WHERE d.name = $1 ORDER BY d.version, d.filename, f.id`,
  },
  slowest: {
    summary: 'the files that took the longest',
    sql: `SELECT d.filename, d.size, r.seconds, r.bytes_read
FROM distaudit.runs r JOIN distaudit.distributions d USING (sha256)
ORDER BY r.seconds DESC LIMIT 50`,
  },
  copies: {
    summary: 'the files that are at several addresses',
    sql: `SELECT sha256, count(*)::integer AS addresses, min(address) AS first
FROM distaudit.locations WHERE sha256 IS NOT NULL GROUP BY sha256 HAVING count(*) > 1 ORDER BY 2 DESC, 1`,
  },
  bugs: {
    summary: 'the files on which a rule of distaudit failed',
    sql: `SELECT d.filename, e->>'rule' AS rule, e->>'message' AS message
FROM distaudit.runs r JOIN distaudit.distributions d USING (sha256), jsonb_array_elements(r.internal_errors) AS e
ORDER BY r.id`,
  },
}

/** What `export` writes: one row per line, in the order of a key that a page can start behind. */
export const TABLES: Readonly<
  Record<string, { readonly key: 'id' | 'sha256'; readonly columns: Readonly<Record<string, string>> }>
> = {
  distributions: {
    key: 'sha256',
    columns: {
      sha256: 'STRING',
      filename: 'STRING',
      kind: 'STRING',
      name: 'STRING',
      version: 'STRING',
      size: 'INT64',
      rejected_by_pypi: 'BOOLEAN',
      rule_version: 'INT32',
      audited_at: 'TIMESTAMP',
    },
  },
  findings: {
    key: 'id',
    columns: {
      id: 'INT64',
      sha256: 'STRING',
      rule: 'STRING',
      severity: 'STRING',
      enforced_by: 'JSON',
      message: 'STRING',
      member: 'STRING',
      line: 'INT32',
      field: 'STRING',
    },
  },
  runs: {
    key: 'id',
    columns: {
      id: 'INT64',
      sha256: 'STRING',
      rule_version: 'INT32',
      attempt: 'INT32',
      read_from: 'STRING',
      seconds: 'DOUBLE',
      bytes_read: 'INT64',
      worker: 'STRING',
      finished_at: 'TIMESTAMP',
    },
  },
}
