import { fileURLToPath } from 'node:url'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { escapeInterpolation, nameFiles, rewriteLinks } from '../docs-links.ts'
import { ruleTopics } from '../rule-topics.ts'
import { githubSlug } from '../slug.ts'

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url))
const base = process.env.DISTAUDIT_SITE_BASE ?? '/'

const GUIDE: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guide',
    items: [
      { text: 'Getting started', link: '/' },
      { text: 'The command', link: '/cli' },
      { text: 'Configuration', link: '/configuration' },
      { text: 'A whole release', link: '/releases' },
      { text: 'As a library', link: '/library' },
      { text: 'Compared with other tools', link: '/comparison' },
      { text: 'Rules', link: '/rules/' },
    ],
  },
  {
    text: 'Where it runs',
    collapsed: false,
    items: [
      { text: 'All integrations', link: '/integrations/' },
      { text: 'GitHub Actions', link: '/integrations/github' },
      { text: 'GitLab', link: '/integrations/gitlab' },
      { text: 'Azure Pipelines', link: '/integrations/azure' },
      { text: 'pre-commit', link: '/integrations/pre-commit' },
      { text: 'cibuildwheel', link: '/integrations/cibuildwheel' },
      { text: 'tox', link: '/integrations/tox' },
      { text: 'nox', link: '/integrations/nox' },
      { text: 'hatch', link: '/integrations/hatch' },
      { text: 'uv', link: '/integrations/uv' },
      { text: 'twine', link: '/integrations/twine' },
      { text: 'conda', link: '/integrations/conda' },
      { text: 'Python', link: '/integrations/python' },
    ],
  },
  {
    text: 'How far to trust it',
    collapsed: false,
    items: [
      { text: 'Census of PyPI files', link: '/census' },
      { text: 'Agreement with other tools', link: '/conformance' },
      { text: 'Agreement on binaries', link: '/conformance-native' },
      { text: 'The corpus run', link: '/corpus' },
      { text: 'Findings judged by hand', link: '/judged' },
      { text: 'Hostile files', link: '/security' },
      { text: 'Limits', link: '/limits' },
      { text: 'Out of reach', link: '/out-of-reach' },
      { text: 'Speed', link: '/speed' },
      { text: 'License texts', link: '/license-texts' },
    ],
  },
]

export default defineConfig({
  title: 'distaudit',
  description: 'Audits Python wheels and sdists before they are uploaded.',
  lang: 'en-US',
  base,
  srcDir: docs,
  rewrites: {
    'README.md': 'index.md',
    'rules/README.md': 'rules/index.md',
    'integrations/README.md': 'integrations/index.md',
  },
  // One file with the data of the site and one with the hashes of its pages, instead of both in each page.
  metaChunk: true,
  // check/links.ts looks at the built pages, anchors too.
  ignoreDeadLinks: true,
  // The pages are outside of this package, where its dependencies would not be found.
  vite: {
    plugins: [
      {
        name: 'vue-for-pages',
        enforce: 'pre',
        resolveId(id) {
          return /^vue(?:\/server-renderer)?$/.test(id) ? this.resolve(id, fileURLToPath(import.meta.url)) : undefined
        },
      },
    ],
  },
  markdown: {
    anchor: { slugify: githubSlug },
    config(md) {
      rewriteLinks(md, docs)
      escapeInterpolation(md)
      nameFiles(md)
    },
  },
  transformPageData(page) {
    // The page of a rule begins with its summary in bold.
    const topics = ruleTopics(docs)
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
    ruleTopics: ruleTopics(docs).map(({ topic, rules }) => ({ topic, rules: rules.map(({ id }) => id) })),
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
