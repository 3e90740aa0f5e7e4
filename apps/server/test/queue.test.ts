import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { rowsOf } from '../src/database.ts'
import { type KnownEdition, known } from '../src/edition.ts'
import { enqueue, ofFolder, ofIndex, ofList } from '../src/enqueue.ts'
import { csv, exportTable } from '../src/export.ts'
import { QUERIES } from '../src/queries.ts'
import { plan, rerun } from '../src/rerun.ts'
import { statusOf } from '../src/status.ts'
import { type Running, running, temporary, writeWheel } from './support.ts'

const place = temporary()
const files = join(place.folder, 'files')
let on: Running
before(async () => {
  on = await running(join(place.folder, 'database'))
})
after(async () => {
  await on.close()
  place.remove()
})

const count = async (table: string, where = 'true') =>
  (await rowsOf<{ n: number }>(on.database, `SELECT count(*)::integer AS n FROM distaudit.${table} WHERE ${where}`))[0]!
    .n

/** Of these files nothing is told. */
const told = (what: string) => assert.fail(what)

test('a folder is audited once, whatever is called how often', async () => {
  for (const name of ['one', 'two', 'three']) writeWheel(files, name)
  writeWheel(files, 'bad', '1.0', 'Classifier: No :: Such\n')
  // The same bytes at another place.
  writeWheel(join(files, 'copy'), 'one')
  const { database, boss, edition } = on
  assert.deepEqual(await enqueue(database, boss, edition, ofFolder(files, told)), { seen: 5, queued: 4 })
  assert.deepEqual(await enqueue(database, boss, edition, ofFolder(files, told)), { seen: 5, queued: 0 })
  const { done, failed, late } = await on.drain()
  assert.deepEqual({ done, failed, late }, { done: 4, failed: 0, late: 0 })
  assert.deepEqual(await enqueue(database, boss, edition, ofFolder(files, told)), { seen: 5, queued: 0 })
  assert.deepEqual(
    [
      await count('distributions'),
      await count('runs'),
      await count('locations'),
      await count('distributions', 'rejected_by_pypi'),
    ],
    [4, 4, 5, 1],
  )
  assert.equal(await count('findings', `rule = 'classifier-unknown'`), 1)
})

test('links are followed, and what cannot be read is told', async () => {
  const folder = join(place.folder, 'links')
  mkdirSync(join(folder, 'deep'), { recursive: true })
  const link = join(folder, 'deep', 'one-1.0-py3-none-any.whl')
  symlinkSync(join(files, 'one-1.0-py3-none-any.whl'), link)
  const broken = join(folder, 'gone-1.0-py3-none-any.whl')
  symlinkSync(join(folder, 'nothing'), broken)
  const [found, missing]: [string[], string[]] = [[], []]
  for await (const { address } of ofFolder(folder, path => missing.push(path))) found.push(fileURLToPath(address))
  assert.deepEqual([found, missing], [[link], [broken]])
  const list = join(place.folder, 'paths.txt')
  writeFileSync(list, `${broken}\n# comment\n${link}\n`)
  for await (const { address } of ofList(list, path => missing.push(path))) found.push(fileURLToPath(address))
  assert.deepEqual(
    [found, missing],
    [
      [link, link],
      [broken, broken],
    ],
  )
  await assert.rejects(ofFolder(join(folder, 'nothing'), told).next(), /ENOENT/)
})

test('every ready-made query runs', async () => {
  for (const { sql, argument } of Object.values(QUERIES)) await rowsOf(on.database, sql, argument ? ['bad'] : [])
  const rejected = await rowsOf<{ filename: string }>(on.database, QUERIES.rejected!.sql)
  assert.deepEqual([...new Set(rejected.map(({ filename }) => filename))], ['bad-1.0-py3-none-any.whl'])
  assert.equal((await rowsOf(on.database, QUERIES.copies!.sql)).length, 1)
})

