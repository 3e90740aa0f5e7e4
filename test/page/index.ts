/**
 * `npm run browser [-- PART [CASES]]`: the HTML report in a real browser. Parts: `sample`, a release that is read, filtered and looked
 * into with the keyboard, and in which axe-core finds nothing; `release`, how much work it is to open a large one; `payloads` and
 * `hostile`, files that run nothing, ask for no address and leave no element of theirs in the page, nor in that of `distaudit diff`.
 * Needs `npm run build` and Chromium (`DISTAUDIT_CHROMIUM` names one; else that of playwright-core or of the system); `hostile` needs
 * ../shared/hostile and Python 3, and takes those cases of it alone whose names match CASES.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type Built, buildSdist, buildWheel } from '../../fixtures/build.js'
import { diff } from '../../src/index.js'
import { differenceHtml } from '../../src/report/difference-html.js'
import type { Comparison } from '../../src/show/difference.js'
import { open, strangeIn, violations } from './browser.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const command = path('../../dist/cli.cjs')
const generator = path('../../../shared/hostile/make_hostile.py')
const program = [
  process.env.DISTAUDIT_CHROMIUM,
  chromium.executablePath(),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(one => one !== undefined && existsSync(one))
if (!program || !existsSync(command)) {
  console.error(`skipped: there is no ${program ? command : 'Chromium'}`)
  process.exit(2)
}

const scratch = mkdtempSync(join(tmpdir(), 'distaudit-page-'))
const [part = '', cases = '.'] = process.argv.slice(2)
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

async function accessible(page: Page, name: string): Promise<void> {
  const found = await violations(page)
  check(`${name}: axe-core`, found.length === 0, found.join('\n'))
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
    check(`${name}: the line`, (await page.locator('.line.meant mark').first().textContent()) === 'License')
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
    // Before axe-core, which writes to the frame from outside.
    check(`${name}: harm`, harm.length === 0, harm.join(', '))
    await accessible(page, name)
    await close()
  }
}

/** A page with everything in it opened: it ran nothing, asked for nothing and has no element that is not ours. */
async function inert(browser: Browser, name: string, file: string, scripts: 0 | 1 = 1): Promise<void> {
  const { page, harm, close } = await open(browser, file)
  const strange = await strangeIn(page, scripts)
  check(name, strange.length === 0 && harm.length === 0, [...strange, ...harm].join('\n'))
  await close()
  rmSync(file)
}

const PAYLOADS = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '<img src=x onerror=alert(3)>',
  '"><svg onload=alert(4)>',
  "' onmouseover='alert(5)",
  '</style><iframe srcdoc="<script>alert(6)</script>">',
  '<!--<script>',
  '&lt;script&gt;alert(7)&lt;/script&gt;',
  'javascript:alert(8)',
  '{{constructor.constructor("alert(9)")()}}',
  '__proto__',
  '\u202etxt.exe',
  '\x1b[31m\x9b2J',
]

/** Wheels and sdists with a payload wherever a text of a file reaches the page. */
async function payloads(browser: Browser): Promise<void> {
  const built: Built[] = []
  for (const [index, payload] of PAYLOADS.entries()) {
    const name = payload.replaceAll('/', '\u2215')
    const example = {
      metadata: {
        Summary: payload,
        'License-Expression': payload,
        'Requires-Dist': [payload, `demo; extra == '${payload}'`],
        Classifier: payload,
        Keywords: payload,
        Author: payload,
        'Project-URL': [`${payload}, https://example.org/${payload}`, `Source, ${payload}`],
        'Requires-Python': payload,
        'License-File': `LICENSE${name}`,
        'Description-Content-Type': index % 2 === 0 ? 'text/markdown' : payload,
        [`X-${payload}`]: payload,
      },
      description: `# ${payload}\n\n[${payload}](${payload}) ![${payload}](${payload})\n\n${payload}\n\n\`\`\`${payload}\n${payload}\n\`\`\`\n`,
      files: {
        [`demo/${payload}.py`]: payload,
        [`demo/${name}/${payload}.so`]: '\x7fELF',
        [`${name}.pth`]: `import ${payload}`,
      },
    }
    built.push(
      {
        ...(await buildWheel({ ...example, entryPoints: `[${payload}]\n${payload} = ${payload}:main\n` })),
        filename: `demo-1.0-${index}-py3-none-any.whl`,
      },
      { ...(await buildSdist(example)), filename: `demo-1.0.post${index}.tar.gz` },
    )
  }
  const files = built.map(({ filename, bytes }) => {
    const file = join(scratch, filename)
    writeFileSync(file, bytes)
    return file
  })
  await inert(browser, 'payloads', pageOf('payloads', files))
  const [plain] = files
  if (plain) await inert(browser, 'payloads, compared', await differencePage(plain, files), 0)
}

