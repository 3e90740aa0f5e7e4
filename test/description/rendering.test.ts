import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { startRenderer } from '../../src/description/pyodide-node.js'
import { mediaType, renderWith } from '../../src/description/render.js'
import { renderOnNode as render } from '../../src/description/render-node.js'
import { dedentRest, fileLine } from '../../src/description/rst-text.js'

const built = existsSync(fileURLToPath(new URL('../../dist/renderer/worker.js', import.meta.url)))
if (!built) console.warn('skipped: dist/renderer is missing; run `npm run build` first')

const outcome = async (text: string, type?: string) => (await render(text, type)).outcome

describe.skipIf(!built)('reStructuredText, by docutils itself', () => {
  // The renderer takes its time to begin.
  beforeAll(() => render('*unclosed\n', undefined), 60_000)

  it('takes what docutils has nothing to say about', async () => {
    expect(await render('Title\n=====\n\n*text*\n', 'text/x-rst')).toEqual({
      type: 'text/x-rst',
      outcome: 'ok',
      messages: [],
    })
  })

  it('is what a description without a type is read as', async () => {
    expect(await outcome('Unclosed *emphasis\n')).toBe('failed')
  })

  it.each([
    ['an unknown directive', '.. automodule:: x\n', 'Unknown directive type "automodule".', 1],
    ['an unknown role', 'a\n\n:py:func:`x`\n', 'Unknown interpreted text role "py:func".', 3],
    ['raw HTML', '.. raw:: html\n\n   <b>\n', '"raw" directive disabled.', 1],
    ['an include', '.. include:: /etc/passwd\n', '"include" directive disabled.', 1],
    ['a short underline', 'A title\n=====\n', 'Title underline too short.', 2],
    ['an unclosed start-string', 'a\n\n*b\n', 'Inline emphasis start-string without end-string.', 3],
    ['an undefined substitution', '|x|\n', 'Undefined substitution referenced: "x".', 1],
    ['an unknown reference', 'x_\n', 'Unknown target name: "x".', 1],
    ['a duplicate target', '.. _x: http://a\n.. _x: http://b\n\nx\n', 'Duplicate explicit target name: "x".', 2],
    [
      'a line of more than 10,000 characters',
      `${'x'.repeat(10_001)}\n`,
      'Line 1 exceeds the line-length-limit.',
      undefined,
    ],
  ])('refuses %s', async (_, text, message, line) => {
    const { outcome: is, messages } = await render(text, 'text/x-rst')
    expect({ is, first: messages[0] }).toEqual({ is: 'failed', first: { line, text: message } })
  })

  it.each([
    ['code in a language that Pygments does not know', '.. code-block:: nonsense\n\n   x\n'],
    ['an image without a size', '.. image:: a.png\n   :scale: 50\n'],
    ['math', '.. math:: \\frac{1}{2}\n'],
    ['an implicit duplicate title', 'A\n=\n\nB\n=\n\nx\n\nA\n=\n\nx\n'],
  ])('takes %s', async (_, text) => {
    expect(await outcome(text, 'text/x-rst')).toBe('ok')
  })

  it('forgets the roles that the text before defined', async () => {
    // The page header is what only docutils reads.
    expect(await outcome('.. header:: a page\n\n.. role:: mine\n\nx :mine:`x`\n')).toBe('ok')
    expect(await outcome('x :mine:`x`\n')).toBe('failed')
  })

  it('goes on after the first fault', async () => {
    const { messages } = await render(':a:`x`\n\n.. b::\n', undefined)
    expect(messages.map(({ line }) => line)).toEqual([1, 3])
  })

  it.each([['\n'], ['.. a comment\n'], ['.. _x: http://a\n']])('is empty when %j renders to nothing', async text => {
    expect(await outcome(text, 'text/x-rst')).toBe('empty')
  })

  it('knows that only the indentation of a header is at fault', async () => {
    expect(await render('A title\n        =======\n        \n        text', undefined)).toMatchObject({
      outcome: 'failed',
      okIfDedented: true,
    })
    expect(await render('A title\n        =======\n        \n        *text', undefined)).toMatchObject({
      okIfDedented: false,
    })
  })

  it('renders one text once', () => {
    expect(render('once\n', undefined)).toBe(render('once\n', 'text/x-rst'))
  })

  it('stops a text that takes too long, and goes on with the next one', async () => {
    const { render: renderWithin } = await startRenderer(1000)
    expect(await renderWithin('Text.\n\n'.repeat(100_000))).toEqual({
      outcome: 'unavailable',
      messages: [{ line: undefined, text: 'rendering took longer than 1 s' }],
    })
    expect((await renderWithin('')).outcome).toBe('empty')
  })

  it('does not begin with more than 1 MiB', async () => {
    expect(await outcome('x\n\n'.repeat(400_000))).toBe('unavailable')
  })
})

