import { type Agent as HttpAgent, request } from 'node:http'
import { type AgentOptions, Agent as HttpsAgent } from 'node:https'
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import { MediumError } from '../source/medium-error.js'
import { basic, decoded } from './basic.js'

/** The proxy that the environment names for an address, as curl and pip read it. @throws MediumError for one of another kind. */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const isHttps = url.protocol === 'https:'
  const text = isHttps ? (env.https_proxy ?? env.HTTPS_PROXY) : env.http_proxy
  const proxy = text || env.all_proxy || env.ALL_PROXY
  if (!proxy || isExcepted(url, env.no_proxy ?? env.NO_PROXY ?? '')) return undefined
  const found = URL.canParse(proxy) && proxy.includes('://') ? new URL(proxy) : new URL(`http://${proxy}`)
  if (found.protocol !== 'http:')
    throw new MediumError(`the proxy of the environment is of a kind that distaudit does not use: ${found.protocol}`)
  return found
}

/** `NO_PROXY`: names and what ends in them, with a port or without; `*` is all. */
function isExcepted({ hostname, port }: URL, list: string): boolean {
  return list
    .split(',')
    .map(one => one.trim().toLowerCase())
    .some(one => {
      const [, name = '', only] = /^(.*?)(?::([0-9]+))?$/.exec(one) ?? []
      const bare = name.replace(/^\*?\./, '')
      if (one === '*') return true
      return (
        bare !== '' && (only === undefined || only === port) && (hostname === bare || hostname.endsWith(`.${bare}`))
      )
    })
}

/** What the proxy is told, where its address has a user name. */
export const proxyAuthorization = ({ username, password }: URL): Record<string, string> =>
  username === '' ? {} : { 'proxy-authorization': basic(decoded(username), decoded(password)) }

/** An agent whose connections go through a tunnel that the proxy makes. */
export function tunnelAgent(proxy: URL, options: AgentOptions, patience: number): HttpAgent {
  const agent = new HttpsAgent(options)
  const open = (
    { host, port }: { host?: string; port?: number | string },
    done: (error: Error | null, socket?: Socket) => void,
  ): undefined => {
    const to = `${host?.includes(':') ? `[${host}]` : host}:${port || 443}`
    const asked = request({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: to,
      headers: { host: to, ...proxyAuthorization(proxy) },
      agent: false,
    })
    asked.setTimeout(patience, () => asked.destroy(new Error('the proxy does not answer')))
    asked.on('error', error => done(error))
    asked.on('connect', ({ statusCode }, socket) => {
      if (statusCode !== 200) {
        socket.destroy()
        return done(new MediumError(`the proxy answers ${statusCode}`))
      }
      socket.setTimeout(0)
      done(null, connect({ socket, servername: host, ca: options.ca }))
    })
    asked.end()
    return undefined
  }
  return Object.assign(agent, { createConnection: open })
}
