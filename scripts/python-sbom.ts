import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const json = (path: string) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'))

/** The npm packages whose code is in the command; the browser's are not. A test compares it with the bundle. */
export const BUNDLED_IN_COMMAND: readonly string[] = ['smol-toml']

interface Lock {
  readonly wheels: readonly { readonly project: string; readonly version: string; readonly sha256: string }[]
}

/** Licenses of what the renderer brings. */
const LICENSES: Readonly<Record<string, string>> = {
  docutils: 'BSD-2-Clause AND BSD-3-Clause AND LicenseRef-Public-Domain',
  'readme-renderer': 'Apache-2.0',
}

/** The CycloneDX document of the package for PyPI: what is inside and is not distaudit's own. */
export function pythonSbom(): string {
  const { name, version } = json('package.json') as { readonly name: string; readonly version: string }
  const { wheels } = json('scripts/renderer-lock.json') as Lock
  const { info } = json('node_modules/pyodide/pyodide-lock.json') as { readonly info: { readonly python: string } }
  const npm = (one: string) => {
    const found = json(`node_modules/${one}/package.json`) as { readonly version: string; readonly license: string }
    return component(`pkg:npm/${one}@${found.version}`, one, found.version, found.license)
  }
  const components = [
    ...[...BUNDLED_IN_COMMAND, 'pyodide'].map(npm),
    component(`pkg:generic/cpython@${info.python}`, 'cpython', info.python, 'PSF-2.0'),
    ...wheels.map(wheel => {
      const license = LICENSES[wheel.project.replaceAll('_', '-')]
      if (license === undefined) throw new Error(`${wheel.project} has no license in scripts/python-sbom.ts`)
      const hashes = [{ alg: 'SHA-256', content: wheel.sha256 }]
      const purl = `pkg:pypi/${wheel.project.replaceAll('_', '-')}@${wheel.version}`
      return { ...component(purl, wheel.project, wheel.version, license), hashes }
    }),
  ]
  const own = `pkg:pypi/${name}@${version}`
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: new Date(sourceTime() * 1000).toISOString(),
      tools: { components: [{ type: 'application', name: 'distaudit scripts/python-sbom.ts', version }] },
      component: { ...component(own, name, version, 'MIT'), type: 'application' },
    },
    components,
    dependencies: [
      { ref: own, dependsOn: components.map(one => one['bom-ref']) },
      ...components.map(one => ({ ref: one['bom-ref'], dependsOn: [] })),
    ],
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** Seconds: the same for the same commit, so that the package can be built again byte by byte. */
const sourceTime = (): number =>
  Number(
    process.env.SOURCE_DATE_EPOCH ??
      execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }),
  )

const component = (purl: string, name: string, version: string, expression: string) => ({
  type: 'library',
  'bom-ref': purl,
  name,
  version,
  purl,
  licenses: [{ expression }],
})
