/** Requirements of Poetry's own table in the form of the metadata. */

import { isTable, type TomlValue } from '../distribution/pyproject.js'

const RELEASE = /^v?\d{1,9}(?:\.\d{1,9}){0,5}$/
const CLAUSE = /^(\^|~=|~|===|==|!=|<=|>=|<|>)?\s*(\S+)$/

/**
 * `^1.2` as `>=1.2,<2.0`, `1.2` as `==1.2`; '' for any version. Undefined for what needs Poetry to be understood. What no tool
 * reads stays as it is.
 */
export function poetryVersions(text: string, isLenient = true): string | undefined {
  const written = text.trim()
  if (written === '*' || written === '') return ''
  if (written.includes('|')) return undefined
  const clauses: string[] = []
  for (const part of written.split(',')) {
    const [, operator = '', version = ''] = CLAUSE.exec(part.trim()) ?? []
    if (version === '') return isLenient ? undefined : written
    const found = clauseOf(operator, version)
    if (found === undefined) return undefined
    clauses.push(found)
  }
  return clauses.join(',')
}

function clauseOf(operator: string, version: string): string | undefined {
  if (operator !== '^' && operator !== '~') {
    // poetry-core reads no more than one star, and none where it does not belong.
    const [, release, stars = ''] = /^(\d+(?:\.\d+)*)((?:\.\*)+)$/.exec(version) ?? []
    if (release !== undefined && /^(?:==|!=|)$/.test(operator)) return `${operator || '=='}${release}.*`
    if (release !== undefined && /^[<>]=?$/.test(operator) && stars === '.*') return `${operator}${release}`
    const isBare = operator === '' && /^v?\d+(?:\.(?:\d+|\*|x))*(?:[a-z]+\d*)?$/i.test(version)
    return isBare ? `==${version.replace(/\.x(?=$|\.)/gi, '.*')}` : `${operator}${version}`
  }
  if (!RELEASE.test(version)) return undefined
  const parts = version.replace(/^v/, '').split('.').map(Number)
  const first = parts.findIndex(part => part !== 0)
  const raised = operator === '~' ? Math.min(1, parts.length - 1) : first < 0 ? parts.length - 1 : first
  const upper = parts.slice(0, raised + 1)
  upper[raised] = (upper[raised] ?? 0) + 1
  return `>=${parts.join('.')},<${(upper.length === 1 ? [...upper, 0] : upper).join('.')}`
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
