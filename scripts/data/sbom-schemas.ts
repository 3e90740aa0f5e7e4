/**
 * Writes src/data/sbom/schemas.json from the published JSON schemas of CycloneDX and SPDX:
 * `tsx scripts/data/sbom-schemas.ts DIR`. DIR contains the files named below; docs/third-party-sbom.md says where each is from.
 * What only people read (titles, descriptions, examples) is left out, and each schema is deflated.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'

const FILES: Readonly<Record<string, string>> = {
  'cyclonedx-1.2': 'bom-1.2.SNAPSHOT.schema.json',
  'cyclonedx-1.3': 'bom-1.3.SNAPSHOT.schema.json',
  'cyclonedx-1.4': 'bom-1.4.SNAPSHOT.schema.json',
  'cyclonedx-1.5': 'bom-1.5.SNAPSHOT.schema.json',
  'cyclonedx-1.6': 'bom-1.6.SNAPSHOT.schema.json',
  'cyclonedx-1.7': 'bom-1.7.SNAPSHOT.schema.json',
  spdx: 'spdx.SNAPSHOT.schema.json',
  'jsf-0.82': 'jsf-0.82.SNAPSHOT.schema.json',
  'cryptography-defs': 'cryptography-defs.SNAPSHOT.schema.json',
  'spdx-2.2': 'spdx-2.2.json',
  'spdx-2.3': 'spdx-2.3.1.json',
  'spdx-3.0.0': 'spdx-3.0.0.json',
  'spdx-3.0.1': 'spdx-3.0.1.json',
}
const FOR_PEOPLE = new Set([
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'examples',
  'default',
  'meta:enum',
  'deprecated',
])
const NAMED = new Set(['properties', 'definitions', '$defs', 'patternProperties'])

/** References are absolute within the table: `name#pointer`. */
function bare(schema: unknown, name: string): unknown {
  if (Array.isArray(schema)) return schema.map(one => bare(one, name))
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(([key]) => !FOR_PEOPLE.has(key))
  return Object.fromEntries(
    kept.map(([key, value]) => {
      if (key === 'enum' || key === 'const' || key === 'required') return [key, value]
      if (key === '$ref')
        return [
          key,
          String(value)
            .replace(/^(.+?)\.SNAPSHOT\.schema\.json/, '$1')
            .replace(/^#/, `${name}#`),
        ]
      if (NAMED.has(key))
        return [
          key,
          Object.fromEntries(Object.entries(value as object).map(([inner, one]) => [inner, bare(one, name)])),
        ]
      return [key, bare(value, name)]
    }),
  )
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('name the folder that holds the schemas')
const schemas = Object.fromEntries(
  Object.entries(FILES).map(([name, file]) => {
    const text = JSON.stringify(bare(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')), name))
    return [name, { size: text.length, deflated: deflateRawSync(text, { level: 9 }).toString('base64') }]
  }),
)
const table = {
  source: 'npm package @cyclonedx/cyclonedx-library (CycloneDX); github.com/spdx/spdx-spec (SPDX)',
  version: 'CycloneDX 1.2 to 1.7; SPDX 2.2.2, 2.3.1, 3.0.0, 3.0.1',
  date: new Date().toISOString().slice(0, 10),
  schemas,
}
const target = fileURLToPath(new URL('../../src/data/sbom/', import.meta.url))
mkdirSync(target, { recursive: true })
writeFileSync(`${target}schemas.json`, `${JSON.stringify(table, undefined, 1)}\n`)
