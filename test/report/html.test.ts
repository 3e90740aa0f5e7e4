import { expect, it } from 'vitest'
import type { Contents } from '../../src/report/html/data.js'
import { renderHtml } from '../../src/report/html.js'
import { unsafeIn } from '../support/unsafe.js'
import { findingOf, reportOf, wheelOf } from './sample.js'

const HOSTILE = '</script><script>alert(1)</script><!--\u2028\u202e&"\''

const contents: Contents = {
  members: { paths: [`a/${HOSTILE}`], sizes: [1], packed: [1], kinds: [0], debug: [] },
  unpacked: 1,
  count: 1,
  natives: [],
  metadata: [['Summary', HOSTILE]],
  entryPoints: [],
  licenses: [],
  components: [],
  description: { type: 'text/markdown', text: HOSTILE },
}
const code = { script: 'run()', style: 'a{}', frame: 'b{}' }

it('has no markup of a file, and policies for its own script alone', async () => {
  const finding = findingOf({ message: HOSTILE, snippet: HOSTILE })
  const one = { ...wheelOf([finding], { path: `dist/${HOSTILE}.whl` }), contents }
  const two = { ...wheelOf([], { path: 'dist/two.whl' }), contents }
  const asked: string[] = []
  const html = await renderHtml(reportOf([one, two]), {
    rules: [],
    code,
    judged: true,
    describe: async ({ text }) => {
      asked.push(text)
      return { html: text, text }
    },
  })
  expect(
    html
      .match(/<script\b[^>]*>/g)
      ?.filter(tag => tag !== '<script>')
      .every(tag => /^<script type="application\/json" id="[a-z]+(?:-(?:\d+|style))?">$/.test(tag)),
  ).toBe(true)
  expect(html.match(/<script>/g)).toHaveLength(1)
  expect(html).not.toContain('<!--')
  expect(unsafeIn(html)).toBeUndefined()
  expect(html).toContain("default-src 'none'; script-src 'sha256-")
  // Files of one description have it once.
  expect(asked).toEqual([HOSTILE])
  const blocks = [...html.matchAll(/id="(contents-\d+)">(.*?)<\/script>/g)].map(([, , json]) => JSON.parse(json ?? ''))
  expect(blocks.map(({ description }) => description)).toEqual([0, 0])
  expect(blocks[0].members.paths[0]).toContain('</script>')
  expect(blocks[0].members.paths[0]).toContain('\\u202e')
})
