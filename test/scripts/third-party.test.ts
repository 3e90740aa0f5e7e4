import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type InputOptions, rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import { browserInput } from '../../scripts/browser-bundle.js'
import { bundledPackages, thirdParty } from '../../scripts/generate-third-party.js'

const root = new URL('../../', import.meta.url)
const file = (name: string) => readFileSync(new URL(name, root), 'utf8')

/** The npm packages of which a bundle has files. */
async function packagesIn(input: InputOptions): Promise<readonly string[]> {
  const bundle = await rolldown({ ...input, logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return output
    .flatMap(one => (one.type === 'chunk' ? one.moduleIds : []))
    .map(id => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(id.replaceAll('\\', '/'))?.[1])
    .filter(name => name !== undefined)
}

describe('THIRD-PARTY.md', () => {
  it('has the notice of every package in the bundle', async () => {
    const ofNode = {
      cwd: fileURLToPath(root),
      input: [
        'src/cli.ts',
        'src/cli/worker.ts',
        'src/description/pyodide-worker.ts',
        'src/index.ts',
        'src/standards/index.ts',
      ],
      platform: 'node' as const,
      external: [/^pyodide(?:\/|$)/, /^node:/],
    }
    const ofPage = { cwd: fileURLToPath(root), input: 'src/page/main.ts', platform: 'browser' as const }
    const packages = (await Promise.all([ofNode, ofPage, browserInput].map(packagesIn))).flat()
    expect(packages.length).toBeGreaterThan(0)
    expect(bundledPackages()).toEqual([...new Set(packages)].sort())
    const text = file('THIRD-PARTY.md')
    for (const name of packages) {
      const { version } = JSON.parse(file(`node_modules/${name}/package.json`)) as { version: string }
      expect(text).toContain(`### ${name} ${version}\n`)
    }
    expect(text).toBe(thirdParty())
  })
})

describe('the package', () => {
  const { files, scripts, dependencies } = JSON.parse(file('package.json')) as {
    files: readonly string[]
    scripts: Readonly<Record<string, string>>
    dependencies?: object
  }
  it('runs nothing when it is installed', () => {
    expect(Object.keys(scripts).filter(name => /^(?:pre|post)?install$|^prepare$/.test(name))).toEqual([])
  })
  it('has no dependency that must be there', () => expect(dependencies).toBeUndefined())
  it('has the notices and the promises in it', () =>
    expect(files).toEqual(expect.arrayContaining(['THIRD-PARTY.md', 'SECURITY.md'])))
})
