import { finding, quote, rule } from '../../src/rule.js'
import { uriProblem } from '../../src/standards/uri.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { addresses } from '../../src/views/urls.js'
import { missing } from '../shared/missing.js'
import { replacing } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'url-invalid',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, addresses; core metadata specification, "Project-URL"',
  url: coreMetadata('project-url'),
  summary: 'A project URL is not a valid http or https URL.',
  why: 'PyPI rejects the file.',
  fix: (project, about) =>
    `Write the whole address into ${project.key(about.field ?? 'Project-URL', about.value)}, beginning with \`https://\`.`,
  pypiMessage: "'github.com/ann-author/demo' is not a valid url",
  bad: { wheel: { metadata: { 'Project-URL': 'Source, github.com/ann-author/demo' } } },
  good: { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/ann-author/demo' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const { at, url, field } of addresses(metadata, uploaded)) {
      const problem = uriProblem(url)
      if (problem === undefined) continue
      const better = repaired(url)
      const isSplit =
        url.includes(',') &&
        field.field === 'Project-URL' &&
        /^\s{0,9}https?:\/\//i.test(url.slice(url.indexOf(',') + 1))
      const hint = isSplit
        ? ' A label ends at its first comma.'
        : better === undefined
          ? ''
          : ` Did you mean ${quote(better)}?`
      yield finding(at, `${quote(url)} is not a valid URL: ${problem}.${hint}`, {
        explains: [missing.url(url)],
        remedy: replacing(field.field, field.value, better, false),
        ...(isSplit && { help: 'Write the label without a comma.' }),
      })
    }
  },
})

/** A host without its scheme, and the address that git has over SSH; a file is neither. */
function repaired(url: string): string | undefined {
  const [, host, path] = /^git@([\w.-]+):([\w./-]+)$/.exec(url) ?? []
  if (host !== undefined && path !== undefined) return `https://${host}/${path.replace(/\.git$/, '')}`
  const isFile = /^[^/]*\.(?:md|rst|txt)$/i.test(url)
  return !isFile && /^[\w.-]+\.[a-z]{2,}(?:[/:?#]|$)/i.test(url) ? `https://${url}` : undefined
}
