import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { basic, decoded } from './basic.js'
import type { Authorize } from './http.js'

interface Login {
  readonly user: string
  readonly password: string
}

export interface CredentialsOptions {
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** May `keyring` be asked? */
  readonly keyring: boolean
  /** Asks it; injected so that tests need no keyring. */
  readonly askKeyring?: ((service: string, user: string) => Promise<string | undefined>) | undefined
}

export interface Credentials {
  /** Takes the user name and the password of an address: gives the address without them. */
  take(url: URL): URL
  readonly authorize: Authorize
}

/**
 * Who the user is to each server: what addresses say, what netrc says, and, where the server has refused that, what `keyring` says
 * of the user name of the address. Nothing is told to another scheme, host or port, and nothing is shown to anybody.
 */
export function credentialsOf({ env, home, keyring, askKeyring = keyringPassword }: CredentialsOptions): Credentials {
  const inAddress = new Map<string, { readonly user: string; readonly password: string; readonly address: string }>()
  let netrc: Promise<ReadonlyMap<string, Login>> | undefined
  const asked = new Map<string, Promise<string | undefined>>()

  return {
    take(url) {
      const { username, password } = url
      const bare = new URL(url)
      bare.username = ''
      bare.password = ''
      if (username !== '')
        inAddress.set(url.origin, { user: decoded(username), password: decoded(password), address: bare.href })
      return bare
    },
    async authorize(url, refused) {
      const given = inAddress.get(url.origin)
      netrc ??= readNetrc(env, home)
      const known = await netrc
      const own = known.get(url.hostname)
      if (!refused) {
        if (given && given.password !== '') return basic(given.user, given.password)
        if (own && (given === undefined || given.user === own.user)) return basic(own.user, own.password)
        // A token in the place of a user name has no password.
        return given && basic(given.user, '')
      }
      // A login for every host is told to none that does not ask.
      const any = given === undefined && own === undefined ? known.get('') : undefined
      if (any) return basic(any.user, any.password)
      const user = given?.user ?? own?.user
      if (!keyring || user === undefined || user.startsWith('-')) return undefined
      // pip asks for the address first, then for the host.
      for (const service of [given?.address ?? url.origin, url.host]) {
        const key = `${service} ${user}`
        const answer = asked.get(key) ?? askKeyring(service, user)
        asked.set(key, answer)
        const password = await answer
        if (password !== undefined) return basic(user, password)
      }
      return undefined
    },
  }
}

const KEYRING_PATIENCE = 30_000

function keyringPassword(service: string, user: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const options = { timeout: KEYRING_PATIENCE, windowsHide: true }
    execFile('keyring', ['get', service, user], options, (error, stdout) => {
      const password = stdout.replace(/\r?\n$/, '')
      resolve(error || password === '' ? undefined : password)
    })
  })
}

/** Logins by host; that of `default` under ''. */
async function readNetrc(env: NodeJS.ProcessEnv, home: string): Promise<ReadonlyMap<string, Login>> {
  for (const file of env.NETRC ? [env.NETRC] : [join(home, '.netrc'), join(home, '_netrc')]) {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text !== undefined) return parseNetrc(text)
  }
  return new Map()
}

export function parseNetrc(text: string): ReadonlyMap<string, Login> {
  const logins = new Map<string, Login>()
  let host: string | undefined
  let user = ''
  let isMacro = false
  const words = text.split('\n').flatMap(line => {
    // A macro ends with an empty line.
    if (line.trim() === '') isMacro = false
    if (isMacro) return []
    isMacro = /^\s*macdef\s/.test(line)
    return isMacro ? [] : tokens(line)
  })
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === 'machine') host = words[++at]
    else if (word === 'default') host = ''
    else if (word === 'login' || word === 'user') user = words[++at] ?? ''
    else if (word === 'account') at++
    else if (word === 'password') {
      const password = words[++at] ?? ''
      if (host !== undefined && !logins.has(host)) logins.set(host, { user, password })
      user = ''
      host = undefined
    }
  }
  return logins
}

/** Words, some in quotes, up to a comment. */
function tokens(line: string): readonly string[] {
  const found: string[] = []
  for (const [word] of line.matchAll(/"(?:[^"\\]|\\.)*"|\S+/g)) {
    // A password may begin with the sign of a comment.
    if (word.startsWith('#') && found.at(-1) !== 'password') break
    found.push(
      word.startsWith('"') && word.endsWith('"') && word.length > 1 ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word,
    )
  }
  return found
}
