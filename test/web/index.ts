/**
 * `npm run web:try [-- PATTERN]`: the page of apps/web in a real browser, against the command. Needs `npm run build`, the packages of
 * apps/web and Chromium (`DISTAUDIT_CHROMIUM` names one; else that of playwright-core or of the system); the hostile part needs
 * ../shared/hostile and Python 3. `DISTAUDIT_PICTURES` names a folder for pictures, `DISTAUDIT_LARGE` a large wheel to measure.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { buildExample, buildWheel } from '../../fixtures/build.js'
import { writeZip } from '../../fixtures/make/zip.js'
import { RULES } from '../../rules/registry/index.js'
import type { Report } from '../../src/report/report.js'
import { damagedMembers } from '../support/damaged.js'
import { MiB, noise } from './noise.js'
import { path, program, type Site, serve } from './site.js'

const command = path('../../dist/cli.cjs')
const app = path('../../apps/web/')
const generator = path('../../../shared/hostile/make_hostile.py')
if (!program || !existsSync(command) || !existsSync(`${app}node_modules/vite`)) {
  console.error(
    `skipped: there is no ${!program ? 'Chromium' : existsSync(command) ? `${app}node_modules (npm ci there)` : command}`,
  )
  process.exit(2)
}
const library = (await import(path('../../dist/index.js'))) as typeof import('../../src/index.js')

const scratch = mkdtempSync(join(tmpdir(), 'distaudit-web-'))
const wanted = new RegExp(process.argv[2] ?? '.')
const pictures = process.env.DISTAUDIT_PICTURES
/** Longer than any part takes: nothing fails because the machine is busy. */
const PATIENCE = 600_000
let passed = 0
const failures: string[] = []
function check(name: string, holds: boolean, detail = ''): void {
  if (holds) passed++
  else {
    failures.push(`${name}${detail === '' ? '' : `: ${detail}`}`)
    console.error(`failed: ${failures.at(-1)}`)
  }
}

interface Given {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A page with what it must not do: run what is not ours, ask others, meet its own policy. */
interface Opened {
  readonly page: Page
  readonly harm: string[]
  readonly context: BrowserContext
}

let site: Site
let other: Site
let plain: Site

async function open(browser: Browser, width = 1280, scheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const harm: string[] = []
  page.on('dialog', dialog => {
    harm.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', error => harm.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') harm.push(message.text())
  })
  page.on('popup', popup => harm.push(`window ${popup.url()}`))
  context.on('request', request => {
    const url = request.url()
    if (![site, other, plain].some(one => url.startsWith(`${one.origin}/`)) && !/^(?:about|data|blob):/.test(url))
      harm.push(url)
  })
  await page.goto(site.origin)
  return { page, harm, context }
}

type Chosen = readonly string[] | readonly Given[]

const payload = (files: Chosen) =>
  files.map(file =>
    typeof file === 'string'
      ? file
      : { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.bytes) },
  ) as string[]

const settled = (page: Page) => page.waitForSelector('#result:not([hidden]), #problem:not([hidden])')

/** Gives files to the page as a person does. Its problem, or ''. */
async function give(page: Page, files: Chosen): Promise<string> {
  if (await page.locator('#result').isVisible()) await page.locator('#again').click()
  await page.setInputFiles('#files', payload(files))
  await settled(page)
  return (await page.locator('#problem').isVisible()) ? ((await page.locator('#problem').textContent()) ?? '') : ''
}

/** What the page saves. */
async function saved(page: Page, id = 'save-json'): Promise<string> {
  const coming = page.waitForEvent('download')
  await page.locator(`#${id}`).click()
  return readFileSync(await (await coming).path(), 'utf8')
}

function run(args: readonly string[], cwd = scratch): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    encoding: 'utf8',
    cwd,
    maxBuffer: 2 ** 30,
  })
  if (status !== 0 && status !== 1) throw new Error(`status ${status}: ${stderr}`)
  return stdout
}

const audited = (names: readonly string[], cwd: string) =>
  run(['--no-config', '--quiet', '--format', 'json', ...names], cwd)

