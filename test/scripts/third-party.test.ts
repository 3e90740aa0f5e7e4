import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bundledPackages, thirdParty } from '../../scripts/generate-third-party.js'

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

describe('THIRD-PARTY.md', () => {
  it('has the notice of every package in the bundle', async () => {
    const packages = await bundledPackages()
    expect(packages.length).toBeGreaterThan(0)
    const text = file('THIRD-PARTY.md')
    for (const name of packages) {
      const { version } = JSON.parse(file(`node_modules/${name}/package.json`)) as { version: string }
      expect(text).toContain(`### ${name} ${version}\n`)
    }
    expect(text).toBe(await thirdParty())
  }, 30_000)
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
