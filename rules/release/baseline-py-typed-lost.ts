import type { Release } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { setting } from '../shared/advice.js'
import { belowTop } from './_sources.js'

export default rule({
  id: 'baseline-py-typed-lost',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 561, "Packaging Type Information"',
  url: 'https://typing.python.org/en/latest/spec/distributing.html#packaging-typed-libraries',
  summary: 'A package no longer contains the py.typed file of the previous release.',
  why: 'From this release on, type checkers ignore the annotations of the package.',
  fix: project => `Include py.typed again (${setting(project, 'packageData')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'member',
  bad: {
    baseline: [{ wheel: { version: '0.9', files: { 'demo/py.typed': '' } } }],
    release: [{ wheel: {} }],
  },
  good: {
    baseline: [{ wheel: { version: '0.9', files: { 'demo/py.typed': '', 'demo/old/py.typed': '' } } }],
    release: [{ wheel: { files: { 'demo/py.typed': '' } } }],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    const kind = release.wheels.length > 0 && baseline.wheels.length > 0 ? 'wheels' : 'sdists'
    const [before, now] = [typed(baseline, kind), typed(release, kind)]
    for (const [folder, old] of before.marked) {
      const file = now.packages.get(folder)
      if (now.marked.has(folder) || file === undefined) continue
      yield finding(
        { field: 'files', value: `${folder}/py.typed` },
        `The package ${quote(folder.replaceAll('/', '.'))} no longer contains py.typed; in version ${baseline.version} it did.`,
        {
          path: file,
          subject: folder,
          related: [{ path: old.path, member: old.member, message: `py.typed in version ${baseline.version}` }],
        },
      )
    }
  },
})

/** Folders with py.typed, and folders with modules and the file that has them. */
function typed({ wheels, sdists }: Release, kind: 'wheels' | 'sdists') {
  const marked = new Map<string, { readonly path: string; readonly member: string }>()
  const packages = new Map<string, string>()
  const files =
    kind === 'wheels'
      ? wheels.flatMap(wheel => installed(wheel).map(({ path, member }) => ({ path, member, file: wheel })))
      : sdists.flatMap(sdist =>
          sdist.members.files.map(member => ({
            path: belowTop(member.path).replace(/^src\//, ''),
            member,
            file: sdist,
          })),
        )
  for (const { path, member, file } of files) {
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, slash)
    if (slash < 0) continue
    if (path.endsWith('/py.typed')) marked.set(folder, { path: file.path, member: member.path })
    if (/\.(?:py|so|pyd)$/.test(path) && !packages.has(folder)) packages.set(folder, file.path)
  }
  return { marked, packages }
}
