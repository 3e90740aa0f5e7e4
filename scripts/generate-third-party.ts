import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type InputOptions, rolldown } from 'rolldown'
import { browserInput } from './browser-bundle.js'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Names of the npm packages that end up in dist/, sorted. */
export async function bundledPackages(): Promise<readonly string[]> {
  const entries = [
    'src/cli.ts',
    'src/cli/worker.ts',
    'src/description/pyodide-worker.ts',
    'src/index.ts',
    'src/standards/index.ts',
  ]
  const external = [/^pyodide(?:\/|$)/, /^node:/]
  const modules = [
    ...(await modulesOf({ cwd: root, input: entries, platform: 'node', external })),
    ...(await modulesOf(browserInput)),
  ]
  const names = modules.map(
    id => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(id.replaceAll('\\', '/'))?.[1],
  )
  return [...new Set(names.filter(name => name !== undefined))].sort()
}

async function modulesOf(input: InputOptions): Promise<readonly string[]> {
  const bundle = await rolldown({ ...input, logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return output.flatMap(file => (file.type === 'chunk' ? file.moduleIds : []))
}

function notice(name: string): string {
  const folder = `${root}node_modules/${name}/`
  const { version, license, homepage, repository } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
    readonly version: string
    readonly license: string
    readonly homepage?: string
    readonly repository?: string | { readonly url: string }
  }
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

/** THIRD-PARTY.md: what is in the package that is not distaudit's own, with the notices its licences ask for. */
export async function thirdParty(): Promise<string> {
  const notices = (await bundledPackages()).map(notice)
  const pages = readdirSync(`${root}docs`)
    .filter(name => /^third-party-.*\.md$/.test(name))
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
