import { describe, expect, it } from 'vitest'
import { sbomReader } from '../../src/sbom/read.js'
import type { Sbom } from '../../src/sbom/sbom.js'
import { cpuSeconds } from '../support/cpu.js'
import { DOCUMENTS } from './documents.js'

const MEMBER = 'demo-1.0.dist-info/sboms/any.name'
const readSbom = await sbomReader()
const read = (text: string, cut = false): Sbom => readSbom({ member: MEMBER, text, utf8: true, size: text.length, cut })

const named = (sbom: Sbom) =>
  sbom.components.map(({ name, version, primary, reachable, isFile }) => ({
    name,
    version,
    primary,
    reachable,
    isFile,
  }))

describe('a document is recognised by its content', () => {
  it.each(Object.entries(DOCUMENTS))('%s', async (name, document) => {
    const sbom = read(JSON.stringify(document, undefined, 1))
    const [format, version] = name.split('-')
    expect(sbom).toMatchObject({
      format,
      version,
      syntax: 'json',
      knownVersion: true,
      faults: [],
      brokenReferences: [],
    })
    expect(sbom).toMatchObject({ created: true, tool: true, related: true })
    expect(named(sbom).filter(one => !one.isFile)).toEqual([
      { name: 'demo', version: '1.0', primary: true, reachable: true, isFile: false },
      { name: 'zlib', version: '1.3', primary: false, reachable: true, isFile: false },
    ])
    expect(sbom.components.find(one => one.name === 'zlib')?.sha256[0]).toMatch(/^[a-d]{64}$/)
  })

  it.each([
    [
      'CycloneDX XML',
      '<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.4"/>',
      'cyclonedx',
      '1.4',
      true,
    ],
    ['CycloneDX XML with a prefix', '<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6"/>', 'cyclonedx', '1.6', true],
    [
      'CycloneDX XML of another version',
      '<bom xmlns="http://cyclonedx.org/schema/bom/8.0"/>',
      'cyclonedx',
      '8.0',
      false,
    ],
    ['SPDX tag-value', '# a comment\nSPDXVersion: SPDX-2.3\n', 'spdx', '2.3', true],
    ['SPDX tag-value of another version', 'SPDXVersion: SPDX-8.0\n', 'spdx', '8.0', false],
    [
      'CycloneDX JSON of another version',
      '{"bomFormat": "CycloneDX", "specVersion": "2.0"}',
      'cyclonedx',
      '2.0',
      false,
    ],
    ['SPDX JSON of another version', '{"spdxVersion": "SPDX-2.1"}', 'spdx', '2.1', false],
    [
      'SPDX 3 of another version',
      '{"@context": "https://spdx.org/rdf/3.9.0/spdx-context.jsonld"}',
      'spdx',
      '3.9.0',
      false,
    ],
    [
      'SWID',
      '<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd"/>',
      'other',
      undefined,
      false,
    ],
    ['a byte order mark', '\ufeff{"bomFormat": "CycloneDX", "specVersion": "1.6"}', 'cyclonedx', '1.6', true],
    ['JSON of another kind', '{"name": "demo"}', undefined, undefined, false],
    ['XML of another kind', '<bom/>', undefined, undefined, false],
    ['a list', '[1]', undefined, undefined, false],
    ['text', 'SBOM of demo', undefined, undefined, false],
    ['nothing', '', undefined, undefined, false],
  ])('%s', async (_, text, format, version, knownVersion) => {
    expect(read(text)).toMatchObject({ format, version, knownVersion })
  })
})

describe('faults have the place of the value', () => {
  it.each([
    [
      '{"bomFormat": "CycloneDX", "specVersion": "1.6",\n "components": [{"name": "x"}]}',
      2,
      "components[0] does not have the required key 'type'",
    ],
    ['{"bomFormat": "CycloneDX", "specVersion": "1.6",\n "version": 0}', 2, 'version must be at least 1, not 0'],
    ['{"bomFormat": "CycloneDX",\n "specVersion": 1.6}', 2, "specVersion must be a version such as '1.6'"],
    ['{"bomFormat": "CycloneDX"}', 1, "the document does not have the required key 'specVersion'"],
    ['{"spdxVersion": "2.3"}', 1, "spdxVersion must be a version such as 'SPDX-2.3'"],
    [
      '{"bomFormat": "CycloneDX", "specVersion": "1.6",\n "__proto__": {"x": 1}}',
      2,
      '__proto__ is not a key that the schema allows here',
    ],
  ])('%j', async (text, line, message) => {
    const { faults } = read(text)
    expect(faults).toContainEqual(expect.objectContaining({ member: MEMBER, line, message }))
  })

  it('of the text itself: a key that occurs twice, NaN, a missing end', async () => {
    const twice = read('{"bomFormat": "CycloneDX", "specVersion": "1.6",\n "version": 1, "version": 1}')
    expect(twice.faults).toMatchObject([{ line: 2, message: expect.stringContaining('"version" occurs twice') }])
    for (const text of ['{"bomFormat": "CycloneDX", "version": NaN}', '{"bomFormat": "CycloneDX"']) {
      const broken = read(text)
      expect(broken).toMatchObject({ format: 'cyclonedx', components: [] })
      expect(broken.faults).toHaveLength(1)
    }
  })

  it('and none are looked for in what was cut', async () => {
    expect(read('{"bomFormat": "CycloneDX", "spec', true)).toMatchObject({ format: 'cyclonedx', faults: [] })
  })
})