describe('Markdown and plain text', () => {
  it.each([
    ['', 'empty'],
    ['\n \t\n', 'empty'],
    ['[a]: http://b\n', 'empty'],
    ['[a]: <b> "title"\n[c]:\nd\n', 'empty'],
    ['[^1]: a note that nothing refers to\n', 'empty'],
    ['<!-- a comment -->\n', 'ok'],
    ['[a]: b c\n', 'ok'],
    ['[a]: b\ntext\n', 'ok'],
    ['text[^1]\n\n[^1]: note\n', 'ok'],
    ['    [a]: b\n', 'ok'],
    ['\u00a0\n', 'ok'],
    ['# title\n', 'ok'],
  ])('%j as Markdown is %s', async (text, expected) => {
    expect(await outcome(text, 'text/markdown')).toBe(expected)
  })

  it.each(['', '\n', ':a:`x`'])('%j as plain text is ok', async text => {
    expect(await outcome(text, 'text/plain')).toBe('ok')
  })

  it('is linear on a hostile text', async () => {
    for (const part of ['[a]: b "', '[', '[^1]: ', '[a\\', '\n', '[a]: <', '[a]: ((((', '[a]:\n'])
      await render(part.repeat(1_000_000 / part.length), 'text/markdown')
  })
})

describe('with a renderer from elsewhere', () => {
  it('asks it only about what is not sure, and once', async () => {
    const asked: string[] = []
    const renderer = {
      render: async (text: string) => {
        asked.push(text)
        return { outcome: 'failed' as const, messages: [{ line: 1, text: 'No.' }] }
      },
    }
    let started = 0
    const renderHere = renderWith(async () => {
      started++
      return renderer
    })
    expect((await renderHere('Title\n=====\n\n*text*\n', 'text/x-rst')).outcome).toBe('ok')
    expect((await renderHere('*text', 'text/plain')).outcome).toBe('ok')
    expect(started).toBe(0)
    for (const _ of [1, 2])
      expect(await renderHere('*text', undefined)).toEqual({
        type: 'text/x-rst',
        outcome: 'failed',
        messages: [{ line: 1, text: 'No.' }],
      })
    expect((await renderHere('*other', undefined)).outcome).toBe('failed')
    expect({ started, asked }).toEqual({ started: 1, asked: ['*text', '*other'] })
  })

  it('says why there is none', async () => {
    const renderHere = renderWith(() => Promise.reject(new Error('there is none')))
    expect(await renderHere('*text', undefined)).toEqual({
      type: 'text/x-rst',
      outcome: 'unavailable',
      messages: [{ line: undefined, text: 'there is none' }],
    })
  })
})

it('reads the type as PyPI does', () => {
  const types = [
    undefined,
    '',
    'UNKNOWN',
    'text/x-rst; charset=UTF-8',
    'Text/Markdown; variant=GFM',
    'text/html',
    'markdown',
  ]
  expect(types.map(mediaType)).toEqual([
    'text/x-rst',
    'text/x-rst',
    'text/x-rst',
    'text/x-rst',
    'text/markdown',
    'text/plain',
    'text/plain',
  ])
})

it('counts lines as the file does where docutils breaks at more characters', () => {
  expect(fileLine('a\nb\nc', 3)).toBe(3)
  expect(fileLine('a\u2028b\r\nc', 3)).toBe(2)
  expect(fileLine('a\x1cb', 9)).toBe(1)
})

it('takes off the indentation of all lines but the first', () => {
  expect(dedentRest('a\n    b\n\n      c')).toBe('a\nb\n\n  c')
  expect(dedentRest('a\nb')).toBeUndefined()
  expect(dedentRest('a\n\n')).toBeUndefined()
})
