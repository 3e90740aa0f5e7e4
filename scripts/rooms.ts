/** The rooms of the house: test/layers.test.ts enforces them, and CONTRIBUTING.md shows them. */
import { readdirSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

/**
 * The floors, the ground first: on each the rooms with what is in them. A file imports from floors below its own, and from its
 * own room.
 */
export const FLOORS: readonly Readonly<Record<string, string>>[] = [
  {
    'src/data': 'generated tables with source, version and date; `scripts/generate-data.ts` makes them anew',
    'src/demands': 'what a project asks of its own files',
    'src/homes': 'where a project declares a metadata field, as advice names it',
    schemas: 'JSON schemas: of the report, the configuration, and the variants formats',
  },
  {
    'src/finding': 'places, drafts, findings, severities, who enforces what',
    'src/example': 'the examples of rules, as plain data',
    'src/wording': 'quotes, plurals, lists, sizes: one voice for every message',
    'src/append': 'many items at the end of a list',
    'src/bytes': 'chunks of bytes behind one another',
    'src/group-by': 'items with the same key together',
    'src/once': 'values that are made once, or once for each subject',
    'src/runtime': 'what the core needs of the machine: hashes, inflate, CRC-32, an end to work that takes too long',
    'src/usage-error': 'what the caller has to change',
    'src/version': 'the version of distaudit and of its data',
  },
  {
    'src/time': 'the time that one file may take',
  },
  {
    'src/runtime-browser': 'takes the place of `src/runtime.ts` in a browser',
    'src/text':
      'readers of text that know no distribution: UTF-8, lines, headers, CSV, INI, JSON, JSON Schema, XML, TOML places, Python strings',
    'src/source': 'where bytes come from: a file, a Blob, a window over either',
  },
  {
    'src/standards': 'the grammars of packaging, exported as `distaudit/standards`',
    'src/option-kinds': 'what the options of the library take',
    'src/place': 'places made from places: a part of a fact, or of a file name',
  },
  {
    'src/archive': 'zip, tar and gzip readers that never throw on bad bytes but record what is wrong',
    'src/sbom': 'CycloneDX and SPDX documents',
    'src/description': 'the description rendered as PyPI does',
  },
  {
    'src/inflater-browser': "inflates and hashes large members with a browser's own means",
    'src/native': 'ELF, Mach-O, PE, WebAssembly and ar headers: bytes to records only',
    'src/python': 'Python text of any version as a tree, and what a module imports, binds and needs',
    'src/licenses': 'license texts recognized in files',
  },
  { 'src/distribution': 'the facts: wheel, sdist, release, and the files inside, each value with its place' },
  {
    'src/platform': "what a wheel's binaries can run on: policies, linkage, the stable ABI, macOS, Windows",
    'src/views': 'facts derived from facts, once for each subject: requirements, the install tree, licenses, tags',
    'src/project': "a project's own source tree: from a finding to a line of pyproject.toml, and what git tracks",
  },
  {
    'src/provider': 'the required distribution that a missing library comes from',
    'src/builder': 'which project and which build backend a distribution comes from',
    'src/contract': 'compares the metadata of several files: PEP 643 and 808, sdist against wheel, wheel against wheel',
  },
  {
    'src/rule': 'what a rule is',
    'src/data-tables': 'which tables there are',
    'src/show': 'what `show` and `diff` say of files: plain data made from facts',
  },
  {
    'src/selection': 'which rules run',
    'rules/shared': 'helpers that rules of several topics use',
  },
  {
    rules: 'what is checked: one folder per topic, one file per rule; `_*.ts` are helpers of that topic alone',
    'src/judge': 'runs rules on one subject',
  },
  { 'src/report': 'one file per format, and how text from files is escaped in each' },
  { 'src/causes': 'what a mistake in build files gives is one finding' },
  {
    'src/config': 'the configuration, and what it ignores',
    'src/audit': 'reads the files of one project and judges them',
    'rules/registry': 'the generated list of every rule',
  },
  {
    'src/run': 'one run: files, choice, project and ignores become a report; everything else calls it',
  },
  { 'src/rule-set': 'the rules that the files of a run need: the others are not loaded' },
  {
    'src/inputs': 'the files that paths mean',
    'src/remote': 'files and indexes on servers: requests, ranges, pages of the simple API, credentials',
    'src/inspect': 'reads files for `show` and `diff`, and compares them',
    'src/library': 'what the library has on Node and in a browser: inputs, options, types',
  },
  { 'src/index': 'the library', 'src/browser': 'the library without Node, exported as `distaudit/browser`' },
  {
    'src/page': 'the script of the HTML report, which runs in the page; `scripts/build-page.ts` bundles it',
    'src/cli': 'the terminal: arguments, threads, progress, exit status',
  },
]

/** The files that may import Node's own modules; the rest runs in a browser. */
export const NODE_FILES: readonly string[] = [
  'src/cli/',
  'src/cli.ts',
  'src/config/file.ts',
  'src/description/pyodide-node.ts',
  'src/description/pyodide-thread.ts',
  'src/description/pyodide-worker.ts',
  'src/inputs.ts',
  'src/inputs/',
  'src/project/git-index.ts',
  'src/project/tree-code.ts',
  'src/project/load.ts',
  'src/project/tree.ts',
  'src/remote/',
  'src/report/html-on-node.ts',
  'src/runtime.ts',
  'src/source/file.ts',
]

/** `src/text/csv.ts` is in the room src/text; rules of a topic, with that topic's helpers, are in `rules`. */
export function roomOf(file: string): string {
  const [first = '', second = ''] = file.replace(/\.(?:ts|js|json|cjs)$/, '').split('/')
  if (first === 'schemas') return first
  return first === 'rules' && second !== 'shared' && second !== 'registry' ? 'rules' : `${first}/${second}`
}

/** Every source file, relative to the root, with `/`. */
export const sourceFiles = (): readonly string[] =>
  ['src', 'rules'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => normalize(`${folder}/${file}`).replaceAll('\\', '/')),
  )

/** The table of CONTRIBUTING.md: the top floor first. */
export function roomsMarkdown(): string {
  const files = sourceFiles()
  const shown = (room: string) => {
    const isFile = files.includes(`${room}.ts`)
    return files.some(file => file.startsWith(`${room}/`)) || !isFile ? `${room}/` : `${room}.ts`
  }
  const rows = FLOORS.toReversed().flatMap(floor =>
    Object.entries(floor).map(([room, about], i) => `| ${i === 0 ? '' : '·'} | \`${shown(room)}\` | ${about} |`),
  )
  return `| | room | what is in it |\n|---|---|---|\n${rows.join('\n')}\n`
}
