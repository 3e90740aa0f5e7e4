import { unsure } from './unsure.js'

// Roles of interpreted text (docutils/parsers/rst/roles.py).

export interface Role {
  /** Its base among docutils' own roles; `inline` is the base of a role that names none. */
  readonly base: 'generic' | 'code' | 'math' | 'pep' | 'rfc' | 'raw' | 'inline'
  readonly language?: string
}

const GENERIC =
  'abbreviation ab acronym ac emphasis literal strong subscript sub superscript sup title-reference title t'.split(' ')

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...GENERIC.map((name): [string, Role] => [name, { base: 'generic' }]),
  ['code', { base: 'code' }],
  ['math', { base: 'math' }],
  ['pep', { base: 'pep' }],
  ['pep-reference', { base: 'pep' }],
  ['rfc', { base: 'rfc' }],
  ['rfc-reference', { base: 'rfc' }],
  ['raw', { base: 'raw' }],
])

export const DEFAULT_ROLE: Role = { base: 'generic' }

/** Languages that every Pygments has: a role, unlike a block, must name one of them. */
const LANGUAGES = new Set(
  'python python3 py pycon bash sh shell console text c cpp c++ java javascript js json yaml xml html css sql rst ini toml rust go ruby'.split(
    ' ',
  ),
)

/** Roles that the text defined itself, and docutils' own. */
export type Roles = Map<string, Role>

export function findRole(roles: Roles, name: string): Role {
  const known = roles.get(name.toLowerCase()) ?? ROLES.get(name.toLowerCase())
  return known ?? unsure(`role ${name}`)
}

const PEP = /^[0-9]{1,4}$/
const RFC = /^[1-9][0-9]{0,8}(?:#.*)?$/s

/** The text that a role makes of the unescaped text. */
export function applyRole(role: Role, text: string, raw: string): string {
  switch (role.base) {
    case 'raw':
      return unsure('raw role')
    case 'pep':
      return PEP.test(text) ? `PEP ${text}` : unsure('PEP number')
    case 'rfc':
      return RFC.test(text) ? `RFC ${text.split('#', 1)[0]}` : unsure('RFC number')
    case 'code':
      if (role.language !== undefined && !LANGUAGES.has(role.language.toLowerCase())) unsure('language of a role')
      return raw
    case 'math':
      return raw
    default:
      return text
  }
}
