/** Requirements of Poetry's own table in the form of the metadata. */

import { isTable, type TomlValue } from '../distribution/pyproject.js'
import { readPoetryConstraint } from '../standards/poetry-constraint.js'

/** `^1.2` as `>=1.2,<2.0`, `1.2` as `==1.2`; '' for any version. Undefined for alternatives, and what poetry-core does not read. */
export function poetryVersions(text: string): string | undefined {
  const { alternatives } = readPoetryConstraint(text)
  return alternatives.length === 1 ? alternatives[0]?.join(',') : undefined
}

/** A dependency with its name; undefined where it is not a plain requirement. */
export function poetryRequirement(name: string, value: TomlValue): string | undefined {
  if (typeof value === 'string') return joined(name, poetryVersions(value))
  if (!isTable(value)) return undefined
  const { version, extras, markers, ...others } = value
  if (typeof version !== 'string' || Object.keys(others).some(key => key !== 'optional' && key !== 'allow-prereleases'))
    return undefined
  const named = Array.isArray(extras) && extras.length > 0 ? `${name}[${extras.join(',')}]` : name
  const text = joined(named, poetryVersions(version))
  return text === undefined || typeof markers !== 'string' ? text : `${text}; ${markers}`
}

const joined = (name: string, versions: string | undefined) =>
  versions === undefined ? undefined : `${name}${versions}`
