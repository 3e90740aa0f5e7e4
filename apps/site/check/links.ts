import { posix } from 'node:path'

/** The pages of a built site by path (`rules/x.html`), and the paths of everything in it. */
export interface Site {
  readonly pages: ReadonlyMap<string, string>
  readonly files: ReadonlySet<string>
  /** What every path of the site begins with; ends with a slash. */
  readonly base: string
  /** Whether the repository has a file or directory; without it, links to the repository are not looked at. */
  readonly inRepository?: (path: string) => boolean
}

const REPOSITORY = /^https:\/\/github\.com\/distaudit\/distaudit\/(?:blob|tree)\/main\/([^#?]*)/

/** Links and images of the site that lead nowhere, as "page: link: why". */
export function deadLinks({ pages, files, base, inRepository = () => true }: Site): string[] {
  const anchors = new Map([...pages].map(([path, html]) => [path, attributes(html, 'id')]))
  const problems: string[] = []
  for (const [page, html] of pages)
    for (const link of new Set([...attributes(html, 'href'), ...attributes(html, 'src')])) {
      const why = problemOf(link, page)
      if (why !== undefined) problems.push(`${page}: ${link}: ${why}`)
    }
  return problems

  function problemOf(link: string, page: string): string | undefined {
    const [, inside] = REPOSITORY.exec(link) ?? []
    if (inside !== undefined) return inRepository(decodeURIComponent(inside)) ? undefined : 'no such file'
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) return
    const [, path = '', anchor] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(link) ?? []
    if (path.startsWith('/') && !path.startsWith(base)) return `it is outside of ${base}`
    const inSite = path.startsWith('/') ? path.slice(base.length) : posix.join(posix.dirname(page), path)
    const target = path === '' ? page : fileOf(decodeURIComponent(inSite))
    if (target === undefined) return 'no such page'
    if (anchor && !anchors.get(target)?.has(decodeURIComponent(anchor))) return 'no such anchor'
    return
  }

  function fileOf(path: string): string | undefined {
    const near = path.replace(/^\.?\/?/, '')
    const asked = near === '' || near.endsWith('/') ? [`${near}index.html`] : [near, `${near}.html`]
    return asked.find(name => files.has(name))
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
}

/** The values of one attribute in the tags of a page. */
function attributes(html: string, name: string): Set<string> {
  const found = new Set<string>()
  for (const [tag] of html.matchAll(/<[a-z][^<>]*>/gi))
    for (const [, key, value = ''] of tag.matchAll(/\s([a-z-]+)="([^"]*)"/gi))
      if (key === name) found.add(value.replace(/&(?:amp|quot|#39|lt|gt);/g, entity => ENTITIES[entity] ?? entity))
  return found
}