const isDistribution = (name: string) => /\.(?:whl|tar\.gz|zip)$/.test(name)

/** Folders of fixtures with the files in each. */
function fixtures(): readonly (readonly [folder: string, names: readonly string[]])[] {
  const root = path('../../fixtures/')
  const folders = ['real', 'regressions']
  for (const backend of readdirSync(`${root}backends`))
    for (const layout of ['flat', 'src']) folders.push(`backends/${backend}/${layout}`)
  return folders
    .filter(folder => existsSync(root + folder))
    .map(
      folder =>
        [
          root + folder,
          readdirSync(root + folder)
            .filter(isDistribution)
            .sort(),
        ] as const,
    )
}

async function equal({ page }: Opened): Promise<void> {
  let count = 0
  for (const [folder, names] of fixtures()) {
    const files = names.map(name => join(folder, name))
    const problem = await give(page, files)
    check(`${folder}: json`, problem === '' && (await saved(page)) === audited(names, folder), problem)
    if (folder.endsWith('regressions')) continue
    await page.locator('#see-contents').click()
    await page.waitForSelector('#shown > pre')
    check(`${folder}: show`, (await saved(page)) === run(['show', '--format', 'json', ...names], folder))
    count += names.length
  }
  console.log(`${count} fixtures equal to the command's JSON, and those of show`)
}

async function compares({ page }: Opened): Promise<void> {
  const folders = fixtures().filter(([, names]) => names.length === 2)
  for (const [folder, [old = '', now = '']] of folders) {
    await page.locator('#to-compare').click()
    await page.setInputFiles('#old-files', join(folder, old))
    await page.setInputFiles('#now-files', join(folder, now))
    await page.locator('#texts').check()
    await page.locator('#start-compare').click()
    await settled(page)
    const args = ['diff', '--text=**', '--format']
    check(`${folder}: diff`, (await saved(page)) === run([...args, 'json', old, now], folder))
    check(`${folder}: diff as a page`, (await saved(page, 'save-html')) === run([...args, 'html', old, now], folder))
  }
  await page.locator('#to-audit').click()
  console.log(`${folders.length} comparisons equal to the command's JSON and page`)
}

/** Every example of every rule, as the library on Node sees it. */
async function examples({ page }: Opened): Promise<void> {
  let count = 0
  for (const rule of RULES) {
    if (!rule.applies.some(subject => subject === 'wheel' || subject === 'sdist' || subject === 'release')) continue
    for (const [index, example] of [rule.bad, rule.good].flat().entries()) {
      const files = (await buildExample(example))
        .filter(({ broken }) => !broken)
        .map(({ filename, bytes }) => ({ name: filename, bytes }))
      // More cannot be handed to the browser without a file.
      if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > 40 * MiB) continue
      if (files.length === 0 || example.tree || example.baseline || example.tracked || example.demands) continue
      if (new Set(files.map(({ name }) => name)).size < files.length) continue
      const problem = await give(page, files)
      const expected = await library.audit(
        files.map(({ name, bytes }) => ({ name, source: library.bytesSource(bytes) })),
      )
      const found = problem === '' ? (JSON.parse(await saved(page)) as Report) : undefined
      check(`${rule.id} ${index + 1}`, same(found, expected), problem)
      if (++count % 50 === 0) console.log(`examples: ${count}`)
    }
  }
  check('there are examples', count > 0)
  console.log(`${count} examples of rules compared with the library on Node`)
}

/** Keys in any order; what is undefined is not there. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}

/** A wheel of some 100 MB, as little compressible as those with large libraries. */
let largeFile = process.env.DISTAUDIT_LARGE
async function large(): Promise<string> {
  if (largeFile !== undefined) return largeFile
  const files: Record<string, string> = {}
  for (let index = 0; index < 42; index++) files[`demo/data/part${index}.bin`] = noise(index, 3 * MiB)
  for (let index = 0; index < 400; index++) files[`demo/m${index}.py`] = `value = ${index}\n`.repeat(500)
  const { filename, bytes } = await buildWheel({ files })
  largeFile = join(scratch, filename)
  writeFileSync(largeFile, bytes)
  return largeFile
}

