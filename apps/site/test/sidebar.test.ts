import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { GUIDE } from '../guide.ts'
import { sidebarOfRules } from '../rule-sidebar.ts'
import { ruleTopics } from '../rule-topics.ts'

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url))
const topics = ruleTopics(docs)

test('every rule page is in a topic', () => {
  const pages = readdirSync(`${docs}rules`).filter(name => name.endsWith('.md') && name !== 'README.md')
  const listed = topics.flatMap(({ rules }) => rules.map(({ id }) => `${id}.md`))
  assert.deepEqual(listed.sort(), pages.sort())
})

test('a rule has the sidebar of its own topic, also when its name begins with that of another', () => {
  const sidebar = sidebarOfRules([
    { topic: 'names', rules: ['name'] },
    { topic: 'values', rules: ['name-value'] },
  ])
  const first = Object.keys(sidebar).find(prefix => '/rules/name-value'.startsWith(prefix))
  assert.equal(first, '/rules/name-value')
})

test('every page of the guide exists', () => {
  const links = GUIDE.flatMap(({ items = [] }) => items.map(({ link = '' }) => link))
  for (const link of links) {
    const page = link.endsWith('/') ? `${link}README` : link
    assert.ok(existsSync(`${docs}${page}.md`), link)
  }
})
