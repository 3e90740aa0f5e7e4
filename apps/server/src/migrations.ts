import { type Database, rowsOf, type Session } from './database.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
}

/**
 * In the order in which they run; one that was released never changes. Each only adds, so that workers of the version before go on
 * while it runs. docs/server.md describes the tables.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'distributions, findings, runs, rule versions, artifacts',
    sql: `
CREATE TABLE distaudit.rule_versions (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fingerprint text NOT NULL UNIQUE,
  tool_version text NOT NULL,
  data_date date NOT NULL,
  readers text NOT NULL,
  rules jsonb NOT NULL,
  tables jsonb NOT NULL,
  first_used_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE distaudit.distributions (
  sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  filename text NOT NULL,
  kind text NOT NULL,
  name text,
  version text,
  size bigint NOT NULL,
  rejected_by_pypi boolean NOT NULL,
  rule_version integer NOT NULL REFERENCES distaudit.rule_versions,
  audited_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX distributions_project ON distaudit.distributions (name, version);
CREATE INDEX distributions_rule_version ON distaudit.distributions (rule_version);
CREATE TABLE distaudit.locations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address text NOT NULL UNIQUE,
  filename text NOT NULL,
  sha256 text,
  size bigint,
  index_url text,
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX locations_sha256 ON distaudit.locations (sha256);
CREATE TABLE distaudit.runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id uuid NOT NULL UNIQUE,
  attempt integer NOT NULL,
  sha256 text NOT NULL REFERENCES distaudit.distributions,
  rule_version integer NOT NULL REFERENCES distaudit.rule_versions,
  rules text[],
  read_from text NOT NULL CHECK (read_from IN ('file', 'facts')),
  seconds double precision NOT NULL,
  bytes_read bigint NOT NULL,
  worker text NOT NULL,
  internal_errors jsonb,
  finished_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX runs_sha256 ON distaudit.runs (sha256);
CREATE TABLE distaudit.findings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 text NOT NULL REFERENCES distaudit.distributions,
  rule text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  enforced_by text[] NOT NULL,
  message text NOT NULL,
  member text,
  line integer,
  field text,
  finding jsonb NOT NULL
);
CREATE INDEX findings_sha256 ON distaudit.findings (sha256);
CREATE INDEX findings_rule ON distaudit.findings (rule);
CREATE TABLE distaudit.artifacts (
  sha256 text NOT NULL REFERENCES distaudit.distributions,
  kind text NOT NULL,
  media_type text NOT NULL,
  body bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, kind)
);
CREATE TABLE distaudit.index_state (
  index_url text NOT NULL,
  project text NOT NULL,
  serial text NOT NULL,
  checked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (index_url, project)
);`,
  },
  {
    name: 'runs that read a part of a file on a server',
    sql: `ALTER TABLE distaudit.runs DROP CONSTRAINT runs_read_from_check;
ALTER TABLE distaudit.runs ADD CONSTRAINT runs_read_from_check CHECK (read_from IN ('file', 'facts', 'ranges'));`,
  },
]

/** The lock that migrations take alone, and every transaction with results together with the others. */
const LOCK = 20_261_129

export const shareSchema = (session: Session) => session.executeSql(`SELECT pg_advisory_xact_lock_shared(${LOCK})`)

/**
 * Brings the schema up to date. A database of a newer version is left alone: whoever is older than its schema has to be updated.
 * @returns The names of the migrations that ran.
 */
export function migrate(database: Database, migrations = MIGRATIONS): Promise<readonly string[]> {
  return database.transaction(async session => {
    // A worker in the middle of its transaction is waited for, and later ones wait for this.
    await session.executeSql(`SELECT pg_advisory_xact_lock(${LOCK})`)
    await session.executeSql(`
CREATE SCHEMA IF NOT EXISTS distaudit;
CREATE TABLE IF NOT EXISTS distaudit.migrations (
  version integer PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`)
    const done = await rowsOf<{ version: number }>(session, 'SELECT version FROM distaudit.migrations')
    if (done.length > migrations.length)
      throw new Error(
        `The database has schema version ${done.length}; this distaudit-server knows ${migrations.length}. Update distaudit-server.`,
      )
    const ran: string[] = []
    for (const [at, { name, sql }] of migrations.entries()) {
      if (at < done.length) continue
      await session.executeSql(sql)
      await session.executeSql('INSERT INTO distaudit.migrations (version, name) VALUES ($1, $2)', [at + 1, name])
      ran.push(name)
    }
    return ran
  })
}
