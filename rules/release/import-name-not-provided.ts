import type { Wheel } from '../../src/distribution/distribution.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importNames } from '../../src/views/import-names.js'
import { installed } from '../../src/views/install-tree.js'
import { thousands } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

const FIELDS = ['Import-Name', 'Import-Namespace']

const MODULE = /^([^.]+)\.(?:py|pyc|(?:[^/]*\.)?(?:so|pyd))$/

/** Every dotted name that the wheel provides: modules, packages and the folders above them. */
function provided(wheel: Wheel): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { parts } of installed(wheel)) {
    let name = ''
    for (const [i, part] of parts.entries()) {
      const last = i === parts.length - 1
      const own = last ? MODULE.exec(part)?.[1] : part
      if (own === undefined) break
      name = name === '' ? own : `${name}.${own}`
      names.add(name)
      if (i === 20) break
    }
  }
  return names
}

export default rule({
  id: 'import-name-not-provided',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'Import-Name or Import-Namespace declares a name that no wheel of the release provides.',
  why: 'Tools that look up which project provides a module refer users to a project that does not contain it.',
  fix: 'Correct `import-names` and `import-namespaces` in `[project]`, or include the module in the build.',
  byHand: 'Only a person knows whether the name or the build is wrong.',
  absence: 'member',
  bad: [
    { release: [{ wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'other'] } } }] },
    {
      release: [
        {
          wheel: {
            filename: 'demo-1.0-py3-none-win_amd64.whl',
            metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'demo.fast'] },
            files: { 'demo/fast.py': 'x = 1\n' },
          },
        },
        {
          wheel: {
            filename: 'demo-1.0-py3-none-win32.whl',
            metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'demo.fast'] },
          },
        },
      ],
    },
  ],
  good: { release: [{ wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' } } }] },
  ofLoneWheel: true,
  *check({ wheels }) {
    const declared = wheels.flatMap(({ path, metadata }) =>
      metadata ? FIELDS.flatMap(key => importNames(metadata, key).map(named => ({ ...named, path }))) : [],
    )
    if (declared.length === 0) return
    const trees = wheels.map(wheel => ({ wheel, names: provided(wheel) }))
    const told = new Set<string>()
    for (const { name, field, path } of declared) {
      if (told.has(name)) continue
      told.add(name)
      const lacking = trees.filter(({ names }) => !names.has(name)).map(({ wheel }) => wheel)
      const [first] = lacking
      if (lacking.length === wheels.length)
        yield finding(
          within(field, name),
          `${field.field} declares ${quote(name)}, but ${wheels.length === 1 ? 'the wheel does not provide it' : `none of the ${thousands(wheels.length)} wheels provides it`}.`,
          { path },
        )
      else if (first)
        yield finding(
          within(field, name),
          `${field.field} declares ${quote(name)}, but ${thousands(lacking.length)} of the ${thousands(wheels.length)} wheels ${lacking.length === 1 ? 'does' : 'do'} not provide it: ${first.filename}${lacking.length > 1 ? ' and others' : ''}.`,
          { path, severity: 'info' },
        )
    }
  },
})
