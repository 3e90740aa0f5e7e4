import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import pkg from '../../package.json' with { type: 'json' }
import schema from '../../schemas/config-1.schema.json' with { type: 'json' }
import { configOf } from '../../src/config/config.js'
import { CONFIG_KEYS, type Key } from '../../src/config/keys.js'
import { UsageError } from '../../src/usage-error.js'

// SchemaStore compiles schemas with ajv in strict mode, and wants a file that has every key.
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)
const sample = readFileSync('fixtures/configuration/distaudit.toml', 'utf8')

/** TOML as schemas see it: dates are texts. */
const asJson = (text: string): unknown =>
  JSON.parse(
    JSON.stringify(parse(text), (_, value) => value),
    (_, value) => (typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)T00:00:00.*$/, '$1') : value),
  )

/** Every key of a table and of those in it, dotted. */
const names = (keys: readonly Key[], prefix = ''): readonly string[] =>
  keys.flatMap(({ name, type }) => [
    `${prefix}${name}`,
    ...(type.kind === 'table' || type.kind === 'tables' ? names(type.keys, `${prefix}${name}.`) : []),
  ])

function isAccepted(text: string): boolean {
  try {
    return configOf('distaudit.toml', text) !== undefined
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return false
  }
}

describe('the schema of the configuration', () => {
  it('accepts the sample, as the command does', () => {
    expect(validate(asJson(sample)) || validate.errors).toBe(true)
    expect(isAccepted(sample)).toBe(true)
  })

  it('has a sample of every key', () => {
    const data = asJson(sample) as Record<string, unknown>
    const isThere = (name: string) => {
      const [first = '', second] = name.split('.')
      const value = data[first]
      const table = (Array.isArray(value) ? value[0] : value) as Record<string, unknown> | undefined
      return second === undefined ? value !== undefined : table?.[second] !== undefined
    }
    expect(names(CONFIG_KEYS).filter(name => !isThere(name))).toEqual([])
  })

  it.each([
    ['profil = "pypi"'],
    ['profile = "loud"'],
    ['select = "ALL"'],
    ['[limits]\ntotalSize = 1'],
    ['[limits]\nseconds = 0'],
    ['[[ignore-finding]]\nrule = "summary-missing"'],
    ['[[ignore-finding]]\nrule = "summary-missing"\nreason = "x"\nuntil = "soon"'],
    ['[per-file-ignores]\n"*.whl" = "path-too-long"'],
    ['preview = "yes"'],
  ])('refuses what the command refuses: %j', text => {
    expect({ schema: validate(asJson(text)), command: isAccepted(text) }).toEqual({ schema: false, command: false })
  })

  it('tells of every key what it means, and is published', () => {
    const without: string[] = []
    const visit = (table: object, path: string) => {
      const {
        properties = {},
        items,
        anyOf = [],
      } = table as { properties?: Record<string, object>; items?: object; anyOf?: object[] }
      for (const [name, property] of Object.entries(properties)) {
        const { title, description } = property as { title?: string; description?: string }
        if (!title || !description) without.push(`${path}${name}`)
        visit(property, `${path}${name}.`)
      }
      for (const inner of [items, ...anyOf]) if (inner) visit(inner, path)
    }
    visit(schema, '')
    expect(without).toEqual([])
    expect(schema.$id).toMatch(/^https:.*\/schemas\/config-1\.schema\.json$/)
    expect(pkg.files).toContain('schemas')
    expect(pkg.exports['./schemas/*']).toBe('./schemas/*')
  })
})

describe('the documentation', () => {
  it.each([['docs/configuration.md'], ['docs/limits.md']])('%s names no key that there is not', file => {
    const text = readFileSync(file, 'utf8')
    const known = new Set(names(CONFIG_KEYS))
    const rows = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)
    const keys = file.endsWith('limits.md')
      ? rows
          .filter(name => /^[a-zA-Z-]+$/.test(name) && text.indexOf(`| \`${name}\``) < text.indexOf('## Time'))
          .map(name => `limits.${name}`)
      : rows
    expect(keys.length).toBeGreaterThan(5)
    expect(keys.filter(name => !known.has(name))).toEqual([])
    if (!file.endsWith('limits.md')) expect([...known].filter(name => !keys.includes(name))).toEqual([])
  })
})
