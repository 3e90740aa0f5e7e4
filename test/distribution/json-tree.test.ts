import { describe, expect, it } from 'vitest'
import { type JsonNode, MAX_JSON_DEPTH, MAX_JSON_VALUES, markOf, parseJson } from '../../src/text/json-tree.js'
import { cpuSeconds } from '../support/cpu.js'
import fc from '../support/fc.js'

function plain(node: JsonNode): unknown {
  if (node.kind === 'object')
    return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]))
  if (node.kind === 'array') return node.items.map(plain)
  return node.kind === 'number' ? Number(node.text) : node.value
}

const accepts = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('a JSON text', () => {
  it('has the values that JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), text => {
        const { root, faults } = parseJson(text)
        expect(faults).toEqual([])
        expect(root && plain(root)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('is refused when JSON.parse refuses it, whatever was changed in it', () => {
    const text = '{"a": [1, -0.5e+3, "x\\u00e9\\n", true, null], "b": {"c": {}}}'
    const parts = [
      '',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '0',
      '-',
      '.',
      'e',
      't',
      ' ',
      '\t',
      '\u0001',
      'NaN',
      '//',
    ]
    for (let at = 0; at < text.length; at++)
      for (const part of parts)
        for (const drop of [0, 1]) {
          const changed = text.slice(0, at) + part + text.slice(at + drop)
          const { root, faults } = parseJson(changed)
          const repeated = faults.every(({ message }) => message.endsWith('occurs twice'))
          expect(root !== undefined && repeated, changed).toBe(accepts(changed))
        }
  })

  it('tells line and column of keys and values', () => {
    const { root } = parseJson('{\r\n  "a": [1,\n    "é", "x"]\n}')
    const list = root?.kind === 'object' ? root.entries.get('a') : undefined
    expect(list?.key).toMatchObject({ line: 2, column: 3 })
    expect(list?.value).toMatchObject({ line: 2, column: 8 })
    const items = list?.value.kind === 'array' ? list.value.items : []
    expect(items.map(({ line, column }) => [line, column])).toEqual([
      [2, 9],
      [3, 5],
      [3, 10],
    ])
  })

  it('marks a string inside its quotes as it is written, and anything else where it begins', () => {
    const text = '{"\\u0061": ["x\\ty", -1.5e3, null, {}]}'
    const { root } = parseJson(text)
    const entry = root?.kind === 'object' ? root.entries.get('a') : undefined
    const items = entry?.value.kind === 'array' ? entry.value.items : []
    const marks = [root, entry?.key, entry?.value, ...items].flatMap(node => (node ? [markOf(node)] : []))
    expect(marks.map(({ mark }) => mark)).toEqual(['{', '\\u0061', '[', 'x\\ty', '-1.5e3', 'null', '{'])
    for (const { line, column, mark = '' } of marks)
      expect([line, text.startsWith(mark, column - 1)], mark).toEqual([1, true])
  })

  it('names a key that occurs twice, and keeps the last value', () => {
    const { root, faults } = parseJson('{"a": 1,\n "a": 2}')
    expect(faults).toEqual([{ line: 2, column: 3, mark: 'a', message: 'the key "a" occurs twice' }])
    expect(root && plain(root)).toEqual({ a: 2 })
  })

  it('takes the names of prototypes for plain keys', () => {
    const { root } = parseJson('{"__proto__": {"polluted": true}, "constructor": 1, "toString": 2}')
    expect(root?.kind === 'object' && [...root.entries.keys()]).toEqual(['__proto__', 'constructor', 'toString'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each(['NaN', '-Infinity', 'Infinity'])('refuses %s, which Python writes', word => {
    expect(parseJson(`[${word}]`).faults).toEqual([{ line: 1, column: 2, message: `${word} is not a JSON value` }])
  })

  it('refuses a byte order mark and an empty text', () => {
    expect(parseJson('\ufeff{}').faults[0]?.message).toBe('it begins with a byte order mark')
    expect(parseJson(' \n').faults[0]?.message).toBe('it is empty')
  })

  it('bounds depth and number of values', () => {
    expect(parseJson('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH)).faults).toEqual([])
    expect(parseJson('['.repeat(1_000_000)).faults[0]?.message).toBe(`it nests deeper than ${MAX_JSON_DEPTH}`)
    expect(parseJson('{"a":'.repeat(1_000_000)).root).toBeUndefined()
    expect(parseJson(`[${'0,'.repeat(MAX_JSON_VALUES)}0]`).faults[0]?.message).toBe(
      'it contains more than 200,000 values',
    )
  })

  it('is read in time that grows with its length', async () => {
    const taken = await cpuSeconds(10, () => {
      parseJson(`["${'\\u0041'.repeat(500_000)}"]`)
      parseJson(`[${'"x"\n,'.repeat(100_000)}1]`)
      parseJson(`{${Array.from({ length: 190_000 }, (_, i) => `"k${i % 7}": ${i}`).join()}}`)
    })
    expect(taken).toBeLessThan(10)
  })
})
