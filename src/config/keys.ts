import { SEVERITIES } from '../finding.js'
import { PROFILES } from '../selection.js'

/** Type of a configuration value. */
export type KeyType =
  | { readonly kind: 'text'; readonly choices?: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'texts' }
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  /** A table whose keys the user chooses: rule ids, topics, patterns. */
  | { readonly kind: 'map'; readonly values: KeyType }
  | { readonly kind: 'table'; readonly keys: readonly Key[] }
  | { readonly kind: 'tables'; readonly keys: readonly Key[] }
  /** Either of two. */
  | { readonly kind: 'either'; readonly types: readonly KeyType[] }

export interface Key {
  readonly name: string
  readonly type: KeyType
  readonly required?: boolean
  /** One sentence for schemas/config-1.schema.json and docs/configuration.md. */
  readonly help: string
}

const text: KeyType = { kind: 'text' }
const texts: KeyType = { kind: 'texts' }
const number: KeyType = { kind: 'number' }
const level = (...more: readonly string[]): KeyType => ({
  kind: 'text',
  choices: [...SEVERITIES, ...more],
})

/** Every key of `[tool.distaudit]` in pyproject.toml, or of the top level of distaudit.toml. */
export const CONFIG_KEYS: readonly Key[] = [
  {
    name: 'profile',
    type: { kind: 'text', choices: PROFILES },
    help: 'Which attitude: `pypi`, `default` or `strict`.',
  },
  { name: 'select', type: texts, help: 'Run only these rules or topics (`ALL` for every one).' },
  { name: 'extend-select', type: texts, help: 'Run these too, on top of `select` or the profile.' },
  {
    name: 'ignore',
    type: texts,
    help: 'Leave these rules or topics out. A rule id beats a topic, and a topic beats `ALL`.',
  },
  { name: 'preview', type: { kind: 'switch' }, help: 'Run the rules for draft standards too.' },
  { name: 'severity', type: { kind: 'map', values: level('off') }, help: 'Severity by rule or topic.' },
  { name: 'fail-on', type: level('never'), help: 'The level from which the exit status is 1.' },
  {
    name: 'per-file-ignores',
    type: {
      kind: 'map',
      values: {
        kind: 'either',
        types: [
          texts,
          {
            kind: 'table',
            keys: [
              { name: 'rules', type: texts, required: true, help: 'Rules or topics.' },
              { name: 'reason', type: text, help: 'Why.' },
            ],
          },
        ],
      },
    },
    help: 'Rules to leave out by pattern: `"*.whl"`, or `"*.whl!demo/tests/**"` for members. `*` stays inside one part of a path.',
  },
  {
    name: 'ignore-finding',
    type: {
      kind: 'tables',
      keys: [
        { name: 'rule', type: text, required: true, help: 'The rule.' },
        { name: 'file', type: text, help: 'Pattern of the file name.' },
        { name: 'member', type: text, help: 'Pattern of the member.' },
        { name: 'match', type: text, help: 'Text that the message contains.' },
        { name: 'reason', type: text, required: true, help: 'Why it is all right.' },
        { name: 'until', type: { kind: 'date' }, help: 'Last day on which it counts: `2027-01-31`.' },
      ],
    },
    help: 'Single findings to leave out, each with its reason.',
  },
  {
    name: 'paths',
    type: texts,
    help: 'What to audit when the command line names nothing. Relative to the configuration file.',
  },
  {
    name: 'baseline',
    type: text,
    help: 'A file of known findings, written by `--write-baseline`: they are counted and not shown. Relative to the configuration file.',
  },
  { name: 'source-root', type: text, help: "The project's source tree. Relative to the configuration file." },
  {
    name: 'expected',
    type: {
      kind: 'either',
      types: [
        texts,
        {
          kind: 'table',
          keys: [
            { name: 'wheel', type: texts, help: 'Patterns for wheels.' },
            { name: 'sdist', type: texts, help: 'Patterns for sdists.' },
          ],
        },
      ],
    },
    help: 'Patterns of files, for both kinds or as `{ wheel = […], sdist = […] }`: each must match a file, and after `!` none may, as in `["**/LICENSE*", "!**/tests/"]`. Paths are those in site-packages, and those below the top directory of an sdist.',
  },
  {
    name: 'top-level',
    type: texts,
    help: 'Names of the modules and packages at the top of a wheel: each must be there, and no other may.',
  },
  {
    name: 'at-most',
    type: {
      kind: 'table',
      keys: [
        { name: 'size', type: number, help: 'Bytes of a wheel or an sdist.' },
        { name: 'unpacked-size', type: number, help: 'Bytes of the files in it.' },
        { name: 'files', type: number, help: 'Number of the files in it.' },
      ],
    },
    help: 'Bounds on what is published: `large-distribution` and `many-files` call more than that an error.',
  },
  {
    name: 'limits',
    type: {
      kind: 'table',
      keys: [
        { name: 'total-size', type: number, help: 'Inflated bytes of one archive.' },
        { name: 'members', type: number, help: 'Members of one archive.' },
        { name: 'name-length', type: number, help: 'Bytes of one member name.' },
        { name: 'pax-block', type: number, help: 'Bytes of one pax or long-name block.' },
        { name: 'text-size', type: number, help: 'Bytes kept of one metadata file.' },
        { name: 'record-size', type: number, help: 'Bytes kept of RECORD.' },
        { name: 'native-size', type: number, help: 'Bytes of a binary that are kept in memory.' },
        { name: 'findings-per-rule', type: number, help: 'Findings of one rule in one file.' },
        { name: 'seconds', type: number, help: 'Seconds for one file.' },
      ],
    },
    help: 'Bounds on what one file may cost.',
  },
  { name: 'required-version', type: text, help: 'A version specifier that distaudit itself must satisfy: `>=0.1`.' },
]
