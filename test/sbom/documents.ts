const component = {
  type: 'library',
  'bom-ref': 'pkg:generic/zlib@1.3',
  name: 'zlib',
  version: '1.3',
  purl: 'pkg:generic/zlib@1.3',
  hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }],
  licenses: [{ license: { id: 'Zlib' } }],
  externalReferences: [{ type: 'website', url: 'https://zlib.net/' }],
}

const cycloneDx = (specVersion: string) => ({
  bomFormat: 'CycloneDX',
  specVersion,
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  version: 1,
  metadata: {
    timestamp: '2026-01-31T12:00:00Z',
    tools: [{ vendor: 'Example', name: 'tool', version: '1' }],
    component: { type: 'library', 'bom-ref': 'demo', name: 'demo', version: '1.0', purl: 'pkg:pypi/demo@1.0' },
  },
  components: [component],
  dependencies: [{ ref: 'demo', dependsOn: ['pkg:generic/zlib@1.3'] }, { ref: 'pkg:generic/zlib@1.3' }],
})

const spdx2 = (spdxVersion: string) => ({
  spdxVersion,
  dataLicense: 'CC0-1.0',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: 'demo',
  documentNamespace: 'https://example.org/demo',
  creationInfo: { created: '2026-01-31T12:00:00Z', creators: ['Tool: example-1'] },
  packages: [
    {
      SPDXID: 'SPDXRef-demo',
      name: 'demo',
      versionInfo: '1.0',
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      copyrightText: 'NOASSERTION',
      licenseConcluded: 'MIT',
      licenseDeclared: 'MIT',
      externalRefs: [{ referenceCategory: 'OTHER', referenceType: 'purl', referenceLocator: 'pkg:pypi/demo@1.0' }],
    },
    {
      SPDXID: 'SPDXRef-zlib',
      name: 'zlib',
      versionInfo: '1.3',
      downloadLocation: 'https://zlib.net/zlib-1.3.tar.gz',
      filesAnalyzed: false,
      copyrightText: 'NOASSERTION',
      licenseConcluded: 'Zlib',
      licenseDeclared: 'Zlib',
      checksums: [{ algorithm: 'SHA256', checksumValue: 'b'.repeat(64) }],
    },
  ],
  files: [
    {
      SPDXID: 'SPDXRef-file',
      fileName: './demo/data.bin',
      checksums: [{ algorithm: 'SHA256', checksumValue: 'c'.repeat(64) }],
      licenseConcluded: 'MIT',
      licenseInfoInFiles: ['MIT'],
      copyrightText: 'NOASSERTION',
    },
  ],
  relationships: [
    { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-demo' },
    { spdxElementId: 'SPDXRef-zlib', relationshipType: 'DEPENDENCY_OF', relatedSpdxElement: 'SPDXRef-demo' },
  ],
})

const id = (name: string) => `https://example.org/demo#${name}`

const spdx3 = (version: string) => ({
  '@context': `https://spdx.org/rdf/${version}/spdx-context.jsonld`,
  '@graph': [
    {
      type: 'CreationInfo',
      '@id': '_:creation',
      specVersion: version,
      created: '2026-01-31T12:00:00Z',
      createdBy: [id('ann')],
      createdUsing: [id('tool')],
    },
    { type: 'Person', spdxId: id('ann'), creationInfo: '_:creation', name: 'Ann Author' },
    { type: 'Tool', spdxId: id('tool'), creationInfo: '_:creation', name: 'example' },
    {
      type: 'SpdxDocument',
      spdxId: id('document'),
      creationInfo: '_:creation',
      profileConformance: ['core', 'software'],
      rootElement: [id('demo')],
    },
    {
      type: 'software_Package',
      spdxId: id('demo'),
      creationInfo: '_:creation',
      name: 'demo',
      software_packageVersion: '1.0',
      software_packageUrl: 'pkg:pypi/demo@1.0',
    },
    {
      type: 'software_Package',
      spdxId: id('zlib'),
      creationInfo: '_:creation',
      name: 'zlib',
      software_packageVersion: '1.3',
      verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: 'd'.repeat(64) }],
    },
    {
      type: 'Relationship',
      spdxId: id('r1'),
      creationInfo: '_:creation',
      from: id('demo'),
      relationshipType: 'dependsOn',
      to: [id('zlib')],
    },
  ],
})

/** A small valid document of each version, by the name of its schema. */
export const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'cyclonedx-1.2': cycloneDx('1.2'),
  'cyclonedx-1.3': cycloneDx('1.3'),
  'cyclonedx-1.4': cycloneDx('1.4'),
  'cyclonedx-1.5': cycloneDx('1.5'),
  'cyclonedx-1.6': cycloneDx('1.6'),
  'cyclonedx-1.7': cycloneDx('1.7'),
  'spdx-2.2': spdx2('SPDX-2.2'),
  'spdx-2.3': spdx2('SPDX-2.3'),
  'spdx-3.0.0': spdx3('3.0.0'),
  'spdx-3.0.1': spdx3('3.0.1'),
}
