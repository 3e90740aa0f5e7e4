import type { Wheel } from '../distribution/distribution.js'
import { canonicalName } from '../standards/name.js'

/** What writes `Generator` under another name than that of the backend. */
const GENERATORS: ReadonlyMap<string, string> = new Map([
  ['bdist-wheel', 'setuptools'],
  ['flit', 'flit-core'],
  ['poetry', 'poetry-core'],
  ['uv', 'uv-build'],
  ['meson', 'meson-python'],
])

/** `hatchling 1.27.0`, `setuptools (80.9.0)`; the number of bdist_wheel is that of wheel. */
export function generatorOf({
  wheelFile,
}: Wheel): { readonly backend: string; readonly version: string | undefined } | undefined {
  const match = /^([A-Za-z][\w.-]{0,60})(?:\s+\(?([0-9][^\s)]{0,60}))?/.exec(wheelFile?.value('Generator') ?? '')
  if (!match) return undefined
  const name = canonicalName(match[1] ?? '')
  return { backend: GENERATORS.get(name) ?? name, version: name === 'bdist-wheel' ? undefined : match[2] }
}
