import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseVersion } from '../../src/standards/version.js'
import { clausePlace, dependencies, isOptional } from '../../src/views/dependencies.js'
import { plural } from '../../src/wording.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'requirement-exact-pin',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Version specifiers, "Version matching"',
  url: `${VERSION_SPECIFIERS}#version-matching`,
  summary: 'Dependencies are pinned to exact versions.',
  why: 'The project cannot be installed together with one that needs a different version, and its users do not get security fixes.',
  fix: 'Require the lowest version that works, and keep exact versions in a lock file.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'attrs==25.1.0' } } },
    { wheel: { metadata: { 'Requires-Dist': ['attrs==25.1.0', 'numpy==2.3.1', 'rich==14.0.0'] } } },
  ],
  good: { wheel: { metadata: { 'Requires-Dist': ['attrs==25.*', 'demo-core==1.0'] } } },
  misses: ['Version'],
  *check(subject) {
    const { metadata, project } = subject
    const own = attempt(parseVersion, metadata?.value('Version') ?? '')
    const needed = dependencies(metadata).filter(({ requirement }) => !isOptional(requirement))
    const pinned = needed.flatMap(({ field, requirement, name }) => {
      const clause = requirement.specifier.clauses.find(({ operator, wildcard }) => operator === '==' && !wildcard)
      if (!clause) return []
      // Parts of one product are released together.
      const sibling = name.split('-')[0] === project?.split('-')[0]
      return sibling && own && clause.contains(own) ? [] : [{ field, clause }]
    })
    const [first] = pinned
    if (!first) return
    const most = pinned.length > 2 && pinned.length * 2 > needed.length
    const library =
      subject.kind === 'wheel' && !subject.entryPoints?.groups.some(({ name }) => name.endsWith('_scripts'))
    const text =
      pinned.length === 1
        ? `The requirement ${quote(first.field.value)} allows only one version.`
        : `${pinned.length} of ${plural(needed.length, 'requirement')} allow only one version; the first is ${quote(first.field.value)}.`
    yield finding(clausePlace(first.field, first.clause), text, {
      severity: most && library ? 'warning' : 'info',
      subject: 'pins',
    })
  },
})