test('DuckDB reads what is exported', async () => {
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  const ask = async (sql: string) => (await duck.runAndReadAll(sql)).getRowsJson()
  for (const table of ['distributions', 'findings', 'runs']) {
    const there = await count(table)
    const out = (format: string) => join(place.folder, `${table}.${format}`)
    for (const format of ['parquet', 'csv', 'ndjson'] as const)
      assert.equal(await exportTable(on.database, table, format, out(format)), there)
    const seen = await Promise.all(
      [`'${out('parquet')}'`, `read_csv('${out('csv')}', header = true)`, `read_json('${out('ndjson')}')`].map(source =>
        ask(`SELECT count(*)::integer FROM ${source}`),
      ),
    )
    assert.deepEqual(seen, [[[there]], [[there]], [[there]]])
  }
  const parquet = (table: string) => `'${join(place.folder, `${table}.parquet`)}'`
  assert.deepEqual(
    await ask(
      `SELECT filename, rejected_by_pypi, size > 0, audited_at > '2020-01-01' FROM ${parquet('distributions')} WHERE name = 'bad'`,
    ),
    [['bad-1.0-py3-none-any.whl', true, true, true]],
  )
  assert.deepEqual(await ask(`SELECT DISTINCT rule FROM ${parquet('findings')} WHERE severity = 'error'`), [
    ['classifier-unknown'],
  ])
})

test('texts are no formulas in a spreadsheet, and numbers stay numbers', () => {
  assert.equal(csv('=1+1'), ' =1+1')
  assert.equal(csv(-1), '-1')
  assert.equal(csv('a "b", c'), '"a ""b"", c"')
})

test('a file that cannot be audited is given up with its reason, and not queued again', async () => {
  const { database, boss, edition } = on
  const path = writeWheel(join(place.folder, 'gone'), 'gone')
  await enqueue(database, boss, edition, ofFolder(join(place.folder, 'gone'), told))
  const bytes = readFileSync(path)
  rmSync(path)
  assert.equal((await on.drain()).failed, 3)
  const { dead } = await statusOf(database)
  assert.deepEqual(
    dead.map(({ filename, attempts }) => ({ filename, attempts })),
    [{ filename: 'gone-1.0-py3-none-any.whl', attempts: 3 }],
  )
  assert.match(dead[0]!.reason, /ENOENT/)
  writeFileSync(path, bytes)
  assert.equal((await enqueue(database, boss, edition, ofFolder(join(place.folder, 'gone'), told))).queued, 0)
})

test('another file under a known hash is refused', async () => {
  const { database, boss, edition } = on
  const path = writeWheel(join(place.folder, 'changed'), 'changed')
  await enqueue(database, boss, edition, ofFolder(join(place.folder, 'changed'), told))
  renameSync(writeWheel(join(place.folder, 'changed2'), 'changed', '2.0'), path)
  assert.equal((await on.drain()).done, 0)
  assert.match((await statusOf(database)).dead.at(-1)!.reason, /has the SHA-256 hash .* and not/)
})

const LARGE = 512 * 1024

