import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseVersion } from '../../src/standards/version.js'
import { backendOf } from '../../src/views/pyproject.js'
import { isTree } from '../../src/views/tree.js'
import { replacing } from '../shared/remedies.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'version-not-normalized',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Version specifiers, "Normalization"',
  url: `${VERSION_SPECIFIERS}#normalization`,
  summary: 'Version is not in its normalized form.',
  why: 'Tools show and compare the normalized form, and PyPI requires it in the filename of an sdist.',
  fix: (project, { value }) => {
    const normal = value === undefined ? undefined : attempt(parseVersion, value)?.toString()
    return `Set ${project.key('Version')} to ${normal === undefined ? 'the normalized form' : `\`${normal}\``}.`
  },
  bad: [
    { sdist: { filename: 'demo-1.0a1.tar.gz', version: '1.0-alpha.1' } },
    { wheel: { filename: 'demo-1.0a1-py3-none-any.whl', version: '1.0-alpha.1' } },
  ],
  good: { sdist: {} },
  *check(subject) {
    const { metadata, kind } = subject
    const field = metadata?.first('Version')
    const version = field && attempt(parseVersion, field.value)
    if (!field || !version || version.toString() === field.value) return
    yield finding(field, `The version is ${quote(field.value)}; its normalized form is ${quote(version.toString())}.`, {
      ...((kind === 'wheel' || (isTree(subject) && !isKept(subject.pyproject))) && { severity: 'info' }),
      // Who writes `2026-05` seldom means a post-release.
      remedy: replacing('Version', field.value, version.toString(), !/^\d[\d.]*-\d+$/.test(field.value)),
    })
  },
})

/** Other backends normalize it. */
const isKept = (pyproject: Pyproject | undefined) => pyproject !== undefined && backendOf(pyproject) === 'hatchling'
