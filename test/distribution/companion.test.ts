import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { companionName } from '../../src/distribution/companion.js'
import { expandPaths } from '../../src/inputs.js'
import { allFindings } from '../../src/report/report.js'
import { run } from '../../src/run.js'
import { bytesSource } from '../../src/source/source.js'
import { auditBuilt } from '../support/audit-built.js'

const sdist = await buildSdist({})
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const base64 = (value: unknown) => Buffer.from(encode(value)).toString('base64')
const statement = (name: string, digest: Uint8Array) =>
  base64({ subject: [{ name, digest: { sha256: Buffer.from(digest).toString('hex') } }] })
const attestation = (name: string, digest: Uint8Array) => ({
  version: 1,
  envelope: { statement: statement(name, digest) },
})

/** Each kind of file, of a name and a digest. */
const KINDS: Readonly<Record<string, (name: string, digest: Uint8Array) => unknown>> = {
  '.publish.attestation': attestation,
  '.slsa.attestation': attestation,
  '.provenance': (name, digest) => ({
    version: 1,
    attestation_bundles: [{ attestations: [attestation(name, digest)] }],
  }),
  '.sigstore': (name, digest) => ({ dsseEnvelope: { payload: statement(name, digest) } }),
  '.sigstore.json': (_, digest) => ({
    messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(digest).toString('base64') } },
  }),
}

const found = async (files: readonly { filename: string; bytes: Uint8Array }[]) =>
  (await auditBuilt(files, RULES, {}, {}, { profile: 'default' })).findings
    .filter(
      ({ location, rule }) => /asc|sig|attestation|provenance/.test(location.path) || rule.startsWith('companion'),
    )
    .map(({ rule, severity, enforcedBy }) => [rule, severity, enforcedBy.join()].join(' ').trim())

const beside = (suffix: string, content: unknown) =>
  found([sdist, { filename: `${sdist.filename}${suffix}`, bytes: encode(content) }])

it.each(Object.entries(KINDS))('%s beside its distribution is checked by name and digest', async (suffix, make) => {
  const isSent = suffix.endsWith('.attestation')
  const note = isSent ? [] : ['companion-taken-for-distribution info']
  const refused = isSent ? ' pypi' : ''
  expect(await beside(suffix, make(sdist.filename, sha256(sdist.bytes)))).toEqual(note)
  expect(await beside(suffix, make(sdist.filename, sha256(encode('x'))))).toEqual(
    expect.arrayContaining([...note, `companion-digest-mismatch error${refused}`]),
  )
  if (suffix !== '.sigstore.json')
    expect(await beside(suffix, make('other-1.0.tar.gz', sha256(sdist.bytes)))).toEqual(
      expect.arrayContaining([`companion-invalid error${refused}`]),
    )
  expect(await beside(suffix, make('Demo-1.0.tar.gz', sha256(sdist.bytes)))).toEqual(note)
  expect(await beside(suffix, 'no JSON')).toEqual(expect.arrayContaining([`companion-invalid error${refused}`]))
})

it('takes signatures in armor, and no others, for .asc', async () => {
  expect(await beside('.asc', '-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n')).toEqual([])
  expect(await beside('.asc', 'no signature')).toEqual(['companion-invalid warning'])
  expect(await beside('.sig', 'anything')).toEqual(['companion-taken-for-distribution info'])
})

it('says of one alone what twine does with it', async () => {
  const alone = (suffix: string) => found([{ filename: `demo-1.0.tar.gz${suffix}`, bytes: encode('{}') }])
  expect(await alone('.asc')).toContain('filename-extension error pypi,pip,uv')
  expect(await alone('.publish.attestation')).toContain('filename-extension error pypi,twine,pip,uv')
  expect(await alone('.sig')).toEqual(['filename-extension error pypi,twine,pip,uv'])
})

it('knows them by the name of a distribution before the suffix', () => {
  expect(companionName('demo-1.0.tar.gz.asc')).toEqual({ kind: 'signature', of: 'demo-1.0.tar.gz', suffix: '.asc' })
  expect(companionName('demo-1.0-py3-none-any.whl.sigstore.json')?.of).toBe('demo-1.0-py3-none-any.whl')
  expect(companionName('demo-1.0.tar.gz.attestation')?.of).toBe('demo-1.0.tar.gz')
  expect(companionName('demo-1.0.tar.gz.publish.attestation')?.of).toBe('demo-1.0.tar.gz')
  for (const name of ['notes.asc', 'demo.zip.asc', 'demo-1.0.tar.gz', 'demo.attestation', 'a.sigstore'])
    expect(companionName(name)).toBeUndefined()
})

const folder = mkdtempSync(join(tmpdir(), 'distaudit-companion-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('takes from a directory what belongs to distributions, and drafts where they are wanted', async () => {
  const wheel = await buildWheel({})
  const others = ['demo.zip', 'notes.asc', 'demo-2.0-py3-none-any.whlx']
  for (const name of [wheel.filename, `${wheel.filename}.asc`, `${wheel.filename}.publish.attestation`, ...others])
    writeFileSync(join(folder, name), '')
  const names = async (preview: boolean) =>
    (await expandPaths([folder], { preview })).targets.map(({ filename }) => filename)
  const wanted = [wheel.filename, `${wheel.filename}.asc`, `${wheel.filename}.publish.attestation`]
  expect(await names(false)).toEqual(wanted)
  expect(await names(true)).toEqual([...wanted, 'demo-2.0-py3-none-any.whlx'].sort())
  expect((await expandPaths([folder])).passedOver).toBe(3)
})

it('reads a zip without a version in its name as no sdist', async () => {
  const { findings } = await auditBuilt([{ filename: 'demo.zip', bytes: (await buildWheel({})).bytes }], RULES)
  expect(findings.map(({ rule }) => rule)).toEqual(['filename-extension'])
  const zip = await auditBuilt([{ filename: 'demo-1.0.zip', bytes: (await buildWheel({})).bytes }], RULES)
  expect(zip.findings.map(({ rule }) => rule)).not.toContain('filename-extension')
  expect(zip.findings.map(({ rule }) => rule)).not.toContain('tar-unreadable')
})

it('is passed over where distributions of another project alone are given', async () => {
  const rules = RULES.filter(({ topic }) => topic === 'filename')
  const other = { filename: 'other-1.0.tar.gz.asc', bytes: encode('-----BEGIN PGP SIGNATURE-----\n') }
  const of = async (...files: readonly { readonly filename: string; readonly bytes: Uint8Array }[]) => {
    const given = files.map(({ filename, bytes }) => ({
      path: filename,
      filename,
      open: async () => ({ path: filename, filename, source: bytesSource(bytes) }),
    }))
    const { report } = await run(given, { rules, render: renderOnNode })
    return [...allFindings(report)].map(({ rule, severity }) => `${rule} ${severity}`)
  }
  expect(await of(sdist, other)).toEqual(['companion-without-distribution warning'])
  expect(await of(other)).toEqual(['filename-extension error'])
})
