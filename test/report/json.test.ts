import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { renderJson } from '../../src/report/json.js'
import { findingOf, memberFinding, reportOf, wheelOf } from './sample.js'

const schema = JSON.parse(readFileSync(new URL('../../schemas/report-1.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, validateFormats: false }).compile(
  schema,
)

const full = reportOf(
  [
    wheelOf(
      [
        findingOf({ breaks: 'Builds stop.' }),
        memberFinding('tests/', { related: [{ path: 'dist/x', member: 'y', line: 1, message: 'There.' }] }),
      ],
      {
        platform: {
          fits: ['manylinux_2_17_x86_64'],
          symbolVersions: { GLIBC: ['2.17'] },
          external: { 'libc.so.6': ['demo/_x.so'] },
          missing: {},
          minimumOs: { arm64: '11.0' },
          pythonAbi: { tag: 'abi3', abi3Lowest: '3.9', nonStable: ['_PyX'], tooNew: { PyX: '3.12' } },
        },
      },
    ),
    wheelOf([], { kind: 'unknown', path: 'a.egg', name: null, version: null, sha256: '' }),
  ],
  {
    releases: [{ name: 'demo-pkg', version: '1.0', distributions: ['a.egg'], findings: [findingOf()] }],
    summary: { ignored: 1 },
  },
)

describe('the JSON report', () => {
  it('is valid by the published schema', () => {
    validate(JSON.parse(renderJson(full)))
    expect(validate.errors).toBeNull()
    validate(JSON.parse(renderJson(reportOf([]))))
    expect(validate.errors).toBeNull()
    const inName = { member: undefined, line: undefined, column: 14, mark: '' }
    const data = JSON.parse(renderJson(reportOf([wheelOf([findingOf({ location: inName })])])))
    expect(data.distributions[0].findings[0].location).toMatchObject({ column: 14, value: 'MIT License', mark: '' })
    validate(data)
    expect(validate.errors).toBeNull()
  })

  it('of the first release is still valid', () => {
    const old = readFileSync(new URL('../../fixtures/reports/report-1-of-0.1.0.json', import.meta.url), 'utf8')
    validate(JSON.parse(old))
    expect(validate.errors).toBeNull()
  })

  it.each([
    ['an unknown key', { more: 1 }],
    ['another version', { schemaVersion: '2' }],
    ['no summary', { summary: undefined }],
    ['a summary with a wrong count', { summary: { ...full.summary, error: -1 } }],
    ['a kind that does not exist', { distributions: [{ ...full.distributions[1], kind: 'egg' }] }],
    ['a hash that is none', { distributions: [{ ...full.distributions[1], sha256: 'abc' }] }],
    ['line 0', { distributions: [wheelOf([findingOf({ location: { line: 0 } })])] }],
    [
      'an absolute source path',
      { distributions: [wheelOf([findingOf({ location: { source: { path: '/a', line: 1 } } })])] },
    ],
    ['a fingerprint that is none', { distributions: [wheelOf([findingOf({ fingerprint: 'x' })])] }],
  ])('the schema refuses %s', (_, change) => {
    expect(validate(JSON.parse(JSON.stringify({ ...full, ...change })))).toBe(false)
  })

  it('has the keys in the specified order and ends with a newline', () => {
    const text = renderJson(full)
    expect(text.endsWith('}\n')).toBe(true)
    expect(Object.keys(JSON.parse(text))).toEqual([
      '$schema',
      'schemaVersion',
      'tool',
      'distributions',
      'releases',
      'summary',
    ])
    const [distribution] = JSON.parse(text).distributions
    expect(Object.keys(distribution)).toEqual([
      'path',
      'filename',
      'kind',
      'name',
      'version',
      'size',
      'sha256',
      'findings',
      'platform',
    ])
    expect(Object.keys(distribution.findings[0])).toEqual([
      'rule',
      'severity',
      'message',
      'help',
      'enforcedBy',
      'breaks',
      'location',
      'source',
      'url',
      'fingerprint',
      'snippet',
    ])
  })

  it('does not depend on the key order of what it is given', () => {
    const reversed = JSON.parse(JSON.stringify(full), (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    )
    expect(renderJson(reversed)).toBe(renderJson(full))
  })

  it('keeps the facts raw inside, and nothing raw outside', () => {
    const message = 'a \u001b[31m\u202e ##[error] \\ end'
    const text = renderJson(reportOf([wheelOf([findingOf({ message })])]))
    expect(JSON.parse(text).distributions[0].findings[0].message).toBe(message)
    expect(text).not.toMatch(/[\u001b\u202e]|##\[/)
  })

  it('names rules that failed, without the stack', () => {
    const report = { ...reportOf([]), internalErrors: [{ rule: 'a', path: 'x.whl', message: 'oops', stack: 'at …' }] }
    const data = JSON.parse(renderJson(report))
    expect(data.internalErrors).toEqual([{ rule: 'a', path: 'x.whl', message: 'oops' }])
    expect(validate(data)).toBe(true)
  })
})
