import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Enforcer } from '../../src/finding.js'
import type { Homes } from '../../src/homes.js'
import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type PackagingVersion, PIP_PACKAGING } from '../../src/standards/authorities.js'
import { attempt } from '../../src/standards/error.js'
import { sinceWords, untilWords } from '../../src/standards/packaging-differences.js'
import { olderRefusal, parseRequirement } from '../../src/standards/requirement.js'
import { isClearRequirement, repairRequirement } from '../../src/views/dependencies.js'
import { problemOf, requirementOf } from '../../src/views/parsed.js'
import { variantTests } from '../../src/views/variant-markers.js'
import { replacing } from '../shared/remedies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { uvMends } from './_uv.js'

const adviceOn = (project: Homes, value: string | undefined): string =>
  `Correct it under ${project.key('Requires-Dist', value)}: write a dependency specifier, as in \`attrs>=23,<25; python_version >= "3.9"\`.`

export default rule({
  id: 'requirement-invalid',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Dependency specifiers; core metadata specification, "Requires-Dist"',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'A Requires-Dist field is not a valid requirement.',
  why: 'PyPI and twine reject the file, and installers reject or misread the requirement.',
  fix: (project, { value }) => adviceOn(project, value),
  pypiMessage: "'attrs =>23' is invalid for 'requires-dist'",
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'attrs =>23' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs >=23<25' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs ===' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs>=23; python_verson < "3.12"' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs ===23.1, <25' } } },
  ],
  good: [
    { wheel: { metadata: { 'Requires-Dist': 'attrs>=23' } } },
    {
      tree: {
        pyproject: null,
        files: {
          'setup.cfg':
            '[metadata]\nname = demo\nversion = 1.0\n\n[options]\ninstall_requires =\n    attrs>=23 # for slots\n\n[options.extras_require]\nfast =\n    rich>=13  # for colors\n',
          'setup.py': 'from setuptools import setup\n\nsetup(extras_require={"slow": ["click>=8 # for commands"]})\n',
        },
      },
    },
  ],
  *check(subject) {
    const { metadata } = subject
    // Tools that read variant wheels know the variant markers (PEP 825), which have their own rules.
    const isVariant = subject.kind === 'wheel' && subject.name?.variant !== undefined
    // Suggestions take time; nobody reads more of them.
    let suggestions = 20
    for (const field of metadata?.all('Requires-Dist') ?? []) {
      const isRead = requirementOf(field) !== undefined
      const older = isRead ? olderRefusal(field.value) : undefined
      if ((isRead && !older) || (isVariant && variantTests(field))) continue
      if (isDividedMarker(field)) {
        yield finding(
          field,
          `The marker ${quote(field.value)} is not a valid requirement: setuptools divides the line of the key at each semicolon.`,
          {
            enforcedBy: [],
            breaks: 'setuptools stops with an error, so nobody can build the project.',
            help: 'Write the requirement with its marker on a line of its own below the key.',
          },
        )
        continue
      }
      const problem = older ?? problemOf(parseRequirement, field.value)
      const several = requirementsIn(field)
      const better = several || suggestions-- <= 0 ? undefined : repairRequirement(field.value)
      const hint = better === undefined ? '' : ` Did you mean ${quote(better)}?`
      yield finding(
        problem ? atProblem(field, field.value, problem) : field,
        `${quote(field.value)} is not a valid requirement: ${problem?.message ?? 'it cannot be read'}${older ? untilWords() : sinceWords(problem?.since)}.${hint}`,
        {
          ...(several && { help: `Write each of the ${several} requirements on a line of its own below the key.` }),
          ...(field.extra !== undefined && { help: project => adviceOn(project, `x; extra == "${field.extra}"`) }),
          remedy: replacing('Requires-Dist', field.value, better, isClearRequirement(field.value)),
          enforcedBy: refusing(subject.kind === 'wheel', field.value, older !== undefined, problem?.since),
        },
      )
    }
  },
})

/** How many requirements are in one line of setup.cfg, where only a semicolon divides them; undefined for one. */
function requirementsIn({ member, value }: MetadataField): number | undefined {
  const parts = value.split(/,\s*(?=[A-Za-z])/)
  const areAll = parts.every(part => attempt(parseRequirement, part) !== undefined)
  return /(?:^|\/)setup\.cfg$/.test(member) && parts.length > 1 && areAll ? parts.length : undefined
}

/** setuptools divides the line of a key of setup.cfg at semicolons, so that a marker there is an item of its own. */
const isDividedMarker = ({ member, value }: MetadataField): boolean =>
  /(?:^|\/)setup\.cfg$/.test(member) && /^(?:python_|os_name|sys_platform|platform_|implementation_)/.test(value)

/** pip reads only the metadata of wheels: it generates that of an sdist anew. */
function refusing(
  isWheel: boolean,
  text: string,
  onlyOlder: boolean,
  since: PackagingVersion | undefined,
): readonly Enforcer[] {
  const pip: readonly Enforcer[] = isWheel && (since === undefined || since <= PIP_PACKAGING) ? ['pip'] : []
  if (onlyOlder) return ['pypi', ...pip]
  const uv: readonly Enforcer[] = uvMends(text, mended => attempt(parseRequirement, mended) !== undefined) ? [] : ['uv']
  return ['twine', 'packaging', ...(since === undefined ? (['pypi'] as const) : []), ...pip, ...uv]
}
