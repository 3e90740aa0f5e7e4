/** An address as it may be shown: without what may be secret. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`
}

/** The same of a text that may be an address. */
export const shownPath = (path: string): string =>
  /^https?:\/\//i.test(path) && URL.canParse(path) ? shownUrl(new URL(path)) : path
