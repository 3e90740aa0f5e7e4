/** What docs/integrations/ says fits this tree; `npm run integrations` runs it. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OPTIONS } from '../../src/cli/options.js'
import { VERSION } from '../../src/version.js'
import { integrationPages } from './pages.js'

const root = new URL('../../', import.meta.url)
const file = (name: string) => readFileSync(new URL(name, root), 'utf8')
const pages = integrationPages()
const page = (name: string) => pages.find(one => one.name === name)?.text ?? ''
const WORKFLOWS = '.github/workflows/'

/** The actions in a text by name, each with what it is pinned to. */
const pinsOf = (text: string) =>
  [...text.matchAll(/^\s*(?:- )?uses: ([^@\s]+)@(.+)$/gm)].map(([, name = '', pin = '']) => [name, pin] as const)

describe('docs/integrations', () => {
  it('has every page in its table', () => {
    const names = pages.map(one => one.name).filter(name => name !== 'README')
    expect([...page('README').matchAll(/\]\((\w[\w-]*)\.md\)/g)].map(match => match[1]).sort()).toEqual(names)
  })

  it('has a file or a command to run on every page', () => {
    const empty = pages.filter(one => one.name !== 'README' && !one.blocks.some(block => block.run || block.file))
    expect(empty).toEqual([])
  })

  it('uses options that there are', () => {
    const known = new Set(OPTIONS.map(option => `--${option.name}`))
    const used = pages
      .flatMap(one => one.blocks)
      .filter(block => block.language !== 'python')
      .flatMap(block => block.text.replaceAll(/(?:\\|>-)?\n\s+--/g, ' --').split('\n'))
      .flatMap(line => /\bdistaudit((?: [^\s&|"]+)+)/.exec(line)?.[1]?.match(/--[a-z-]+/g) ?? [])
    expect(used.length).toBeGreaterThan(5)
    expect(used.filter(option => !known.has(option))).toEqual([])
  })

  it('pins each action to one commit, the one of the workflows', () => {
    const texts = [
      ...pages.map(one => one.text),
      ...readdirSync(new URL(WORKFLOWS, root)).map(name => file(WORKFLOWS + name)),
    ]
    const pins = new Map<string, string>()
    for (const [name, pin] of texts.flatMap(pinsOf)) {
      expect(pin).toMatch(/^[0-9a-f]{40} # v\d/)
      expect(pin, name).toBe(pins.get(name) ?? pin)
      pins.set(name, pin)
    }
    expect(pins.get('distaudit/distaudit')).toMatch(new RegExp(` # v${VERSION}$`))
  })

  it('has the inputs of the Action with their defaults', () => {
    const [, inputs = ''] = /^inputs:\n([\s\S]*?)^outputs:/m.exec(file('action.yml')) ?? []
    const declared = [...inputs.matchAll(/^ {2}([\w-]+):\n(?: {4}.*\n)*? {4}default: "?(.*?)"?$/gm)]
    const table = [...page('github').matchAll(/^\| `([\w-]+)` \| (?:`(.*?)`)? ?\|/gm)]
    const pairs = (matches: readonly RegExpExecArray[]) => matches.map(([, name, value = '']) => [name, value])
    expect(pairs(declared).length).toBe(7)
    expect(pairs(table)).toEqual(pairs(declared))
  })

  it('names hooks that there are, at this version', () => {
    const hooks = [...file('.pre-commit-hooks.yaml').matchAll(/^- id: (\S+)$/gm)].map(match => match[1])
    expect([...page('pre-commit').matchAll(/^\| `(distaudit-\w+)` \|/gm)].map(match => match[1])).toEqual(hooks)
    expect(page('pre-commit')).toContain(`rev: v${VERSION}`)
    expect(page('pre-commit')).toContain(`distaudit==${VERSION}`)
  })
})
