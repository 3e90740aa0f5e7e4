import type { Sdist, Wheel } from '../distribution/distribution.js'
import { SECRETS, SERVICE_KEYS } from '../distribution/keep.js'
import { oncePer } from '../once.js'
import { canonicalName } from '../standards/name.js'
import { splitLines } from '../text/lines.js'

const EXAMPLE =
  /(?:^|[-_])(?:unit)?tests?(?:[-_]|$)|^(?:testing|mocks?|dummy|testdata|fixtures|examples?|samples?|demos?|sandbox|vagrant|templates?|docs?|cookiecutter.*|\{\{.*)$/i

/** Is it in a folder of tests or examples? The project's own folders are none, whatever it is called. */
const isExample = (member: string, project: string | undefined) =>
  member
    .split('/')
    .slice(0, -1)
    .some(part => EXAMPLE.test(part) && canonicalName(part) !== project)

/** Files that contain a secret: what the first one is, and its line. */
export const secrets = oncePer(
  ({
    texts,
    project,
  }: Pick<Wheel | Sdist, 'texts' | 'project'>): ReadonlyMap<
    string,
    { readonly what: string; readonly line: number }
  > => {
    const found = new Map<string, { readonly what: string; readonly line: number }>()
    for (const [member, { text }] of texts) {
      if (!(SECRETS.test(member) || SERVICE_KEYS.test(member)) || isExample(member, project)) continue
      // The servers of a plug-in for pytest are those of tests.
      if (project?.startsWith('pytest-') && /\.(?:key|pem)$/.test(member)) continue
      const lines = splitLines(text)
      for (const [i, line] of lines.entries()) {
        const what = secretIn(member, line, lines[i + 1] ?? '')
        if (what === undefined) continue
        found.set(member, { what, line: i + 1 })
        break
      }
    }
    return found
  },
)

/** A value to be filled in elsewhere: `${TOKEN}`, `<token>`, `changeme`. */
const PLACEHOLDER =
  /^(?:[$%{<[(].*|.*(?:your|change|replace|example|placeholder|dummy|insert|redacted|todo|xxx|\.\.\.|\*\*\*).*|none|null|true|false|yes|no|on|off|[0-9]{1,6}|password|secret|token|test)$/is

const said = (value: string | undefined): boolean => {
  const bare = value?.trim().replace(/^(["'])(.*)\1$/s, '$2') ?? ''
  return bare !== '' && !PLACEHOLDER.test(bare)
}

/** `https://ann:password@host`: with a password that is not a placeholder, and not that of a service on the same machine. */
const inAddress = (line: string): boolean => {
  const [, password, host = ''] = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:([^\s/@]+)@([^\s/:?#]*)/i.exec(line) ?? []
  return said(password) && !/^(?:localhost|127\.0\.0\.1|::1|0\.0\.0\.0|[a-z]+)$/i.test(host)
}

const SECRET_NAME = /(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|CREDENTIALS?)$/i
const PUBLIC_NAME = /PUBLI(?:C|SHABLE)|(?:^|_)(?:SITE|CACHE|SORT|PRIMARY|FOREIGN|PARTITION)_KEY$/i

/** Its first two lines: a placeholder is not a key. */
const PRIVATE_KEY =
  /^(?:-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH) )?PRIVATE KEY-----\n[A-Za-z0-9+/=]{8,200}|-----BEGIN PGP PRIVATE KEY BLOCK-----\n(?:\w{1,20}: .{0,200})?|PuTTY-User-Key-File-\d: .{0,200}\nEncryption: none)$/

/** The same, of one that a passphrase protects. */
const ENCRYPTED_KEY =
  /^(?:-----BEGIN ENCRYPTED PRIVATE KEY-----\n[A-Za-z0-9+/=]{8,200}|-----BEGIN (?:RSA|DSA|EC) PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED|PuTTY-User-Key-File-\d: .{0,200}\nEncryption: (?!none$)[\w-]{1,50})$/

/** `"private_key": "-----BEGIN PRIVATE KEY-----\nMII…"`, of a service account of Google. */
const KEY_IN_JSON = /"private_key"\s*:\s*"-----BEGIN (?:RSA )?PRIVATE KEY-----\\n[A-Za-z0-9+/=]{40}/

/** The secret that a line of a settings file contains: in words, or nothing. */
export function secretIn(member: string, line: string, next: string): string | undefined {
  const name = member.slice(member.lastIndexOf('/') + 1)
  const code = line.trim()
  if (/^[#;]/.test(code)) return undefined
  if (/^id_|\.(?:key|pem|p8|pk8|ppk|asc)$/.test(name))
    return PRIVATE_KEY.test(`${code}\n${next.trim()}`)
      ? 'a private key'
      : ENCRYPTED_KEY.test(`${code}\n${next.trim()}`)
        ? 'an encrypted private key'
        : undefined
  if (name.endsWith('.json')) return KEY_IN_JSON.test(code) ? 'the private key of a service account' : undefined
  if (inAddress(code)) return 'a URL with a password'
  if (name.endsWith('netrc')) return said(/\bpassword\s+(\S+)/.exec(code)?.[1]) ? 'a password' : undefined
  if (name === '.npmrc' || name === '.yarnrc') {
    const [, key, value] = /(?:^|:)"?(_authToken|_auth|_password|npmAuthToken)"?(?=[\s=:])(.*)$/s.exec(code) ?? []
    return key !== undefined && said(value?.replace(/^[\s=:]+/, '')) ? `a value for ${key}` : undefined
  }
  if (name === '.pypirc') return said(/^password\s*[=:](.*)$/i.exec(code)?.[1]) ? 'a password' : undefined
  if (name === 'credentials')
    return said(/^aws_(?:secret_access_key|session_token)\s*=(.*)$/i.exec(code)?.[1]) ? 'a secret key' : undefined
  const [, variable = '', value] = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=(.*)$/.exec(code) ?? []
  return SECRET_NAME.test(variable) && !PUBLIC_NAME.test(variable) && said(value)
    ? `a value for ${variable}`
    : undefined
}
