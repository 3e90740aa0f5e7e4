/**
 * `npm run browser [-- PATTERN]`: the HTML report in a real browser. A release is read, filtered and looked into with the keyboard,
 * axe-core finds nothing, and no file of the hostile generator runs anything or asks for an address. Needs `npm run build` and
 * Chromium (`DISTAUDIT_CHROMIUM` names one); the hostile part needs ../shared/hostile and Python 3.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildWheel } from '../../fixtures/build.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const command = path('../../dist/cli.cjs')
const generator = path('../../../shared/hostile/make_hostile.py')
const program = [
  process.env.DISTAUDIT_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(one => one !== undefined && existsSync(one))
if (!program || !existsSync(command)) {
  console.error(`skipped: there is no ${program ? command : 'Chromium'}`)
  process.exit(2)
}

const scratch = mkdtempSync(join(tmpdir(), 'distaudit-page-'))
const wanted = new RegExp(process.argv[2] ?? '.')
let passed = 0
const failures: string[] = []
function check(name: string, holds: boolean, detail = ''): void {
  if (holds) passed++
  else failures.push(`${name}${detail === '' ? '' : `: ${detail}`}`)
}

function pageOf(name: string, files: readonly string[]): string {
  const out = join(scratch, `${name}.html`)
  const { status, stderr } = spawnSync(
    process.execPath,
    [command, '--no-config', '--quiet', '--format', `html=${out}`, ...files],
    { encoding: 'utf8', cwd: scratch },
  )
  if (status !== 0 && status !== 1) throw new Error(`${name}: status ${status}: ${stderr}`)
  return out
}

/** A page with what it must not do: run what is not ours, or ask for an address. */
async function open(browser: Browser, file: string, width = 1280, scheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
  const page = await context.newPage()
  const harm: string[] = []
  page.on('dialog', dialog => {
    harm.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', error => harm.push(error.message))
  page.on('request', request => {
    if (request.url() !== pathToFileURL(file).href && !/^(?:about|data):/.test(request.url())) harm.push(request.url())
  })
  await page.goto(pathToFileURL(file).href)
  await page.waitForSelector('h1')
  return { page, harm, close: () => context.close() }
}

async function accessible(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(
    `axe.run(document).then(({ violations }) => violations.map(one => one.id + ' ' + one.nodes[0].html.slice(0, 200)))`,
  )
  check(`${name}: axe-core`, (found as string[]).length === 0, (found as string[]).join('\n'))
}

/** Waits until the address says something, or no longer does; it is written a moment after a choice. */
async function address(page: Page, part: string, isThere: boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (new URL(page.url()).hash.includes(part) === isThere) return
    await page.waitForTimeout(50)
  }
  check(`the address ${isThere ? 'has' : 'does not have'} ${part}`, false, page.url())
}

/** A wheel whose description and names are hostile, and that has findings. */
async function sample(license: string, tag: string): Promise<string> {
  const readme = [
    '# Demo',
    '<script>alert(1)</script><img src="https://example.org/a.png" alt="a badge" onerror="alert(2)">',
    '<a href="javascript:alert(3)">bad</a> [good](https://example.org/)',
    '<svg><script>alert(4)</script></svg><iframe srcdoc="<script>alert(5)</script>"></iframe><p style="color: red">styled</p>',
  ].join('\n\n')
  const built = await buildWheel({
    filename: `demo-1.0-${tag}-none-any.whl`,
    metadata: { 'License-Expression': license, 'Description-Content-Type': 'text/markdown' },
    description: readme,
    files: { 'demo/data/large.bin': 'x'.repeat(50_000), 'demo/</script><img src=x onerror=alert(6)>.txt': 'x' },
  })
  const file = join(scratch, built.filename)
  writeFileSync(file, built.bytes)
  return file
}

async function reads(browser: Browser): Promise<void> {
  const file = pageOf('sample', [await sample('MIT License', 'py3'), await sample('MIT', 'py2.py3')])
  for (const [width, scheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    const name = `sample, ${width} pixels, ${scheme}`
    const { page, harm, close } = await open(browser, file, width, scheme)
    check(`${name}: wide`, (await page.evaluate('document.documentElement.scrollWidth')) === width)
    await page.locator('details.finding summary').first().press('Enter')
    check(`${name}: the line`, (await page.locator('.line.meant mark').first().textContent()) === 'MIT License')
    const frame = page.frameLocator('iframe')
    check(`${name}: description`, (await frame.locator('h1').textContent()) === 'Demo')
    check(`${name}: alt text`, (await frame.locator('.image').textContent()) === 'a badge')
    const left = await frame.locator('script, img, svg, iframe, [onerror], [style], [href^="javascript"]').count()
    check(`${name}: cleaned`, left === 0, `${left} elements`)
    await page.locator('.box').first().focus()
    await page.keyboard.press('Enter')
    await address(page, 'folder=', true)
    await page.keyboard.press('Escape')
    await address(page, 'folder=', false)
    await page.getByLabel('Text').fill('no such words')
    check(`${name}: filter`, /^0 of /.test((await page.locator('#findings .status').textContent()) ?? ''))
    await address(page, 'find=', true)
    await page.reload()
    check(`${name}: address`, (await page.getByLabel('Text').inputValue()) === 'no such words')
    await page.getByRole('button', { name: 'Show all' }).click()
    await accessible(page, name)
    check(`${name}: harm`, harm.length === 0, harm.join(', '))
    await close()
  }
}

/** Every file of the hostile generator, as each could be in a report of its own. */
async function hostile(browser: Browser): Promise<void> {
  if (!existsSync(generator)) return console.error(`skipped: there is no ${generator}`)
  const folder = join(scratch, 'hostile')
  execFileSync('python3', [generator, folder])
  const rows = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { case: string; path: string }[]
  for (const [index, row] of rows.entries()) {
    if (!wanted.test(row.case)) continue
    const file = pageOf(`hostile-${index}`, [join(folder, row.path)])
    const { page, harm, close } = await open(browser, file)
    for (const summary of (await page.locator('details.finding summary').all()).slice(0, 5))
      await summary.press('Enter')
    const scripts = await page.locator('script:not([type="application/json"])').count()
    check(row.case, scripts === 1 && harm.length === 0, [`${scripts} scripts`, ...harm].join(', '))
    await close()
    rmSync(file)
  }
}

const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
try {
  if (wanted.test('sample')) await reads(browser)
  await hostile(browser)
} finally {
  await browser.close()
  rmSync(scratch, { recursive: true, force: true })
}
for (const failure of failures) console.error(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
