import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { PROVIDER, pep825, releaseExample, V3, variantFile, withProviders } from '../../rules/variants/_variants.js'
import type { Example } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'
import { run as runCommand } from '../support/run-command.js'
import { FAULTS } from './cases.js'
import { recordedAnswers, WHEELS } from './recorded.js'

/** What variantlib reads although RFC 8259 or the specifications of its parts forbid it. */
const LAX = new Set([
  'a key twice',
  'a byte order mark',
  'no $schema',
  // pip refuses it later.
  'a requirement that is none',
  // In a key that is ignored.
  'a deep value',
])

describe('variantlib 0.2.2', () => {
  it.each(FAULTS.map(fault => [fault.name, fault] as const))('agrees on %s', (name, { finds }) => {
    const ids = 'pep825' in finds ? finds.variantlib : finds
    const refused = recordedAnswers()[`variantlib: ${name}`] !== null
    expect(ids.some(id => !id.includes(':'))).toBe(refused || LAX.has(name))
  })

  it('refuses what PEP 825 wants, for it wants providers', () => {
    expect(recordedAnswers()['pep825: a sound document']).not.toBeNull()
  })

  it('makes wheels and an index-level file in which nothing is wrong', async () => {
    const files = readdirSync(WHEELS).map(filename => ({ filename, bytes: readFileSync(join(WHEELS, filename)) }))
    expect(files).toHaveLength(4)
    const { findings, errors } = await auditBuilt(files, RULES)
    expect(errors).toEqual([])
    expect([...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))]).toEqual([
      'variant-pypi-unsupported',
    ])
    const variants = findings.filter(({ rule }) => rule.startsWith('variant-') || rule.startsWith('variants-json'))
    expect([...new Set(variants.map(({ rule }) => rule))].sort()).toEqual([
      'variant-provider-unpinned',
      'variant-pypi-unsupported',
    ])
  })

  it('writes the same index-level file as distaudit variants-json', async () => {
    const { status, stdout } = await runCommand(['variants-json', WHEELS])
    expect(status).toBe(0)
    const theirs = readFileSync(join(WHEELS, 'demo-1.0-variants.json'), 'utf8')
    // The order of the keys counts, the spaces between them do not.
    expect(JSON.stringify(JSON.parse(stdout))).toBe(JSON.stringify(JSON.parse(theirs)))
  })
})

describe('distaudit variants-json', () => {
  async function generate(example: Example) {
    const folder = mkdtempSync(join(tmpdir(), 'distaudit-'))
    for (const { filename, bytes } of await buildExample(example)) writeFileSync(join(folder, filename), bytes)
    const result = await runCommand(['variants-json', folder])
    rmSync(folder, { recursive: true })
    return result
  }

  it('joins the labels and takes the longest list of namespaces, in the format of PEP 825', async () => {
    const { status, stdout } = await generate(
      releaseExample(
        [
          ['v3', pep825({ v3: V3 }, ['x86_64'])],
          ['mkl', pep825({ mkl: { blas: { library: ['mkl'] }, x86_64: { level: ['v2', 'v4'] } } }, ['x86_64', 'blas'])],
          ['null', pep825({ null: {} }, ['x86_64'])],
        ],
        undefined,
        [{ wheel: {} }],
      ),
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      $schema: 'https://variants-schema.wheelnext.dev/peps/825/v0.1.1.json',
      'default-priorities': { namespace: ['x86_64', 'blas'] },
      variants: { mkl: { blas: { library: ['mkl'] }, x86_64: { level: ['v2', 'v4'] } }, null: {}, v3: V3 },
    })
  })

  it('keeps the tables of PEP 817', async () => {
    const aot = { blas: { 'install-time': false }, ...PROVIDER }
    const more = { 'static-properties': { blas: { library: ['mkl'] } } }
    const { status, stdout } = await generate(
      releaseExample([
        ['v3', withProviders('pep817', { v3: V3 }, aot, more)],
        ['null', withProviders('pep817', { null: {} }, aot, more)],
      ]),
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ providers: aot, ...more, variants: { null: {}, v3: V3 } })
  })

  it.each<[string, Example, string]>([
    [
      'a label with two meanings',
      {
        release: [
          { wheel: variantFile('v3', pep825({ v3: V3 })) },
          {
            wheel: variantFile('v3', pep825({ v3: { x86_64: { level: ['v4'] } } }), {
              filename: 'demo-1.0-1-py3-none-any-v3.whl',
            }),
          },
        ],
      },
      'variant-label-conflict',
    ],
    [
      'lists that do not go together',
      releaseExample([
        ['v3', pep825({ v3: V3 }, ['x86_64', 'a'])],
        ['null', pep825({ null: {} }, ['a'])],
      ]),
      'variant-priorities-inconsistent',
    ],
    [
      'two formats',
      releaseExample([
        ['v3', pep825({ v3: V3 })],
        ['null', withProviders('variantlib', { null: {} }, PROVIDER)],
      ]),
      'variant-schema-differs',
    ],
    [
      'a wheel without variant.json',
      { release: [{ wheel: { filename: 'demo-1.0-py3-none-any-v3.whl' } }] },
      'variant-json-missing',
    ],
  ])('writes nothing for %s', async (_, example, rule) => {
    const { status, stdout, stderr } = await generate(example)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain(rule)
  })

  it('wants variant wheels, and those of one release', async () => {
    expect((await generate({ wheel: {} })).status).toBe(2)
    const two = {
      release: [
        { wheel: variantFile('v3', pep825({ v3: V3 })) },
        { wheel: variantFile('v3', pep825({ v3: V3 }), { version: '2.0', filename: 'demo-2.0-py3-none-any-v3.whl' }) },
      ],
    }
    const { status, stderr } = await generate(two)
    expect(status).toBe(2)
    expect(stderr).toContain('demo 1.0, demo 2.0')
  })
})
