import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

const NOT_BUNDLED = new Set([
  // Installed next to the package where it is wanted.
  'pyodide',
  // Types, constants that are written out, and what only the builds for development of micromark load.
  '@types/debug',
  '@types/ms',
  'debug',
  'dequal',
  'devlop',
  'micromark-util-symbol',
  'micromark-util-types',
  'ms',
])

/** Names of the npm packages that the sources import, with what these need, sorted: what ends up in dist/. */
export function bundledPackages(): readonly string[] {
  const found = new Set<string>()
  const add = (name: string): void => {
    if (found.has(name) || NOT_BUNDLED.has(name)) return
    found.add(name)
    const { dependencies } = packageOf(name)
    for (const other of Object.keys(dependencies ?? {})) add(other)
  }
  for (const folder of ['src', 'rules'])
    for (const file of readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      const text = readFileSync(`${root}${folder}/${file}`, 'utf8')
      for (const [, name] of text.matchAll(IMPORT)) if (name !== undefined) add(name)
    }
  return [...found].sort()
}

/** `from 'NAME'` of a package at the end of an import that is not a comment and not of types alone. */
const IMPORT = /^(?:import (?!type )[^;'"]*?|\} )from '(?![.]|node:)((?:@[^/']+\/)?[^/']+)/gm

interface Package {
  readonly version: string
  readonly license: string
  readonly homepage?: string
  readonly repository?: string | { readonly url: string }
  readonly dependencies?: Readonly<Record<string, string>>
}

const packageOf = (name: string) =>
  JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8')) as Package

function notice(name: string): string {
  const folder = `${root}node_modules/${name}/`
  const { version, license, homepage, repository } = packageOf(name)
  const file = readdirSync(folder).find(one => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(one))
  const text =
    file === undefined
      ? undefined
      : readFileSync(folder + file, 'utf8')
          .replaceAll('\r\n', '\n')
          .trim()
  if (text === undefined) throw new Error(`${name} has no licence text`)
  const home = homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? ''
  return `### ${name} ${version}\n${license}. <${home.replace(/^git\+/, '').replace(/\.git$/, '')}>\n\n\`\`\`\n${text}\n\`\`\``
}

/** THIRD-PARTY.md: what is in the package that is not distaudit's own, with the notices its licenses ask for. */
export function thirdParty(packages = bundledPackages(), leftOut: readonly string[] = []): string {
  const notices = packages.map(notice)
  const pages = readdirSync(`${root}docs`)
    .filter(name => /^third-party-.*\.md$/.test(name) && !leftOut.includes(name))
    .sort()
    .map(name =>
      readFileSync(`${root}docs/${name}`, 'utf8')
        .trim()
        .replace(/^(#+ )/gm, '#$1'),
    )
  return `# What is in the package that is not distaudit's own

distaudit itself is under the MIT licence (LICENSE).

## Code in dist/
${notices.length === 0 ? 'None.' : notices.join('\n\n')}

## Tables in src/data
| file | source | licence |
|---|---|---|
| classifiers.json | PyPI package trove-classifiers | Apache-2.0 |
| spdx.json | PyPI package packaging, \`packaging/licenses/_spdx.py\`; npm package spdx-license-ids; both from the SPDX License List | Apache-2.0 or BSD-2-Clause; CC0-1.0 |
| python-names.json | PyPI package stdlib-list | MIT |
| pypi-platforms.json | the patterns of platform tags that Warehouse takes, as facts | – |

${pages.join('\n\n')}
`
}
