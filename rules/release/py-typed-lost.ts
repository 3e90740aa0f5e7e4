import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { setting } from '../shared/advice.js'
import { sourcesOf } from './_sources.js'
import { alike, andOthers } from './_wheels.js'

export default rule({
  id: 'py-typed-lost',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 561, "Packaging Type Information"',
  url: 'https://typing.python.org/en/latest/spec/distributing.html#packaging-typed-libraries',
  summary: 'A wheel is missing a py.typed file that another file of the release contains for the same package.',
  why: 'Type checkers ignore the annotations of the package on that platform, and report errors that do not appear on others.',
  fix: project => `Include py.typed in every wheel (${setting(project, 'packageData')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'member',
  bad: [
    {
      release: [
        { wheel: { filename: 'demo-1.0-py310-none-any.whl', files: { 'demo/py.typed': '' } } },
        { wheel: { filename: 'demo-1.0-py311-none-any.whl' } },
      ],
    },
    { release: [{ sdist: { files: { '{top}/src/demo/py.typed': '' } } }, { wheel: {} }] },
  ],
  good: {
    release: [
      { sdist: { files: { '{top}/src/demo/py.typed': '', '{top}/tests/other/py.typed': '' } } },
      { wheel: { filename: 'demo-1.0-py310-none-any.whl', files: { 'demo/py.typed': '' } } },
      { wheel: { filename: 'demo-1.0-py311-none-any.whl', files: { 'demo/py.typed': '' } } },
    ],
  },
  *check(release) {
    const packages = new Map(release.wheels.map(wheel => [wheel, packagesOf(wheel)]))
    const typed = new Map<string, Wheel>()
    for (const [wheel, { marked }] of packages) for (const path of marked) if (!typed.has(path)) typed.set(path, wheel)
    const sources = sourcesOf(release)
    const lost = (
      wheel: Wheel,
    ): readonly { readonly folder: string; readonly path: string; readonly member: string }[] => {
      const { regular, marked } = packages.get(wheel) ?? packagesOf(wheel)
      return [...regular].flatMap(folder => {
        if (marked.has(folder)) return []
        const other = typed.get(folder)
        if (other) return [{ folder, path: other.path, member: `${folder}/py.typed` }]
        const member = sources?.at(`${folder}/__init__.py`) && sources.at(`${folder}/py.typed`)
        const [sdist] = sources?.sdists ?? []
        return member && sdist ? [{ folder, path: sdist.path, member: member.path }] : []
      })
    }
    for (const { wheels, items } of alike(release.wheels, lost, ({ folder }) => folder)) {
      const [wheel] = wheels
      if (!wheel) continue
      for (const { folder, path, member } of items)
        yield finding(
          { field: 'files', value: `${folder}/py.typed` },
          `The wheel contains the package ${quote(folder.replaceAll('/', '.'))} without py.typed, which another file of the release contains${andOthers(wheels)}.`,
          { path: wheel.path, subject: folder, related: [{ path, member, message: 'contains py.typed' }] },
        )
    }
  },
})

/** Folders with modules, and folders with py.typed. */
function packagesOf(wheel: Wheel) {
  const regular = new Set<string>()
  const marked = new Set<string>()
  for (const { path } of installed(wheel)) {
    const slash = path.lastIndexOf('/')
    const name = path.slice(slash + 1)
    if (slash < 0) continue
    if (/\.(?:py|so|pyd)$/.test(name)) regular.add(path.slice(0, slash))
    if (name === 'py.typed') marked.add(path.slice(0, slash))
  }
  return { regular, marked }
}