/** What differs between one file and each of others, on one page as `distaudit diff` writes it. */
async function differencePage(old: string, others: readonly string[]): Promise<string> {
  const comparisons: Comparison[] = []
  for (const one of others) comparisons.push(await diff(old, one, { text: ['*'] }))
  const file = join(scratch, 'difference.html')
  const all: Comparison = {
    different: true,
    pairs: comparisons.flatMap(({ pairs }) => pairs),
    added: comparisons.flatMap(({ added }) => added),
    removed: comparisons.flatMap(({ removed }) => removed),
    unread: comparisons.flatMap(({ unread }) => unread),
  }
  writeFileSync(file, differenceHtml(all))
  return file
}

/** Files in one report: as many as are read in a moment. */
const BATCH = 30

/** Every file of the hostile generator. */
async function hostile(browser: Browser): Promise<void> {
  if (!existsSync(generator)) return console.error(`skipped: there is no ${generator}`)
  const folder = join(scratch, 'hostile')
  execFileSync('python3', [generator, folder])
  const rows = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { case: string; path: string }[]
  const wanted = new RegExp(cases)
  const chosen = rows.filter(row => wanted.test(row.case))
  for (let at = 0; at < chosen.length; at += BATCH) {
    const batch = chosen.slice(at, at + BATCH)
    const name = `${batch[0]?.case} to ${batch.at(-1)?.case}`
    console.log(`${at} of ${chosen.length}: ${name}`)
    const files = batch.map(row => join(folder, row.path))
    await inert(browser, name, pageOf('hostile', files))
    await inert(browser, `${name}, compared`, await differencePage(join(folder, rows[0]?.path ?? ''), files), 0)
  }
}

/** Files of a large release, its members, and the seconds of the processor in which its report opens. */
const [FILES, MEMBERS, SECONDS] = [60, 20_000, 2]

async function release(browser: Browser): Promise<void> {
  const folder = join(scratch, 'release')
  mkdirSync(folder)
  const each = Math.ceil(MEMBERS / FILES)
  for (let index = 0; index < FILES; index++) {
    const paths = Array.from({ length: each }, (_, at) => `demo/part${at % 7}/section${at % 31}/module_${at}.py`)
    const files = Object.fromEntries(paths.map((path, at) => [path, 'x = 1\n'.repeat(at)]))
    const { bytes } = await buildWheel({
      metadata: { 'License-Expression': 'MIT License', Classifier: 'Not :: One' },
      files,
    })
    writeFileSync(join(folder, `demo-1.0-${index + 1}-py3-none-any.whl`), bytes)
  }
  const { page, harm, close } = await open(browser, pageOf('release', [folder]))
  const session = await page.context().newCDPSession(page)
  // Work is counted from here on: the page is opened once more.
  await session.send('Performance.enable')
  await page.reload()
  await page.waitForSelector('.box')
  const { metrics } = await session.send('Performance.getMetrics')
  const { value: seconds = Number.NaN } = metrics.find(({ name }) => name === 'TaskDuration') ?? {}
  console.log(`${FILES} files open in ${seconds.toFixed(2)} s of work`)
  check('release: seconds', seconds < SECONDS, seconds.toFixed(2))
  check('release: harm', harm.length === 0, harm.join('\n'))
  await accessible(page, 'release')
  await close()
}

const parts = { sample: reads, release, payloads, hostile }
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
try {
  for (const [name, run] of Object.entries(parts)) if (part === '' || part === name) await run(browser)
} finally {
  await browser.close()
  rmSync(scratch, { recursive: true, force: true })
}
for (const failure of failures) console.error(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
