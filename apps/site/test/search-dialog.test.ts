import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { accessibleSearch } from '../search-dialog.ts'

const vitepress = dirname(createRequire(import.meta.url).resolve('vitepress/package.json'))
const source = readFileSync(join(vitepress, 'dist/client/theme-default/components/VPLocalSearchBox.vue'), 'utf8')

test('the search of this VitePress becomes a dialog whose options are the links', () => {
  const changed = accessibleSearch(source)
  assert.match(changed, /role="dialog"/)
  assert.match(changed, /<a\n\s+:href="p\.id"[^>]*role="option"/)
  assert.doesNotMatch(changed, /role="button"|<li[^>]*role="option"/)
})

test('a changed component is refused', () => {
  assert.throws(() => accessibleSearch(source.replace('aria-haspopup', 'aria-hasmenu')), /VPLocalSearchBox\.vue/)
})
