import table from '../data/sbom/schemas.json' with { type: 'json' }
import { fromBase64, inflateRawAtOnce } from '../runtime.js'
import type { Schema } from '../text/json-schema.js'

const parsed = new Map<string, Schema>()

/**
 * The schema of a format and version (`cyclonedx-1.6`, `spdx-2.3`, `spdx-3.0.1`) and a way to follow its references;
 * undefined when none is bundled. Import this module only when there is a document to check: it brings the table.
 */
export function schemaFor(
  name: string,
): { readonly schema: Schema; readonly lookup: (ref: string) => Schema | undefined } | undefined {
  const files = table.schemas as Readonly<Record<string, { readonly size: number; readonly deflated: string }>>
  const load = (key: string): Schema | undefined => {
    const file = Object.hasOwn(files, key) ? files[key] : undefined
    const known = parsed.get(key)
    if (known || !file) return known
    const output = inflateRawAtOnce(fromBase64(file.deflated), file.size * 2)?.output
    const schema = output && (JSON.parse(new TextDecoder().decode(output)) as Schema)
    if (schema) parsed.set(key, schema)
    return schema
  }
  const schema = load(name)
  if (!schema) return undefined
  const targets = new Map<string, Schema | undefined>()
  /** References of the table are `name#pointer`. */
  const lookup = (ref: string): Schema | undefined => {
    if (!targets.has(ref)) {
      const [file = '', pointer = ''] = ref.split('#')
      targets.set(ref, follow(load(file), pointer))
    }
    return targets.get(ref)
  }
  return { schema, lookup }
}

function follow(root: Schema | undefined, pointer: string): Schema | undefined {
  let at: unknown = root
  for (const step of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Readonly<Record<string, unknown>>)[step]
  }
  return at as Schema | undefined
}
