import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { filesOf } from '../src/simple-index.ts'

async function read(type: string, page: string) {
  const server = createServer((_, response) => {
    response.setHeader('content-type', type)
    response.end(page)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const found = await filesOf(`${origin}/simple`, 'demo', undefined)
    assert.notEqual(found, 'unchanged')
    return (found as Exclude<typeof found, 'unchanged'>).files.map(({ filename, url }) => [
      filename,
      url.replace(origin, ''),
    ])
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const EXPECTED = [
  ['demo-1.0.tar.gz', '/files/demo-1.0.tar.gz'],
  ['%ff.whl', '/files/%ff.whl'],
]

test('links of a page that cannot be fetched over HTTP are left out', async () => {
  const links = [
    `<a class="x" href="/files/demo-1.0.tar.gz#sha256=${'0'.repeat(64)}" data-requires-python="&gt;=3">demo</a>`,
    "<A\nHREF = '/files/%ff.whl'>demo</A>",
    '<a href="file:///etc/passwd">passwd</a>',
    '<a href="http://[/">demo</a>',
    '<a name="x">demo</a>',
  ]
  assert.deepEqual(await read('text/html', links.join('\n')), EXPECTED)
  const files = ['/files/demo-1.0.tar.gz', '/files/%ff.whl', 'file:///etc/passwd', 'http://[/'].map(url => ({
    filename: url.slice(url.lastIndexOf('/') + 1),
    url,
    hashes: {},
  }))
  assert.deepEqual(await read('application/json', JSON.stringify({ files })), EXPECTED)
})

test('a page of tags without end is read in time', async () => {
  for (const tag of ['<a ', '<a href="x" ', 'href="x" ', "<a href='"])
    assert.deepEqual(await read('text/html', `<a ${tag.repeat(1_000_000)}`), [])
})
