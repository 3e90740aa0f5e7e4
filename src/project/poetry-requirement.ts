/** Requirements of Poetry's own table in the form of the metadata. */

import { isTable, type TomlTable, type TomlValue } from '../distribution/pyproject.js'
import { readPoetryConstraint } from '../standards/poetry-constraint.js'

/** `^1.2` as `>=1.2,<2.0`, `1.2` as `==1.2`; '' for any version. Undefined for alternatives, and what poetry-core does not read. */
function poetryVersions(text: string): string | undefined {
  const { alternatives } = readPoetryConstraint(text)
  return alternatives.length === 1 ? alternatives[0]?.join(',') : undefined
}

/** The same for `python`, of which `3.10` is every release of that version. */
export function poetryPythons(text: string): string | undefined {
  const [, major = '', minor] = /^(?:==?)?\s*v?(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? []
  return poetryVersions(major === '' ? text : minor === undefined ? `^${major}.0` : `~${major}.${minor}`)
}

/** A dependency with its name; undefined where it is not a plain requirement. */
export function poetryRequirement(name: string, value: TomlValue): string | undefined {
  if (typeof value === 'string') return joined(name, poetryVersions(value))
  if (!isTable(value)) return undefined
  const { version, extras, markers, ...others } = value
  const named = Array.isArray(extras) && extras.length > 0 ? `${name}[${extras.join(',')}]` : name
  const reference = referenceOf(value)
  if (reference !== undefined) return `${named} @ ${reference}${typeof markers === 'string' ? ` ; ${markers}` : ''}`
  if (typeof version !== 'string' || Object.keys(others).some(key => key !== 'optional' && key !== 'allow-prereleases'))
    return undefined
  const text = joined(named, poetryVersions(version))
  return text === undefined || typeof markers !== 'string' ? text : `${text}; ${markers}`
}

/** What poetry-core writes as a direct reference: it makes an absolute address of a path, which only a build knows. */
function referenceOf(value: TomlTable): string | undefined {
  const text = (key: string) => (typeof value[key] === 'string' ? value[key] : undefined)
  const git = text('git')
  if (git !== undefined) {
    const address = /^[\w.-]+@[\w.-]+:(?!\/)/.test(git) ? `ssh://${git.replace(':', '/')}` : git
    const revision = text('branch') ?? text('tag') ?? text('rev')
    const subdirectory = text('subdirectory')
    return `git+${address}${revision === undefined ? '' : `@${revision}`}${subdirectory === undefined ? '' : `#subdirectory=${subdirectory}`}`
  }
  const path = text('path') ?? text('file')
  return text('url') ?? (path === undefined ? undefined : `file:${path}`)
}

const joined = (name: string, versions: string | undefined) =>
  versions === undefined ? undefined : `${name}${versions}`
