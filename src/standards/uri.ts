/** Addresses of Home-page, Download-URL and Project-URL. */

export interface UriParts {
  readonly scheme: string | undefined
  readonly authority: string | undefined
  readonly path: string
  readonly query: string | undefined
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/
const PORT =
  /^(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})+@)?(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*:([0-9]{1,5})$/

/** Splits at the delimiters of RFC 3986; nothing is checked. */
export function splitUri(text: string): UriParts {
  const scheme = SCHEME.exec(text)?.[1]
  let rest = scheme === undefined ? text : text.slice(scheme.length + 1)
  let authority: string | undefined
  if (rest.startsWith('//')) {
    const end = rest.slice(2).search(/[\\/?#]/)
    authority = end < 0 ? rest.slice(2) : rest.slice(2, end + 2)
    rest = rest.slice(authority.length + 2)
  }
  const hash = rest.indexOf('#')
  const beforeHash = hash < 0 ? rest : rest.slice(0, hash)
  const mark = beforeHash.indexOf('?')
  return {
    scheme,
    authority,
    path: mark < 0 ? beforeHash : beforeHash.slice(0, mark),
    query: mark < 0 ? undefined : beforeHash.slice(mark + 1),
  }
}

/**
 * Why PyPI refuses an address, or undefined. It uses the Python package rfc3986, normalizing first: odd characters in path
 * and query are percent-encoded before the test, square brackets are not, and an authority that does not parse is dropped.
 */
export function uriProblem(text: string): string | undefined {
  const { scheme, authority, path, query } = splitUri(text)
  if (scheme === undefined) return 'it does not have a scheme'
  const lower = scheme.toLowerCase()
  if (lower !== 'http' && lower !== 'https') return `its scheme is '${lower}', not http or https`
  const port = authority === undefined ? undefined : PORT.exec(authority)?.[1]
  if (port !== undefined && Number(port) > 65_535) return `its port ${port} is above 65535`
  if (/[[\]]/.test(path)) return 'its path contains a square bracket'
  if (query !== undefined && /[[\]]/.test(query)) return 'its query contains a square bracket'
  return undefined
}

/** Why a browser cannot open what PyPI accepts (http or https with a host that reads as one), or undefined. */
export function linkProblem(text: string): string | undefined {
  const { authority } = splitUri(text)
  if (authority === undefined || authority === '') return 'it does not have a host'
  if (/\s/.test(text)) return 'it contains a space'
  try {
    new URL(text)
    return undefined
  } catch {
    return 'its host is not valid'
  }
}