/** The file, or the part of it that is asked for. */
function serveRange(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  if (from === '' && to === '') return void response.end(bytes)
  const start = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes.length : Math.min(bytes.length, Number(to) + 1)
  response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` })
  response.end(bytes.subarray(start, end))
}

test('an index is read by JSON or HTML, and the second time only what has changed', async () => {
  const { database, boss, edition } = on
  const folder = join(place.folder, 'index')
  const noise = randomBytes(LARGE).toString('hex')
  for (const name of ['alpha', 'beta_x']) writeWheel(folder, name, '1.0', '', { [`${name}/noise.txt`]: noise })
  const asked: string[] = []
  let serial = 1
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    asked.push(url)
    const name = /^\/simple\/([^/]+)\/$/.exec(url)?.[1]
    if (url === '/simple/') {
      response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json')
      response.end(
        JSON.stringify({
          projects: [
            { name: 'alpha', '_last-serial': serial },
            { name: 'Beta.X', '_last-serial': 1 },
          ],
        }),
      )
    } else if (name === 'broken') response.end('{')
    else if (name) {
      response.setHeader('content-type', 'text/html')
      const wheel = `${name.replace('-', '_')}-1.0-py3-none-any.whl`
      const sha256 = createHash('sha256')
        .update(readFileSync(join(folder, wheel)))
        .digest('hex')
      response.end(`<a href="../../files/${wheel}#sha256=${sha256}">${wheel}</a>`)
    } else if (url.startsWith('/files/') && !url.includes('missing'))
      serveRange(request, response, readFileSync(join(folder, url.slice('/files/'.length))))
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const unread: string[] = []
  const locations = (projects?: readonly string[]) =>
    ofIndex(database, on.remote, {
      url: `${origin}/simple/`,
      projects,
      changed: true,
      onUnread: (project, reason) => unread.push(`${project}: ${reason}`),
    })
  try {
    assert.deepEqual(await enqueue(database, boss, edition, locations()), { seen: 2, queued: 2 })
    assert.equal((await on.drain()).done, 2)
    assert.equal(await count('distributions', `name IN ('alpha', 'beta-x')`), 2)
    asked.length = 0
    serial = 2
    assert.equal((await enqueue(database, boss, edition, locations())).seen, 1)
    assert.deepEqual(asked, ['/simple/', '/simple/alpha/'])
    // The page of one project says nothing, and the others go on.
    assert.equal((await enqueue(database, boss, edition, locations(['broken', 'beta-x']))).seen, 1)
    assert.match(unread.join(), /^broken: .*is not a page of the simple repository API/)

    // What the kept facts do not have is read from the server: the end of the wheel is enough.
    const before = await count('findings')
    const changed = await known(database, { ...edition, rules: { ...edition.rules, 'wheel-tag-mismatch': 'changed' } })
    await rerun(database, boss, changed)
    await on.drain(changed)
    const [ranges] = await rowsOf<{ runs: number; bytes: number }>(
      database,
      `SELECT count(*)::integer AS runs, max(bytes_read)::integer AS bytes FROM distaudit.runs WHERE read_from = 'ranges'`,
    )
    assert.equal(ranges!.runs, 2)
    assert.ok(ranges!.bytes < LARGE / 2, `${ranges!.bytes} bytes were read`)
    assert.equal(await count('findings'), before)
    await rerun(database, boss, edition)
    await on.drain()

    const list = join(place.folder, 'list.txt')
    writeFileSync(list, `# comment\n${origin}/files/missing-1.0.tar.gz#sha256=${'0'.repeat(64)}\n`)
    assert.equal((await enqueue(database, boss, edition, ofList(list, told))).queued, 1)
    await on.drain()
    assert.match((await statusOf(database)).dead.at(-1)!.reason, /answers 404/)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('changed rules are asked again, of the kept facts where these are enough', async () => {
  const { database, boss, edition } = on
  const other = async (
    change: (rules: Record<string, string>) => void,
    readers = edition.readers,
  ): Promise<KnownEdition> => {
    const rules = { ...edition.rules }
    change(rules)
    return known(database, { ...edition, readers, rules })
  }
  const wheels = await count('distributions')
  const changed = await other(rules => {
    rules['classifier-unknown'] = 'changed'
  })
  assert.deepEqual(
    (await plan(database, changed)).map(({ kind, rules, files }) => ({ kind, rules, files })),
    [{ kind: 'wheel', rules: ['classifier-unknown'], files: wheels }],
  )
  const before = await count('findings')
  assert.deepEqual(await rerun(database, boss, changed), { queued: wheels, unconcerned: 0 })
  assert.equal((await on.drain(changed)).done, wheels)
  assert.equal(await count('findings'), before)
  assert.equal(await count('distributions', `rule_version = ${changed.id}`), wheels)
  assert.equal(await count('runs', `rules = ARRAY['classifier-unknown']`), wheels)

  // Nothing that wheels are asked.
  const sdists = await other(rules => {
    rules['classifier-unknown'] = 'changed'
    rules['sdist-name'] = 'changed'
  })
  const readers = await other(() => {}, 'other')
  assert.equal((await plan(database, readers))[0]?.rules, null)
  assert.deepEqual(
    (await plan(database, sdists)).map(({ rules }) => rules),
    [[]],
  )
  assert.deepEqual(await rerun(database, boss, sdists), { queued: 0, unconcerned: wheels })
  assert.equal(await count('distributions', `rule_version = ${sdists.id}`), wheels)
})
