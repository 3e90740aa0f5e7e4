import type { DefaultTheme } from 'vitepress'

/** The pages beside those of the rules, in the order of reading. */
export const GUIDE: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guide',
    items: [
      { text: 'Getting started', link: '/' },
      { text: 'The command', link: '/cli' },
      { text: 'Configuration', link: '/configuration' },
      { text: 'A whole release', link: '/releases' },
      { text: 'What is inside a file', link: '/show' },
      { text: 'What changed', link: '/diff' },
      { text: 'The report as a page', link: '/html-report' },
      { text: 'As a library', link: '/library' },
      { text: 'Compared with other tools', link: '/comparison' },
      { text: 'Rules', link: '/rules/' },
    ],
  },
  {
    text: 'Where it runs',
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
    items: [
      { text: 'Census of PyPI files', link: '/census' },
      { text: 'Agreement with other tools', link: '/conformance' },
      { text: 'Agreement on binaries', link: '/conformance-native' },
      { text: 'The corpus run', link: '/corpus' },
      { text: 'Findings judged by hand', link: '/judged' },
      { text: 'Hostile files', link: '/security' },
      { text: 'Servers and indexes', link: '/remote' },
      { text: 'Limits', link: '/limits' },
      { text: 'Out of reach', link: '/out-of-reach' },
      { text: 'Speed', link: '/speed' },
      { text: 'License texts', link: '/license-texts' },
    ],
  },
]
