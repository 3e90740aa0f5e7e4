import { type Conflict, conflicts } from '../../src/contract/conflicts.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { quote, rule } from '../../src/rule.js'
import { list, plural } from '../../src/wording.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'requirements-conflict',
  topic: 'release',
  severity: 'error',
  applies: ['release'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Dependency specifiers specification; version specifiers specification',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'Several requirements on the same project contradict each other.',
  why: 'No installer can install the file: every version of the project violates one of the requirements.',
  fix: 'Change one of the requirements, or add markers that exclude each other.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': ['attrs>=2', 'attrs<1'] } } },
    { wheel: { metadata: { 'Requires-Dist': ['attrs>=2', 'attrs<1; sys_platform == "win32"'] } } },
  ],
  good: [
    { wheel: { metadata: { 'Requires-Dist': ['attrs>=2; sys_platform != "win32"', 'attrs<1; os_name == "nt"'] } } },
    { wheel: { metadata: { 'Requires-Dist': ['attrs>=1', 'attrs<2'] } } },
  ],
  ofLoneWheel: true,
  *check({ sdists, wheels }) {
    const groups = new Map<string, { readonly file: Sdist | Wheel; readonly conflict: Conflict; count: number }>()
    for (const file of [...sdists, ...wheels])
      for (const conflict of conflicts(file.metadata)) {
        const id = [conflict.extra, ...conflict.requirements.map(({ requirement }) => requirement.toString())].join(
          '\0',
        )
        const group = groups.get(id)
        if (group) group.count++
        else groups.set(id, { file, conflict, count: 1 })
      }
    for (const { file, conflict, count } of groups.values()) yield draft(file, conflict, count)
  },
})

function draft(file: Sdist | Wheel, { name, extra, requirements }: Conflict, count: number): Draft {
  const [first, ...others] = requirements
  const shown = list(requirements.map(({ field }) => `${quote(field.value)} (line ${field.line})`))
  const where = file.kind === 'sdist' ? `PKG-INFO of ${file.filename}` : file.filename
  const when = extra === '' ? '' : ` with the extra ${extra}`
  const more =
    count === 1
      ? ''
      : ` ${plural(count - 1, 'more file')} of the release ${count === 2 ? 'has' : 'have'} the same conflict.`
  return {
    path: file.path,
    at: first?.field,
    message: `${where} requires ${shown}${when}; no version of ${name} satisfies all of them.${more}`,
    related: others.map(({ field }) => ({
      ...field,
      path: file.path,
      message: `conflicting requirement ${quote(field.value)}`,
    })),
    subject: `${name} ${extra}`.trim(),
  }
}