describe('components', () => {
  it('of CycloneDX XML', async () => {
    const sbom = read(`<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><metadata>
      <timestamp>2026-01-31T12:00:00Z</timestamp><tools><components><component type="application"><name>tool</name></component></components></tools>
      <component type="library" bom-ref="d"><name>demo</name><version>1.0</version></component></metadata>
      <components><!-- <component> --><component type="library" bom-ref="z"><name>z&amp;lib</name><version>1.3</version>
        <hashes><hash alg="SHA-256">${'A'.repeat(64)}</hash></hashes><purl>pkg:generic/zlib@1.3</purl></component>
        <component type="file"><name><![CDATA[demo/x.bin]]></name></component></components>
      <dependencies><dependency ref="d"><dependency ref="z"/></dependency></dependencies></bom>`)
    expect(named(sbom)).toEqual([
      { name: 'demo', version: '1.0', primary: true, reachable: true, isFile: false },
      { name: 'z&lib', version: '1.3', primary: false, reachable: true, isFile: false },
      { name: 'demo/x.bin', version: undefined, primary: false, reachable: false, isFile: true },
    ])
    expect(sbom.components[1]).toMatchObject({ line: 4, identified: true, sha256: ['a'.repeat(64)] })
    expect(sbom).toMatchObject({ created: true, tool: true })
  })

  it('of SPDX tag-value', async () => {
    const sbom = read(`SPDXVersion: SPDX-2.3
Creator: Tool: example-1
Created: 2026-01-31T12:00:00Z
DocumentComment: <text>PackageName: not one
</text>
PackageName: demo
SPDXID: SPDXRef-demo
PackageVersion: 1.0
ExternalRef: PACKAGE-MANAGER purl pkg:pypi/demo@1.0
PackageName: zlib
SPDXID: SPDXRef-zlib
PackageDownloadLocation: NOASSERTION
PackageChecksum: SHA256: ${'B'.repeat(64)}
FileName: ./demo/x.bin
SPDXID: SPDXRef-file
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-demo
Relationship: SPDXRef-demo DEPENDS_ON SPDXRef-zlib
`)
    expect(named(sbom)).toEqual([
      { name: 'demo', version: '1.0', primary: true, reachable: true, isFile: false },
      { name: 'zlib', version: undefined, primary: false, reachable: true, isFile: false },
      { name: './demo/x.bin', version: undefined, primary: false, reachable: false, isFile: true },
    ])
    expect(sbom.components[1]).toMatchObject({ line: 10, identified: false, sha256: ['b'.repeat(64)] })
    expect(sbom).toMatchObject({ created: true, tool: true })
  })

  it('with identifiers given twice, or depended on and missing', async () => {
    const { brokenReferences } = read(`{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
 {"type": "library", "name": "a", "bom-ref": "x"},
 {"type": "library", "name": "b", "bom-ref": "x"}],
 "dependencies": [{"ref": "x", "dependsOn": ["y"]}]}`)
    expect(brokenReferences).toMatchObject([{ line: 3 }, { line: 4, message: expect.stringContaining("'y'") }])
  })
})

describe('hostile documents', () => {
  it.each([
    ['deep JSON', '['.repeat(100_000)],
    ['deep objects', `{"bomFormat": "CycloneDX", "specVersion": "1.6", "x": ${'{"a":'.repeat(5000)}`],
    ['deep XML', `<bom xmlns="http://cyclonedx.org/schema/bom/1.6">${'<component>'.repeat(50_000)}`],
    ['XML without an end', `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"${' a="b"'.repeat(20_000)}`],
    [
      'entities',
      '<!DOCTYPE bom [<!ENTITY a "aaaa">]><bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>&a;</components></bom>',
    ],
    ['open text', `SPDXVersion: SPDX-2.3\nPackageComment: <text>${'\n'.repeat(100_000)}`],
    ['many colons', `{"@context": "https://spdx.org/rdf/3.0.1/x", "spdxId": "${':'.repeat(100_000)}"}`],
    [
      'a cycle',
      '{"bomFormat": "CycloneDX", "specVersion": "1.6", "dependencies": [{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a"]}]}',
    ],
  ])('%s', async (_, text) => {
    expect(await cpuSeconds(5, () => expect(read(text)).toHaveProperty('member', MEMBER))).toBeLessThan(5)
  })
})
