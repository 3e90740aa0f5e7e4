import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { edited, inOrder } from '../../src/text/edit.js'
import { tomlEditor, tomlString } from '../../src/text/toml-edit.js'
import fc from '../support/fc.js'

/** The text after the edits; they must not clash. */
function result(text: string, edits: Parameters<typeof inOrder>[0] | undefined): string {
  const ordered = edits && inOrder(edits)
  if (!ordered) throw new Error('no edits')
  return edited(text, ordered)
}

const without = (text: string, removed: readonly number[], count: number) =>
  result(text, tomlEditor(text).withoutItems(['a'], new Set(removed), count))

describe('items of an array', () => {
  it.each([
    ['a = ["x", "y", "z"]', [0], 3, 'a = ["y", "z"]'],
    ['a = ["x", "y", "z"]', [1], 3, 'a = ["x", "z"]'],
    ['a = ["x", "y", "z"]', [1, 2], 3, 'a = ["x"]'],
    ['a = [ "x", "y", ]', [1], 2, 'a = [ "x", ]'],
    ['a = ["x"]', [0], 1, 'a = []'],
    ['a = [\n  "x",\n  "y",\n]\nb = 1', [0], 2, 'a = [\n  "y",\n]\nb = 1'],
    ['a = [\n  "x",\n  "y"\n]', [1], 2, 'a = [\n  "x"\n]'],
    ['a = [\r\n  "x",\r\n  "y",\r\n]\r\n', [1], 2, 'a = [\r\n  "x",\r\n]\r\n'],
    ['a = [\n  "x", # one\n  "y", # two\n]', [0], 2, 'a = [\n  # one\n  "y", # two\n]'],
    ['a = [\n  "x", "y",\n  "z", "w",\n]', [1, 2], 4, 'a = [\n  "x",\n  "w",\n]'],
    ['a = ["x",\n     "y"]', [0], 2, 'a = ["y"]'],
    ['a = ["x",\n     "y"]', [1], 2, 'a = ["x"]'],
    ['a = [\n  "x",\n  # about y\n  "y",\n]', [1], 2, 'a = [\n  "x",\n  # about y\n]'],
    ['a = [\n  "x", # , not the comma\n  "y"\n]', [1], 2, 'a = [\n  "x" # , not the comma\n]'],
  ] as const)('%j without %j', (text, removed, count, expected) => {
    expect(without(text, removed, count)).toBe(expected)
  })

  it.each([
    ['a = ["x"] # c', 1, 'a = ["x", "n"] # c'],
    ['a = ["x", ]', 1, 'a = ["x", "n", ]'],
    ['a = [\n  # one\n  "x",  # two\n]\n', 1, 'a = [\n  # one\n  "x",  # two\n  "n",\n]\n'],
    ['a = [ # one\r\n  "x" # two\r\n]\r\n', 1, 'a = [ # one\r\n  "x", # two\r\n  "n"\r\n]\r\n'],
    ['a = [\n  "w", "x"\n]', 2, 'a = [\n  "w", "x", "n"\n]'],
    ['a = [\n  "x"\n  , # two\n]', 1, 'a = [\n  "x", "n"\n  , # two\n]'],
    ['a = [\n  "x"]', 1, 'a = [\n  "x", "n"]'],
  ] as const)('%j with one more', (text, count, expected) => {
    const changed = result(text, tomlEditor(text).withItems(['a'], count, ['"n"']))
    expect(changed).toBe(expected)
    expect(parse(changed).a).toEqual([...(parse(text).a as string[]), 'n'])
  })

  const blank = fc.constantFrom('', ' ', '\n  ', '\n\n\t', ' # a, "b" ]\n  ', '\r\n  ')
  const array = fc.record({
    items: fc.array(fc.record({ before: blank, after: blank, text: fc.constantFrom('x', '#', ',', ']', "'") }), {
      minLength: 1,
      maxLength: 6,
    }),
    final: fc.boolean(),
    end: blank,
    removed: fc.array(fc.nat(5), { minLength: 1 }),
  })

  it('leave the other items, all comments and the rest', () => {
    fc.assert(
      fc.property(array, ({ items, final, end, removed }) => {
        const written = items.map(({ before, after, text }) => `${before}${JSON.stringify(text)}${after}`)
        const text = `# first\n[t]\na = [${written.join(',')}${final ? ',' : ''}${end}]\nb = 'c' # last\n`
        const gone = new Set(removed.filter(index => index < items.length))
        fc.pre(gone.size > 0)
        const changed = result(text, tomlEditor(text).withoutItems(['t', 'a'], gone, items.length))
        const kept = items.flatMap((item, index) => (gone.has(index) ? [] : [item.text]))
        expect(parse(changed)).toEqual({ t: { a: kept, b: 'c' } })
        expect(changed.split('# a, "b" ]').length).toBe(text.split('# a, "b" ]').length)
      }),
    )
  })
})

describe('a string', () => {
  it('keeps its quotes where it can', () => {
    const by = (text: string, value: string) => result(text, [tomlEditor(text).string(['a'], value)!])
    expect(by("a = 'x' # why", 'y')).toBe("a = 'y' # why")
    expect(by("a = 'x'", "it's")).toBe(`a = "it's"`)
    expect(by('a = "x"', 'say "y"')).toBe('a = "say \\"y\\""')
    expect(tomlEditor('a = """\nx\ny"""').string(['a'], 'z')).toBeUndefined()
  })

  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('"', "'"), (text, quote) => {
        fc.pre(!/\p{Cs}/u.test(text))
        expect(parse(`a = ${tomlString(text, quote as '"')}`)).toEqual({ a: text })
      }),
    )
  })
})

describe('a key', () => {
  it('gets another name in the form that it has', () => {
    const by = (text: string, path: readonly string[], name: string) =>
      result(text, [tomlEditor(text).key(path, name)!])
    expect(by('[a]\nb_c = 1', ['a', 'b_c'], 'b-c')).toBe('[a]\nb-c = 1')
    expect(by('[a]\n"b_c" = 1', ['a', 'b_c'], 'b-c')).toBe('[a]\n"b-c" = 1')
    expect(by('a.b_c = 1', ['a', 'b_c'], 'b d')).toBe('a."b d" = 1')
    expect(by('a = { b_c = 1 }', ['a', 'b_c'], 'b-c')).toBe('a = { b-c = 1 }')
    expect(by('[a.b_c]\nd = 1', ['a', 'b_c'], 'b-c')).toBe('[a.b-c]\nd = 1')
  })

  it('goes with its line, and leaves its comment', () => {
    const gone = (text: string) => result(text, [tomlEditor(text).withoutKey(['a'])!])
    expect(gone('a = 1\nb = 2\n')).toBe('b = 2\n')
    expect(gone('  a = 1 # one\nb = 2\n')).toBe('  # one\nb = 2\n')
    expect(gone('b = 2\r\na = 1')).toBe('b = 2')
    expect(tomlEditor('t = { a = 1 }').withoutKey(['t', 'a'])).toBeUndefined()
  })

  it('is added below another, with the line ends of the file', () => {
    const added = (text: string) => result(text, [tomlEditor(text).below(['a'], ['b = 2', 'c = 3'])!])
    expect(added('a = 1\r\nd = 4\r\n')).toBe('a = 1\r\nb = 2\r\nc = 3\r\nd = 4\r\n')
    expect(added('\ta = [\n\t1 ] # x')).toBe('\ta = [\n\t1 ] # x\n\tb = 2\n\tc = 3')
    expect(tomlEditor('t = { a = 1 }').below(['t', 'a'], ['b = 2'])).toBeUndefined()
  })
})
