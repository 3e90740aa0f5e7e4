import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly $ref?: string
  readonly const?: string
  readonly enum?: readonly string[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly $defs?: Readonly<Record<string, Schema>>
}

/** How a value is written in an annotation, and read from JSON. */
interface PythonType {
  readonly name: string
  read(value: string): string
}

/** Classes whose name is not that of their key. */
const CLASS_NAMES: Readonly<Record<string, string>> = {
  internalErrors: 'InternalError',
  source: 'SourcePlace',
  key: 'SourceKey',
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
}

const pascal = (key: string) => CLASS_NAMES[key] ?? key.replace(/^\$?./, first => first.slice(-1).toUpperCase())
const snake = (key: string) =>
  key
    .replace(/^\$/, '')
    .replace('PyPI', 'Pypi')
    .replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** packaging/python/src/distaudit/report.py: the report of `--format json` as dataclasses. */
export function pythonReport(): string {
  const schema = JSON.parse(
    readFileSync(fileURLToPath(new URL('../schemas/report-1.schema.json', import.meta.url)), 'utf8'),
  ) as Schema
  const classes = new Map<string, { readonly of: Schema; readonly text: string }>()

  function typeOf(key: string, type: Schema): PythonType {
    if (type.$ref !== undefined) {
      const name = type.$ref.slice('#/$defs/'.length)
      const target = schema.$defs?.[name]
      if (!target) throw new Error(`${type.$ref} is not defined`)
      return typeOf(name, target)
    }
    const literals = type.enum ?? (type.const === undefined ? undefined : [type.const])
    if (key === 'severity' && literals) return plain('Severity')
    if (literals) return plain(`Literal[${literals.map(one => JSON.stringify(one)).join(', ')}]`)
    if (type.type === 'array') {
      const item = typeOf(key, type.items ?? {})
      const read = item.read('one')
      return {
        name: `tuple[${item.name}, ...]`,
        read: value => (read === 'one' ? `tuple(${value})` : `tuple(${read} for one in ${value})`),
      }
    }
    if (type.type === 'object' && type.properties) {
      const name = pascal(key)
      define(name, type)
      return { name, read: value => `${name}.from_json(${value})` }
    }
    if (type.type === 'object' && typeof type.additionalProperties === 'object') {
      const item = typeOf(key, type.additionalProperties)
      const read = item.read('one')
      return {
        name: `Mapping[str, ${item.name}]`,
        read: value => (read === 'one' ? `dict(${value})` : `{key: ${read} for key, one in ${value}.items()}`),
      }
    }
    const names = [type.type ?? []].flat().map(name => (name === 'null' ? 'None' : PRIMITIVES[name]))
    return plain(names.length > 0 && !names.includes(undefined) ? names.join(' | ') : 'Any')
  }

  function define(name: string, of: Schema): void {
    const known = classes.get(name)
    if (known && known.of !== of) throw new Error(`two objects of the schema are called ${name}: see CLASS_NAMES`)
    if (known) return
    classes.set(name, { of, text: '' })
    const fields = Object.entries(of.properties ?? {}).map(([key, type]) => {
      const python = typeOf(key, type)
      const required = of.required?.includes(key) === true
      return { key, description: type.description, python, required, name: snake(key) }
    })
    // A field with a default cannot come before one without.
    const ordered = [...fields.filter(one => one.required), ...fields.filter(one => !one.required)]
    classes.delete(name)
    classes.set(name, { of, text: classText(name, of, ordered) })
  }

  define('Report', schema)
  return `"""The report: what \`\`distaudit --format json\`\` writes.

Made by \`npm run generate\` from schemas/report-1.schema.json. Within schema version 1 only optional values are added; what this
version does not know is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]

${[...classes.values()].map(one => one.text).join('\n\n')}`
}

const plain = (name: string): PythonType => ({ name, read: value => value })

interface Field {
  readonly key: string
  readonly name: string
  readonly description: string | undefined
  readonly python: PythonType
  readonly required: boolean
}

function classText(name: string, { description }: Schema, fields: readonly Field[]): string {
  const lines = ['@dataclass(frozen=True)', `class ${name}:`]
  if (description !== undefined) lines.push(`    """${description}"""`, '')
  for (const field of fields) {
    const many = field.python.name.startsWith('tuple[')
    const absent = field.required ? '' : many ? ' = ()' : ' = None'
    const union = absent === ' = None' && !/\bNone\b|^Any$/.test(field.python.name) ? ' | None' : ''
    lines.push(`    ${field.name}: ${field.python.name}${union}${absent}`)
    if (field.description !== undefined) lines.push(`    """${field.description}"""`)
  }
  if (name === 'Report')
    lines.push(
      '',
      '    def all_findings(self) -> Iterator[Finding]:',
      '        """The findings of the files, then those of the releases."""',
      '        for distribution in self.distributions:',
      '            yield from distribution.findings',
      '        for release in self.releases:',
      '            yield from release.findings',
    )
  lines.push(
    '',
    '    @classmethod',
    `    def from_json(cls, data: Mapping[str, Any]) -> ${name}:`,
    '        return cls(',
    ...fields.map(field => `            ${field.name}=${reading(field)},`),
    '        )',
    '',
  )
  return lines.join('\n')
}

function reading({ key, python, required }: Field): string {
  const quoted = JSON.stringify(key)
  if (required) return python.read(`data[${quoted}]`)
  if (python.name.startsWith('tuple[')) return python.read(`data.get(${quoted}, ())`)
  const read = python.read(`data[${quoted}]`)
  return read === `data[${quoted}]` ? `data.get(${quoted})` : `${read} if ${quoted} in data else None`
}
