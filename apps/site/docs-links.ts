import { posix } from 'node:path'
import type MarkdownIt from 'markdown-it'

const REPOSITORY = 'https://github.com/distaudit/distaudit/blob/main/'

/** Where VitePress says which page it renders. */
interface Env {
  readonly relativePath?: string
}

/**
 * The address on the site of what a page in docs/ links to: pages stay pages, README.md is the index of its folder, and what is
 * outside of docs/ is on GitHub. `page` is relative to docs/.
 */
export function siteLink(href: string, page: string): string {
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/)/i.test(href)) return href
  const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/.exec(href) ?? []
  const target = posix.join('docs', posix.dirname(page), path)
  if (!target.startsWith('docs/')) return `${REPOSITORY}${target}${anchor}`
  const inDocs = target.slice('docs/'.length)
  if (inDocs === '' || inDocs.endsWith('/')) return `/${inDocs}${anchor}`
  if (!inDocs.endsWith('.md')) return `${REPOSITORY}${target}${anchor}`
  return `/${inDocs.replace(/(?:^|(?<=\/))README\.md$/, '').replace(/\.md$/, '')}${anchor}`
}

/** Links of the sources work on GitHub; here they become those of the site. Images stay next to their page. */
export function rewriteLinks(md: MarkdownIt): void {
  md.core.ruler.push('site-links', state => {
    const { relativePath = '' } = state.env as Env
    for (const { children } of state.tokens)
      for (const token of children ?? [])
        if (token.type === 'link_open') token.attrSet('href', siteLink(token.attrGet('href') ?? '', relativePath))
  })
}

/** `{{` in a text is not Vue's. */
export function escapeInterpolation(md: MarkdownIt): void {
  md.renderer.rules.text = (tokens, index) =>
    md.utils.escapeHtml(tokens[index]?.content ?? '').replaceAll('{{', '&#123;&#123;')
}

/** A block that is a file has its name above it. */
export function nameFiles(md: MarkdownIt): void {
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const html = fence?.(tokens, index, options, env, self) ?? ''
    const [, name] = (tokens[index]?.info ?? '').split(' ')
    if (name === undefined || !name.includes('.')) return html
    return `<p class="file-name"><code v-pre>${md.utils.escapeHtml(name)}</code></p>\n${html}`
  }
}

/** The beginnings and ends of a table's headers that say nothing. */
export const emptyHeaders = <T extends { readonly type: string; readonly content?: string }>(
  tokens: readonly T[],
): T[] =>
  tokens.flatMap((token, index) =>
    token.type === 'th_open' && tokens[index + 1]?.content === ''
      ? [token, tokens[index + 2]].filter(one => one !== undefined)
      : [],
  )

/** Those become plain cells. */
export function plainEmptyHeaders(md: MarkdownIt): void {
  md.core.ruler.push('empty-headers', state => {
    for (const token of emptyHeaders(state.tokens)) token.tag = 'td'
  })
}
