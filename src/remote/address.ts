import { kindByName } from '../distribution/kind.js'
import { isAddress } from '../source/source.js'

/** An address as it may be shown: without what may be secret. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`
}

/** The same of a text that may be an address. */
export const shownPath = (path: string): string =>
  isAddress(path) && URL.canParse(path) ? shownUrl(new URL(path)) : path

/** What `distaudit index` takes for the page of a project that people copy from a browser or a configuration. */
export function projectOfPage({ hostname, pathname }: URL): string | undefined {
  const [, kind, name = '', version] =
    /\/(simple|project|pypi)\/([A-Za-z0-9][\w.-]*)(?:\/([\w.!+-]+))?(?:\/json)?\/?$/.exec(pathname) ?? []
  const isPyPI = hostname === 'pypi.org' || hostname === 'test.pypi.org'
  if ((kind !== 'simple' && !isPyPI) || [name, version ?? ''].some(part => kindByName(part) !== 'unknown'))
    return undefined
  const release = version === undefined || version === 'json' ? name : `${name}==${version}`
  const from =
    hostname === 'pypi.org'
      ? ''
      : hostname === 'test.pypi.org'
        ? '--index-url https://test.pypi.org/simple/ '
        : '--index-url URL '
  return kind === 'simple' && version !== undefined ? undefined : `${from}${release}`
}
