import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { noSourceContext } from '../../src/project/source-context.js'
import { renderRdjson } from '../../src/report/rdjson.js'
import { findingOf, memberFinding, pyproject, reportOf, wheelOf } from './sample.js'

/** The messages of reviewdog.proto, without what is not in it: its reader rejects unknown names. */
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})
const text = { type: 'string', minLength: 1 }
const position = closed({ line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } }, ['line'])
const range = closed({ start: position, end: position }, ['start'])
const location = closed({ path: text, range }, ['path'])
const validate = new Ajv2020().compile(
  closed(
    {
      source: closed({ name: text, url: text }, ['name']),
      diagnostics: {
        type: 'array',
        items: closed(
          {
            message: text,
            location,
            severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
            code: closed({ value: text, url: text }, ['value']),
            suggestions: { type: 'array', items: closed({ range, text: { type: 'string' } }, ['range', 'text']) },
            related_locations: { type: 'array', items: closed({ message: text, location }, ['location']) },
          },
          ['message', 'location'],
        ),
      },
    },
    ['diagnostics'],
  ),
)

function rendered(...args: Parameters<typeof renderRdjson>) {
  const json = renderRdjson(...args)
  const result = JSON.parse(json)
  validate(result)
  expect(validate.errors).toBeNull()
  return result
}

const source = { ...noSourceContext, text: (path: string) => (path === 'pyproject.toml' ? pyproject : undefined) }

describe('the report for reviewdog', () => {
  it('points to the line of the project, once for all files', () => {
    const report = reportOf([
      wheelOf([findingOf(), memberFinding('tests/')]),
      wheelOf([findingOf()], { path: 'dist/b.whl' }),
    ])
    const { source: tool, diagnostics } = rendered(report, { source })
    expect(tool.name).toBe('distaudit')
    expect(diagnostics).toHaveLength(2)
    expect(diagnostics[0]).toMatchObject({
      message: expect.stringMatching(/ In 2 distributions\. Write `license = "MIT"` in \[project\]\.$/),
      location: {
        path: 'pyproject.toml',
        range: { start: { line: 7, column: 11 }, end: { line: 7, column: 24 } },
      },
      severity: 'ERROR',
      code: { value: 'license-expression-invalid' },
    })
    expect(diagnostics[0].related_locations.map((one: { location: { path: string } }) => one.location.path)).toEqual([
      'dist/demo_pkg-1.0-py3-none-any.whl',
      'dist/b.whl',
    ])
    expect(diagnostics[1].location).toEqual({ path: 'pyproject.toml', range: { start: { line: 1 } } })
  })

  it('counts columns in bytes, and has the line alone where the text is not known', () => {
    const finding = findingOf({ location: { source: { path: 'setup.cfg', line: 2, column: 4, endColumn: 6 } } })
    const at = (text?: string) =>
      rendered(reportOf([wheelOf([finding])]), { source: { ...noSourceContext, text: () => text } }).diagnostics[0]
        .location.range
    expect(at('\nä€x\u{1f600}')).toEqual({ start: { line: 2, column: 7 }, end: { line: 2, column: 11 } })
    expect(at()).toEqual({ start: { line: 2 }, end: { line: 2 } })
  })

  it('names the distribution where the project has no line', () => {
    const finding = memberFinding('x', { location: { source: undefined } })
    expect(rendered(reportOf([wheelOf([finding])])).diagnostics[0].location).toEqual({
      path: 'dist/demo_pkg-1.0-py3-none-any.whl',
    })
  })

  it('suggests the edits of one file as one text', () => {
    const edit = { path: 'pyproject.toml', key: 'project.license', safe: true }
    const edits = [
      { ...edit, line: 7, column: 11, endLine: 7, endColumn: 24, replacement: '"MIT"' },
      { ...edit, line: 6, column: 1, endLine: 7, endColumn: 1, replacement: '' },
    ]
    const suggested = (...all: typeof edits) =>
      rendered(reportOf([wheelOf([findingOf({ edits: all })])]), { source }).diagnostics[0].suggestions
    expect(suggested(...edits)).toEqual([
      {
        range: { start: { line: 6, column: 1 }, end: { line: 7, column: 24 } },
        text: 'license = "MIT"',
      },
    ])
    expect(suggested()).toBeUndefined()
    expect(suggested(...edits, { ...edits[0]!, path: 'setup.cfg' })).toBeUndefined()
  })

  it('is a valid document without findings', () => {
    expect(rendered(reportOf([wheelOf([])])).diagnostics).toEqual([])
  })

  it('lets no text start a command of a log', () => {
    const evil = '::error::a\n::warning::b \u001b[2J ##[error]c \u202e'
    const finding = findingOf({ message: evil, help: evil, related: [{ path: evil, message: evil }] })
    const json = renderRdjson(reportOf([wheelOf([finding], { path: evil })]))
    expect(json).not.toMatch(/[\u001b\u202e]|##\[/)
    for (const value of JSON.stringify(JSON.parse(json), null, 1).split('\n')) expect(value).not.toMatch(/"::|\n::/)
  })
})
