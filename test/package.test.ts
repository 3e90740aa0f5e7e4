/** What is published: the files of the package for npm, and what its README and the one for PyPI say. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const file = (name: string) => readFileSync(`${root}${name}`, 'utf8')
const { repository, homepage, bugs, exports } = JSON.parse(file('package.json'))

interface Packed {
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

describe('the package for npm', () => {
  // The shell finds npm on Windows.
  const [packed] = JSON.parse(
    execFileSync('npm pack --dry-run --json --ignore-scripts', {
      cwd: root,
      encoding: 'utf8',
      shell: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [Packed]
  const paths = packed.files.map(one => one.path)

  it('has the bundle, the schemas and the notices, and nothing else', () => {
    const expected =
      /^(?:dist\/(?:(?:cli|main|worker|inflate)\.cjs|(?:index|browser|remote|standards)\.js|command\/[\w-]+\.cjs|page\/(?:page\.js|(?:page|frame)\.css)|edition\.json|(?:library|browser)\/[\w-]+\.js|renderer\/[\w.-]+|types\/(?:src|rules)\/[\w/.-]+\.d\.ts)|schemas\/[\w.-]+\.json|package\.json|(?:README|LICENSE|CHANGELOG|SECURITY|THIRD-PARTY)(?:\.md)?)$/
    expect(paths.filter(path => !expected.test(path))).toEqual([])
  })

  it('has types of the public entries and what they need', () => {
    for (const { types } of Object.values<{ types?: string }>(exports))
      if (types !== undefined) expect(paths).toContain(types.replace('./', ''))
    expect(paths.filter(path => path.endsWith('.d.ts')).length).toBeLessThan(150)
  })

  it('stays small', () => {
    expect(packed.size).toBeLessThan(12_000_000)
    expect(packed.unpackedSize).toBeLessThan(20_000_000)
    expect(packed.files.length).toBeLessThan(360)
  })

  it('says where it comes from, as provenance requires', () => {
    const address = 'https://github.com/distaudit/distaudit'
    expect({ repository, homepage, bugs }).toEqual({
      repository: { type: 'git', url: `git+${address}.git` },
      homepage: `${address}#readme`,
      bugs: `${address}/issues`,
    })
  })
})

describe.each(['README.md', 'packaging/python/README.md'])('%s', name => {
  it('has no link that only works in the repository, and none to a file that is not there', () => {
    const links = [...file(name).matchAll(/\]\(([^)]+)\)|^\[[^\]]+\]: (\S+)$/gm)].map(
      ([, inline, defined]) => inline ?? defined ?? '',
    )
    expect(links.length).toBeGreaterThan(2)
    expect(links.filter(target => !/^(?:https:|#)/.test(target))).toEqual([])
    const own = links.flatMap(
      target => /^https:\/\/github\.com\/distaudit\/distaudit\/(?:blob|tree)\/main\/([^#]+)/.exec(target)?.[1] ?? [],
    )
    expect(own.length).toBeGreaterThan(0)
    expect(own.filter(path => !existsSync(`${root}${path}`))).toEqual([])
  })
})
