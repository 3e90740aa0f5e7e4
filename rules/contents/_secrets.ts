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