/** Bytes that processes of the browser have had at most, by their kind. */
async function peaks(browser: Browser): Promise<ReadonlyMap<string, number>> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const found = new Map<string, number>()
  for (const { type, id } of processInfo) {
    const [, kb] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? []
    found.set(type, Math.max(found.get(type) ?? 0, Number(kb) * 1024))
  }
  return found
}

/** Large members that the browser's own zlib inflates, or does not, for they are not as their records say. */
async function damaged({ page }: Opened): Promise<void> {
  const { filename, entries } = await buildWheel({ files: {} })
  const own = entries.map(({ path, text }) => ({ name: path, data: text }))
  const sizes = [400_000, 3_000_000]
  const bytes = writeZip([...own, ...sizes.flatMap(size => damagedMembers(`demo/data${size}`, size))])
  writeFileSync(join(scratch, filename), bytes)
  const problem = await give(page, [{ name: filename, bytes }])
  check('damaged: json', problem === '' && (await saved(page)) === audited([filename], scratch), problem)
}

const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`

async function measured(browser: Browser): Promise<void> {
  const file = await large()
  const names = [basename(file)]
  const folder = join(file, '..')
  const times: number[][] = [[], []]
  let expected = ''
  const { page, context } = await open(browser)
  for (let round = 0; round < 3; round++) {
    let start = performance.now()
    expected = audited(names, folder)
    times[0]?.push(performance.now() - start)
    start = performance.now()
    const problem = await give(page, [file])
    times[1]?.push(performance.now() - start)
    check('a large wheel: json', problem === '' && (await saved(page)) === expected, problem)
  }
  const [ours = 0, pages = 0] = times.map(list => Math.min(...list))
  const memory = existsSync('/proc/self/status') ? ((await peaks(browser)).get('renderer') ?? 0) : 0
  console.log(
    `a wheel of ${mb(statSync(file).size)}: the command ${Math.round(ours)} ms, the page ${Math.round(pages)} ms (${(pages / ours).toFixed(2)}x, goal 2.5x), the page's process at most ${mb(memory)} (goal 400 MB)`,
  )
  await context.close()
}

/** Every file of the hostile generator, one after the other in one page, which has to survive them all. */
async function hostile(opened: Opened): Promise<void> {
  if (!existsSync(generator)) return console.error(`skipped: there is no ${generator}`)
  const { page, harm } = opened
  const folder = join(scratch, 'hostile')
  execFileSync('python3', [generator, folder])
  const rows = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { case: string; path: string }[]
  const problems: string[] = []
  for (const [index, row] of rows.entries()) {
    if (index % 50 === 0) console.log(`hostile: ${index} of ${rows.length}`)
    const file = join(folder, row.path)
    const before = harm.length
    const problem = await give(page, [{ name: basename(file), bytes: readFileSync(file) }])
    if (problem !== '') problems.push(`${row.case}: ${problem}`)
    else await page.frameLocator('#shown iframe').locator('h1').waitFor()
    check(row.case, harm.length === before, harm.slice(before).join(', '))
  }
  check('no hostile file ends the work', problems.length === 0, problems.join('\n'))
  console.log(`${rows.length} hostile files, ${problems.length} of them without a report`)
}

async function offline(browser: Browser): Promise<void> {
  const { page, context, harm } = await open(browser)
  await page.evaluate('navigator.serviceWorker.ready')
  // The first visit was not the worker's.
  await page.reload()
  check('offline: the worker', await page.evaluate('navigator.serviceWorker.controller !== null'))
  const [folder, names] = fixtures()[0] ?? ['', []]
  const files = names.map(name => join(folder, name))
  // The renderer is kept when it was needed once.
  await give(page, files)
  await context.setOffline(true)
  site.server.closeAllConnections()
  const before = site.asked.length
  await page.reload()
  const problem = await give(page, files)
  check('offline: json', problem === '' && (await saved(page)) === audited(names, folder), problem)
  // A browser looks for a new service worker by itself.
  const asked = site.asked.slice(before).filter(one => one !== 'GET /sw.js')
  check('offline: the server', asked.length === 0, asked.join(', '))
  check('offline: harm', harm.length === 0, harm.join(', '))
  await context.setOffline(false)
  const session = await context.newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  const errors = installabilityErrors.map(({ errorId }) => errorId).filter(id => id !== 'in-incognito')
  check('installable', errors.length === 0, errors.join(', '))
  await context.close()
}

