import { fileURLToPath } from 'node:url'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { escapeInterpolation, nameFiles, plainEmptyHeaders, rewriteLinks } from '../docs-links.ts'
import { GUIDE } from '../guide.ts'
import { ruleTopics } from '../rule-topics.ts'
import { searchDialog } from '../search-dialog.ts'
import { githubSlug } from '../slug.ts'

// build.ts fills it from docs/: a page outside of this package would not find the package's dependencies.
const content = fileURLToPath(new URL('../.content/', import.meta.url))
const base = process.env.DISTAUDIT_SITE_BASE ?? '/'

export default defineConfig({
  title: 'distaudit',
  description: 'Audits Python wheels and sdists before they are uploaded.',
  lang: 'en-US',
  base,
  srcDir: content,
  rewrites: {
    'README.md': 'index.md',
    'rules/README.md': 'rules/index.md',
    'integrations/README.md': 'integrations/index.md',
  },
  // One file with the data of the site and one with the hashes of its pages, instead of both in each page.
  metaChunk: true,
  // check/links.ts looks at the built pages, anchors too.
  ignoreDeadLinks: true,
  markdown: {
    // The plain ones have too little contrast on the theme's gray.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: githubSlug },
    config(md) {
      rewriteLinks(md)
      escapeInterpolation(md)
      nameFiles(md)
      plainEmptyHeaders(md)
    },
  },
  vite: { plugins: [searchDialog] },
  transformPageData(page) {
    // It has no outline to show there, and should fit one screen.
    if (page.relativePath === 'index.md') page.frontmatter.aside = false
    // The page of a rule begins with its summary in bold.
    const topics = ruleTopics(content)
    const summary = topics
      .flatMap(({ rules }) => rules)
      .find(({ id }) => page.relativePath === `rules/${id}.md`)?.summary
    if (summary !== undefined) page.description = summary
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/' },
      { text: 'Rules', link: '/rules/', activeMatch: '/rules/' },
      { text: 'Census', link: '/census' },
    ],
    sidebar: { '/': GUIDE },
    ruleTopics: ruleTopics(content).map(({ topic, rules }) => ({ topic, rules: rules.map(({ id }) => id) })),
    socialLinks: [{ icon: 'github', link: 'https://github.com/distaudit/distaudit', ariaLabel: 'distaudit on GitHub' }],
    outline: [2, 3],
    externalLinkIcon: true,
    editLink: { pattern: 'https://github.com/distaudit/distaudit/blob/main/docs/:path', text: 'This page on GitHub' },
    search: {
      provider: 'local',
      options: {
        // The examples of a rule would be two thirds of the index, and answer nothing that its texts do not.
        _render(src, env, md) {
          const isRule = /^rules\/(?!README)/.test(env.relativePath)
          return md.render(isRule ? src.replace(/^\*\*Bad\*\*$[\s\S]*?(?=^- Severity:)/m, '') : src, env)
        },
        miniSearch: { searchOptions: { boost: { title: 4, text: 1, titles: 1 } } },
      },
    },
  } as DefaultTheme.Config,
})
