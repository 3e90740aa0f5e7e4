import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { GUIDE } from '../guide.ts'

/**
 * `npm run look -- SITE PICTURES [NAME...]`: pictures of the built site in Chromium (CHROMIUM, or /usr/bin/chromium) at two widths, light and
 * dark, into a directory; what axe-core finds in any of them is an error, and so is a search that the keyboard cannot use.
 */
const [first, second, ...names] = process.argv.slice(2)
const [site, out] = [first, second].map(dir => dir && resolve(process.env.INIT_CWD ?? '.', dir))
if (site === undefined || out === undefined) {
  console.error('usage: npm run look -- SITE PICTURES [NAME...]')
  process.exit(2)
}
mkdirSync(out, { recursive: true })
const base = process.env.DISTAUDIT_SITE_BASE ?? '/'
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://site')
  if (!pathname.startsWith(base)) return response.writeHead(404).end()
  const path = join(site, decodeURIComponent(pathname.slice(base.length)))
  const file = [path, `${path}.html`, join(path, 'index.html')].find(
    name => existsSync(name) && statSync(name).isFile(),
  )
  if (file === undefined) return response.writeHead(404).end()
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
  return createReadStream(file).pipe(response)
}).listen(0, '127.0.0.1')
await new Promise(done => server.once('listening', done))
const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`

interface View {
  readonly name: string
  readonly path: string
  /** What is opened on the page. */
  readonly open?: (page: Page) => Promise<void>
  /** Only where the page has it. */
  readonly size?: Size
}

const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }
type Size = keyof typeof SIZES

const VIEWS: readonly View[] = [
  ...GUIDE.flatMap(({ items = [] }) => items).map(({ link = '/' }) => ({
    name: link.replaceAll('/', ' ').trim().replaceAll(' ', '-') || 'home',
    path: link,
  })),
  { name: 'rule', path: '/rules/license-expression-invalid' },
  // Against what the system says.
  {
    name: 'census-switched',
    path: '/census',
    size: 'desktop',
    open: page => press(page, '.VPSwitchAppearance', '.VPDoc'),
  },
  { name: 'search', path: '/', open: page => search(page, 'license expression') },
  { name: 'search-texts', path: '/', open: searchWithTexts },
  { name: 'search-nothing', path: '/', open: page => search(page, 'qqqqqq', '.no-results') },
  { name: 'menu', path: '/', size: 'phone', open: page => press(page, '.VPNavBarHamburger', '.VPNavScreen') },
  { name: 'sidebar', path: '/', size: 'phone', open: page => press(page, '.VPLocalNav .menu', '.VPSidebar.open') },
]

async function press(page: Page, button: string, opened: string): Promise<void> {
  await page.locator(button).first().click()
  await page.locator(opened).waitFor()
}

async function search(page: Page, text: string, wanted = '.result'): Promise<void> {
  await press(page, '.VPNavBarSearch button', '.VPLocalSearchBox')
  await page.getByRole('combobox', { name: 'Search' }).fill(text)
  await page.locator(`.VPLocalSearchBox ${wanted}`).first().waitFor({ timeout: 120_000 })
}

async function searchWithTexts(page: Page): Promise<void> {
  await search(page, 'license expression')
  // A phone has no room for the button.
  const button = page.locator('.toggle-layout-button')
  if (!(await button.isVisible())) return
  await button.click()
  await page.locator('.VPLocalSearchBox .excerpt').first().waitFor({ timeout: 120_000 })
}

const addressOf = (href: string | null) => new URL(href ?? '', home).href.replace(/\.html(?=#|$)/, '')

/** The second result by the keyboard alone: it is announced, and Enter opens it. */
async function searchByKeyboard(page: Page): Promise<string | undefined> {
  await page.goto(home, { waitUntil: 'networkidle' })
  await page.keyboard.press('Control+k')
  await page.locator('.VPLocalSearchBox').waitFor()
  await page.keyboard.type('license expression')
  await page.locator('.VPLocalSearchBox .result').first().waitFor({ timeout: 120_000 })
  await page.keyboard.press('ArrowDown')
  const active = await page.getByRole('combobox', { name: 'Search' }).getAttribute('aria-activedescendant')
  const option = page.getByRole('option', { selected: true })
  if (active === null || (await option.getAttribute('id')) !== active) return `${active} is not the selected option`
  const wanted = addressOf(await option.getAttribute('href'))
  await page.keyboard.press('Enter')
  await page.waitForURL(url => addressOf(url.href) === wanted, { timeout: 10_000, waitUntil: 'commit' })
  return
}
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-prefers-reduced-motion'],
})
let problems = 0
for (const [size, viewport] of Object.entries(SIZES))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
    for (const { name, path, open, size: only } of VIEWS) {
      if (only !== undefined && only !== size) continue
      if (names.length > 0 && !names.includes(name)) continue
      const page = await context.newPage()
      page.on('pageerror', error => {
        problems += 1
        console.error(`${name}: ${error.message}`)
      })
      await page.goto(home + path.slice(1), { waitUntil: 'networkidle', timeout: 120_000 })
      await open?.(page)
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
const page = await browser.newPage()
const stuck = await searchByKeyboard(page).catch((error: unknown) => String(error))
if (stuck !== undefined) {
  problems += 1
  console.error(`search by keyboard: ${stuck}`)
}
await browser.close()
server.close()
console.log(`${problems} problems`)
if (problems > 0) process.exitCode = 1

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly target: readonly string[] }[]
}
