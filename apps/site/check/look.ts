import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/**
 * `npm run look -- DIR`: pictures of the built site in Chromium (CHROMIUM, or /usr/bin/chromium) at two widths, light and dark, into
 * DIR; what axe-core finds in any of them is an error.
 */
const [dir] = process.argv.slice(2)
if (dir === undefined) {
  console.error('usage: npm run look -- DIR')
  process.exit(2)
}
const out = resolve(process.env.INIT_CWD ?? '.', dir)
mkdirSync(out, { recursive: true })
const site = fileURLToPath(new URL('../.vitepress/dist', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

const server = createServer((request, response) => {
  const path = join(site, decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname))
  const file = [path, `${path}.html`, join(path, 'index.html')].find(
    name => existsSync(name) && statSync(name).isFile(),
  )
  if (file === undefined) return response.writeHead(404).end()
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
  return createReadStream(file).pipe(response)
}).listen(0, '127.0.0.1')
await new Promise(done => server.once('listening', done))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const PAGES = {
  home: '/',
  rule: '/rules/license-expression-invalid',
  rules: '/rules/',
  comparison: '/comparison',
  census: '/census',
  search: '/',
}
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-prefers-reduced-motion'],
})
let problems = 0
for (const [size, viewport] of Object.entries(SIZES))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await context.newPage()
      page.on('pageerror', error => {
        problems += 1
        console.error(`${name}: ${error.message}`)
      })
      await page.goto(origin + path, { waitUntil: 'networkidle', timeout: 120_000 })
      if (name === 'search') {
        await page.locator('.VPNavBarSearch button').first().click()
        await page.locator('.VPLocalSearchBox input').fill('license expression')
        await page.locator('.VPLocalSearchBox .result').first().waitFor({ timeout: 120_000 })
      }
      await page.screenshot({ path: join(out, `${name}-${size}-${colorScheme}.png`) })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (overflow > 0) {
        problems += 1
        console.error(`${name} ${size}: ${overflow} pixels wider than the window`)
      }
      await page.addScriptTag({ path: axe })
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
        return (await axe.run()).violations.map(({ id, nodes }) => ({
          id,
          nodes: nodes.map(({ html, target }) => ({ html, target })),
        }))
      })
      for (const { id, nodes } of violations) {
        problems += 1
        console.error(
          `${name} ${size} ${colorScheme}: ${id}: ${nodes.length}: ${nodes
            .slice(0, 3)
            .map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 160)}`)
            .join(' | ')}`,
        )
      }
      await page.close()
    }
    await context.close()
  }
await browser.close()
server.close()
console.log(`${problems} problems`)
if (problems > 0) process.exitCode = 1

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly target: readonly string[] }[]
}
