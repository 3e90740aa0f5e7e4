import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { normalizeLabel } from '../../src/standards/url-label.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { labelled } from '../../src/views/urls.js'
import { coreMetadata } from '../shared/specifications.js'

const bare = (url: string) =>
  url
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase()

export default rule({
  id: 'homepage-disagrees',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Home-page"; PEP 753',
  url: coreMetadata('home-page'),
  summary: 'Home-page and the Project-URL labeled Homepage are different URLs.',
  why: 'Which of the two a tool shows is undefined.',
  fix: project => {
    const home = project.home('Home-page')
    const old = home && home.form !== 'project' ? project.key('Home-page') : 'Home-page'
    return `Keep the entry under ${project.key('Project-URL')}, and remove ${old}.`
  },
  byHand: 'Only a person knows which of the two addresses is right.',
  bad: { wheel: { metadata: { 'Home-page': 'https://demo.dev', 'Project-URL': 'Homepage, https://demo.org' } } },
  good: { wheel: { metadata: { 'Home-page': 'https://demo.dev', 'Project-URL': 'Homepage, https://demo.dev/' } } },
  *check({ metadata }) {
    const field = metadata?.first('Home-page')
    if (!metadata || !isGiven(field)) return
    for (const other of metadata.all('Project-URL')) {
      const { label, url } = labelled(other.value)
      if (normalizeLabel(label) !== 'homepage' || bare(url) === bare(field.value)) continue
      yield finding(
        field,
        `Home-page is ${quote(field.value)}, but the Project-URL labeled ${label} is ${quote(url)}.`,
        {
          related: [{ ...within(other, url, other.value.indexOf(',')), message: `Project-URL ${label}` }],
        },
      )
    }
  },
})
