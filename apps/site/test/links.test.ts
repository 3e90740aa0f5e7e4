import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deadLinks } from '../check/links.ts'
import { emptyHeaders, siteLink } from '../docs-links.ts'
import { githubSlug } from '../slug.ts'

test('links of the sources become those of the site', () => {
  assert.equal(siteLink('../configuration.md#ignores', 'rules/README.md'), '/configuration#ignores')
  assert.equal(siteLink('integrations/README.md', 'README.md'), '/integrations/')
  assert.equal(siteLink('README.md', 'index.md'), '/')
  assert.equal(siteLink('#limits', 'security.md'), '#limits')
  assert.equal(siteLink('https://pypi.org/', 'cli.md'), 'https://pypi.org/')
})

test('what is outside of docs/ is on GitHub', () => {
  const repository = 'https://github.com/distaudit/distaudit/blob/main/'
  assert.equal(siteLink('../SECURITY.md', 'security.md'), `${repository}SECURITY.md`)
  assert.equal(siteLink('census/census.json', 'census.md'), `${repository}docs/census/census.json`)
})

test('anchors are those that GitHub makes', () => {
  assert.equal(githubSlug('`--format html=FILE`, in one page'), '--format-htmlfile-in-one-page')
  assert.equal(githubSlug('Größe & Zahl'), 'größe--zahl')
})

const site = (pages: Record<string, string>, base = '/') => ({
  pages: new Map(Object.entries(pages)),
  files: new Set([...Object.keys(pages), 'assets/a.css']),
  base,
})

test('a link to a page, an anchor or a file that exists is fine', () => {
  const pages = {
    'index.html': '<a href="/rules/">x</a><a href="/rules/a#why">x</a><link href="/assets/a.css">',
    'rules/index.html': '<a href="./a.html">x</a><a href="../#">x</a><a href="https://pypi.org/nothing">x</a>',
    'rules/a.html': '<h2 id="why">Why</h2><a class="header-anchor" href="#why">x</a>',
  }
  assert.deepEqual(deadLinks(site(pages)), [])
})

test('dead pages, anchors and images are reported', () => {
  const pages = {
    'index.html': '<a href="/rules/b">x</a><a href="#no">x</a><img src="/no.svg" alt="">',
    'rules/a.html': '<a href="/#Why">x</a>',
  }
  assert.deepEqual(deadLinks(site(pages)), [
    'index.html: /rules/b: no such page',
    'index.html: #no: no such anchor',
    'index.html: /no.svg: no such page',
    'rules/a.html: /#Why: no such anchor',
  ])
})

test('a link to a file that the repository does not have is dead', () => {
  const github = 'https://github.com/distaudit/distaudit'
  const pages = { 'index.html': `<a href="${github}/blob/main/a.md#x">x</a><a href="${github}/tree/main/b">x</a>` }
  assert.deepEqual(deadLinks({ ...site(pages), inRepository: path => path === 'a.md' }), [
    `index.html: ${github}/tree/main/b: no such file`,
  ])
})

test('under a base, a link without it is dead', () => {
  const pages = { 'index.html': '<a href="/distaudit/">x</a><a href="/">x</a>' }
  assert.deepEqual(deadLinks(site(pages, '/distaudit/')), ['index.html: /: it is outside of /distaudit/'])
})

test('headers without a text are found, each with its end', () => {
  const cell = (content: string) => [{ type: 'th_open' }, { type: 'inline', content }, { type: 'th_close' }]
  const row = [{ type: 'tr_open' }, ...cell('input'), ...cell(''), { type: 'tr_close' }]
  assert.deepEqual(emptyHeaders(row), [row[4], row[6]])
})