async function cancels({ page }: Opened): Promise<void> {
  const file = await large()
  await page.setInputFiles('#files', file)
  await page.locator('#step', { hasText: '%' }).waitFor()
  await page.locator('#cancel').press('Enter')
  check('cancel', (await page.locator('#audit').isVisible()) && !(await page.locator('#problem').isVisible()))
  check('cancel: said', (await page.locator('#said').textContent()) === 'Cancelled')
  const [folder, names] = fixtures()[0] ?? ['', []]
  const problem = await give(page, [join(folder, names[0] ?? '')])
  check('after cancel', problem === '', problem)
}

async function addresses({ page }: Opened): Promise<void> {
  const [folder, names] = fixtures()[0] ?? ['', []]
  const [name = ''] = names
  const file = await large()
  const visit = async (address: string, old?: string): Promise<string> => {
    await page.goto('about:blank')
    const parts = new URLSearchParams({ url: address, ...(old !== undefined && { old }) })
    await page.goto(`${site.origin}/#${parts}`)
    await settled(page)
    return (await page.locator('#problem').textContent()) ?? ''
  }
  for (const [label, from] of [
    ['with ranges', other],
    ['without ranges', plain],
  ] as const) {
    const problem = await visit(`${from.origin}/${name}`)
    check(`an address ${label}`, problem === '' && (await saved(page)) === audited([name], folder), problem)
  }
  other.asked.length = 0
  const problem = await visit(`${other.origin}/${basename(file)}`)
  const parts = other.asked.filter(one => one.startsWith('GET'))
  check(
    'a large address',
    problem === '' && (await saved(page)) === audited([basename(file)], join(file, '..')),
    problem,
  )
  check('a large address: parts', parts.length > 10 && parts.every(one => one.includes('bytes=')), parts[0])
  check('a large address: each once', new Set(parts).size === parts.length)
  console.log(`a wheel of ${mb(statSync(file).size)} by its address: ${parts.length} ranges`)
  const wrong = await visit(`${other.origin}/${name}#sha256=${'0'.repeat(64)}`)
  const notes = (await page.locator('#notes').textContent()) ?? ''
  check('a wrong hash', wrong === '' && notes.includes('is not the file that its address names'), notes)
  check('no file', (await visit(`${other.origin}/absent-1.0-py3-none-any.whl`)).includes('answered 404'))
  check('another origin', (await visit('https://example.org/a.whl')).includes('does not open files from'))
  check('no address', (await visit('javascript:alert(1)')).includes('is not the address of a file'))
  check('two addresses', (await visit(`${other.origin}/${name}`, `${plain.origin}/${name}`)) === '')
}

/** A description that only docutils can judge: it is loaded from the page's own server, and only now. */
async function renders({ page }: Opened): Promise<void> {
  const built = await buildWheel({
    metadata: { 'Description-Content-Type': 'text/x-rst' },
    description: 'Title\n==\n\n.. unknown-directive:: x\n\nText `link <https://example.org>`_ and |nothing|.\n',
  })
  const file = join(scratch, built.filename)
  writeFileSync(file, built.bytes)
  const from = site.asked.length
  await give(page, [{ name: 'notes.txt', bytes: Buffer.from('no archive') }])
  const asked = () => site.asked.slice(from).filter(one => one.includes('renderer-')).length
  const before = asked()
  const problem = await give(page, [file])
  const found = await saved(page)
  check('reStructuredText', problem === '' && found === audited([built.filename], scratch), problem)
  check('reStructuredText: a finding', found.includes('description-rst-invalid'), found.slice(0, 2000))
  check('reStructuredText: the renderer', before === 0 && asked() > 0, `${before}, ${asked()}`)
}

