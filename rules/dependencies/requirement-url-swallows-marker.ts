import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { dependencies } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'requirement-url-swallows-marker',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Dependency specifiers, "Grammar"',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'The marker of a direct reference is read as part of its URL.',
  why: 'Without a space before `;` the URL continues, so the marker has no effect and the URL is wrong.',
  breaks: 'uv rejects the metadata, and pip requests a URL that does not exist.',
  fix: 'Put a space before the `;`.',
  bad: {
    wheel: { metadata: { 'Requires-Dist': 'attrs @ https://ann-author.dev/attrs-25.1.0.zip;python_version<"4"' } },
    alsoGives: ['requirement-url'],
  },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; python_version < "4"' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata)) {
      const { url } = requirement
      const tail =
        url === undefined ? -1 : url.search(/;(?:\(|python_|os_name|sys_platform|platform_|implementation_|extra)/)
      if (url !== undefined && tail >= 0)
        yield finding(
          within(field, url.slice(tail), field.value.indexOf('@')),
          `${quote(url.slice(tail + 1))} is read as part of the URL, because there is no space before ';'.`,
        )
    }
  },
})
