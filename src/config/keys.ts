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
    help: 'Which rules run: `pypi` for what PyPI rejects, `default`, or `strict` for style and hardening too.',
  },
  { name: 'select', type: texts, help: 'Run only these rules or topics (`ALL` for every one).' },
  { name: 'extend-select', type: texts, help: 'Also run these, in addition to `select` or the profile.' },
  {
    name: 'ignore',
    type: texts,
    help: 'Do not run these rules or topics. A rule id takes precedence over a topic, and a topic over `ALL`.',
  },
  { name: 'preview', type: { kind: 'switch' }, help: 'Also run the rules for draft standards.' },
  { name: 'severity', type: { kind: 'map', values: level('off') }, help: 'The severity of rules or topics.' },
  { name: 'fail-on', type: level('never'), help: 'The lowest level for which the exit status is 1.' },
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
              { name: 'reason', type: text, help: 'The reason.' },
            ],
          },
        ],
      },
    },
    help: 'Rules to ignore by pattern: `"*.whl"`, or `"*.whl!demo/tests/**"` for members. `*` matches within one part of a path.',
  },
  {
    name: 'ignore-finding',
    type: {
      kind: 'tables',
      keys: [
        { name: 'rule', type: text, required: true, help: 'The rule.' },
        { name: 'file', type: text, help: 'A pattern for the file name.' },
        { name: 'member', type: text, help: 'A pattern for the member.' },
        { name: 'match', type: text, help: 'A text that the message contains.' },
        { name: 'reason', type: text, required: true, help: 'Why the finding is acceptable.' },
        { name: 'until', type: { kind: 'date' }, help: 'The last day on which the entry applies: `2027-01-31`.' },
      ],
    },
    help: 'Individual findings to ignore, each with its reason.',
  },
  {
    name: 'paths',
    type: texts,
    help: 'What to audit when the command line does not name a path. Relative to the configuration file.',
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
    help: 'Patterns of files, for both kinds or as `{ wheel = […], sdist = […] }`: each must match a file, and with a leading `!` none may, as in `["**/LICENSE*", "!**/tests/"]`. Paths are relative to site-packages, or to the top directory of an sdist.',
  },
  {
    name: 'top-level',
    type: texts,
    help: 'The top-level modules and packages of a wheel: all of these and no others.',
  },
  {
    name: 'at-most',
    type: {
      kind: 'table',
      keys: [
        { name: 'size', type: number, help: 'The size of a wheel or an sdist in bytes.' },
        { name: 'unpacked-size', type: number, help: 'The total size of the files in it in bytes.' },
        { name: 'files', type: number, help: 'The number of files in it.' },
      ],
    },
    help: 'Limits for what is published. Exceeding one is an error of `large-distribution` or `many-files`.',
  },
  {
    name: 'limits',
    type: {
      kind: 'table',
      keys: [
        { name: 'total-size', type: number, help: 'The inflated bytes of one archive.' },
        { name: 'members', type: number, help: 'The members of one archive.' },
        { name: 'name-length', type: number, help: 'The bytes of one member name.' },
        { name: 'pax-block', type: number, help: 'The bytes of one pax or long-name block.' },
        { name: 'text-size', type: number, help: 'The bytes of one metadata file that are read.' },
        { name: 'record-size', type: number, help: 'The bytes of RECORD that are read.' },
        { name: 'native-size', type: number, help: 'The bytes of one binary that are kept in memory.' },
        { name: 'findings-per-rule', type: number, help: 'The findings of one rule in one file.' },
        { name: 'seconds', type: number, help: 'The seconds for one file.' },
      ],
    },
    help: 'Limits on what auditing one file may cost.',
  },
  { name: 'required-version', type: text, help: 'A version specifier for distaudit itself: `>=0.1`.' },
]