async function accessible(page: Page, name: string): Promise<void> {
  for (const frame of page.frames().filter(one => !one.url().startsWith('about:'))) {
    await frame.evaluate(axe.source)
    const found = await frame.evaluate(
      `axe.run(document, { iframes: false }).then(({ violations }) => violations.map(one => one.id + ' ' + one.nodes[0].html.slice(0, 200)))`,
    )
    check(`${name}: axe-core`, (found as string[]).length === 0, (found as string[]).join('\n'))
  }
}

async function looks(browser: Browser): Promise<void> {
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
  const [folder, names] = fixtures()[0] ?? ['', []]
  for (const [width, scheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const) {
    const { page, harm, context } = await open(browser, width, scheme)
    const look = async (name: string) => {
      const whole = `${name}, ${width} pixels, ${scheme}`
      check(`${whole}: wide`, (await page.evaluate('document.documentElement.scrollWidth')) === width)
      await accessible(page, whole)
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`) })
    }
    await look('start')
    // With the keyboard alone: to the file chooser, to the address, and on.
    const stops: string[] = []
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab')
      stops.push((await page.evaluate('document.activeElement.id || document.activeElement.textContent')) as string)
    }
    check('keyboard', stops.slice(0, 5).join() === 'home,to-audit,to-compare,files,address', stops.join())
    await page.locator('#to-compare').press('Enter')
    await look('compare')
    await page.setInputFiles('#old-files', join(folder, names[0] ?? ''))
    await page.setInputFiles('#now-files', join(folder, names[1] ?? ''))
    await page.locator('#start-compare').press('Enter')
    await settled(page)
    await page.frameLocator('#shown iframe').locator('h1').waitFor()
    await look('difference')
    await page.locator('#to-audit').press('Enter')
    await give(
      page,
      names.map(name => join(folder, name)),
    )
    await page.frameLocator('#shown iframe').locator('h1').waitFor()
    await look('report')
    await page.locator('#see-contents').press('Enter')
    await page.waitForSelector('#shown > pre')
    await look('contents')
    await give(page, [{ name: 'notes.txt', bytes: Buffer.from('no archive') }])
    await look('other')
    check('harm', harm.length === 0, harm.join(', '))
    await context.close()
  }
}

/** The page, and two servers with files: one that answers ranges, and one that does not. */
async function build(): Promise<void> {
  const [folder = ''] = fixtures()[0] ?? []
  other = await serve([folder, scratch], { cors: true })
  plain = await serve([folder, scratch], { cors: true, ranges: false })
  const out = join(scratch, 'site')
  const origins = [other, plain].flatMap(({ origin }) => ['--from', origin])
  execFileSync('npm', ['run', '--silent', 'build', '--', out, ...origins], { cwd: app, stdio: 'inherit' })
  site = await serve([out])
}

await build()
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
try {
  const inOne: Readonly<Record<string, (opened: Opened) => Promise<void>>> = {
    equal,
    compares,
    renders,
    cancels,
    addresses,
    examples,
    damaged,
    hostile,
  }
  for (const [name, part] of Object.entries(inOne)) {
    if (!wanted.test(name)) continue
    const opened = await open(browser)
    // A server that says that there is no such file is told of in the console.
    await part(opened)
    const harm = opened.harm.filter(text => name !== 'addresses' || !/status of 404/.test(text))
    check(`${name}: harm`, harm.length === 0, harm.slice(0, 5).join(', '))
    await opened.context.close()
  }
  for (const [name, part] of Object.entries({ offline, looks })) if (wanted.test(name)) await part(browser)
} finally {
  await browser.close()
}
if (wanted.test('measured')) {
  // Of a browser that has done nothing else.
  const fresh = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] })
  await measured(fresh).finally(() => fresh.close())
}
for (const { server } of [site!, other!, plain!]) server.close()
rmSync(scratch, { recursive: true, force: true })
for (const failure of failures) console.error(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
