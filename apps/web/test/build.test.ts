import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

// What build.ts made in dist/; `npm test` builds it before.

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const text = (name: string) => readFileSync(join(dist, name), 'utf8')
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter(name => statSync(join(dist, name)).isFile())
  .map(name => name.replaceAll('\\', '/'))
const html = text('index.html')
const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? ''
const core = createRequire(import.meta.url)

const packed = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(dist, name))).length, 0)

/** A file with all that it imports at once. */
function withImports(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const [, source = ''] of text(name).matchAll(/(?:\bfrom|\bimport)\s*["'`](\.\.?\/[^"'`]+)["'`]/g))
    withImports(join(dirname(name), source), found)
  return found
}

const one = (pattern: RegExp) => {
  const [found, ...more] = files.filter(name => pattern.test(name))
  assert.ok(found !== undefined && more.length === 0, String(pattern))
  return found
}

// What a first report needs beside it (the page of the report, and what it says of rules) comes with that report, and the rules about
// sdists, binaries and several files with the first such file.
test('the page, its worker and the rules about pure wheels are under 400 kB as a server sends them', () => {
  const always = new Set([
    ...withImports(one(/\/index-.*\.js$/)),
    ...withImports(one(/\/audit\.worker-.*\.js$/)),
    ...withImports(one(/\/pure-wheels-.*\.js$/)),
    ...files.filter(name => /\.(?:html|css|svg|webmanifest)$/.test(name)),
  ])
  const size = packed(always)
  console.log(`${Math.round(size / 1000)} kB with Brotli in ${always.size} files`)
  assert.ok(size < 400_000, `${size} bytes`)
  assert.ok(always.size > 10)
})

test('with what some files ask for, such as license texts, it is under 1 MB, without Pyodide', () => {
  const all = files.filter(name => !name.startsWith('renderer-'))
  const size = packed(all)
  console.log(`${Math.round(size / 1000)} kB with Brotli in ${all.length} files`)
  assert.ok(size < 1_000_000, `${size} bytes`)
})

test('the policy allows what is ours, and nothing else', () => {
  const rules = new Map(
    policy.split('; ').map(rule => {
      const [name = '', ...sources] = rule.split(' ')
      return [name, sources] as const
    }),
  )
  assert.deepEqual(rules.get('default-src'), ["'none'"])
  assert.deepEqual(rules.get('connect-src'), ["'self'", 'https://files.pythonhosted.org'])
  const script = createHash('sha256')
    .update(readFileSync(core.resolve('distaudit/page/page.js')))
    .digest('base64')
  assert.deepEqual(rules.get('script-src'), ["'self'", "'wasm-unsafe-eval'", `'sha256-${script}'`])
  assert.deepEqual(rules.get('base-uri'), ["'none'"])
  assert.doesNotMatch(policy, /unsafe-(?:inline|eval|hashes)(?<!wasm-unsafe-eval)|\*/)
  assert.ok(text('_headers').includes(policy))
})

test('the page asks its own server alone, with addresses that fit any folder', () => {
  const addresses = [...html.matchAll(/<(?:link|script|img|iframe)\b[^>]*?(?:href|src)="([^"]*)"/g)].map(([, to]) => to)
  assert.ok(addresses.length >= 4)
  for (const address of addresses) {
    assert.match(address ?? '', /^\.\//)
    assert.ok(existsSync(join(dist, address ?? '')), address)
  }
  assert.doesNotMatch(html, /<script(?![^>]* src=)|\son\w+=|<style|\sstyle=/)
})

test('the service worker keeps every file, and Pyodide only once it was needed', () => {
  const kept = new Set([...text('sw.js').matchAll(/[`"',]\.\/([^`"',$]+)(?=[`"',])/g)].map(([, name]) => name))
  const expected = files.filter(name => !name.startsWith('renderer-') && name !== 'sw.js' && name !== '_headers')
  assert.deepEqual([...kept].toSorted(), expected.toSorted())
})

test('it can be installed', () => {
  const manifest = JSON.parse(text('manifest.webmanifest')) as { icons: { src: string }[]; start_url: string }
  for (const { src } of manifest.icons) assert.ok(existsSync(join(dist, src)), src)
  assert.equal(manifest.start_url, './')
})
