import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { KEYWORDS } from '../../src/standards/import-name.js'
import { isIdentifier } from '../../src/text/python.js'
import { importNames } from '../../src/views/import-names.js'
import { installed } from '../../src/views/install-tree.js'
import { coreMetadata } from '../shared/specifications.js'

const MODULE = /^([^.]+)(?:\.[^/]*)?\.(?:py|pyc|so|pyd)$|^([^.]+)\.py$/

/** Users import it: an identifier without `_` at its start, and none that mypyc made. */
const isPublic = (name: string) =>
  isIdentifier(name) && !name.startsWith('_') && !name.endsWith('__mypyc') && !KEYWORDS.has(name)

/** Public modules and packages below a package path (`''`: site-packages), and a member of each. */
function children(wheel: Wheel, parent: string): ReadonlyMap<string, string> {
  const above = parent === '' ? [] : parent.split('.')
  const found = new Map<string, string>()
  for (const { parts, member } of installed(wheel)) {
    const rest = parts.slice(above.length)
    if (rest.length === 0 || above.some((part, i) => parts[i] !== part)) continue
    const module = MODULE.exec(rest.at(-1) ?? '')
    if (!module) continue
    const name = rest.length > 1 ? (rest[0] ?? '') : (module[1] ?? module[2] ?? '')
    if (isPublic(name) && !found.has(name)) found.set(name, member.path)
  }
  return found
}

export default rule({
  id: 'import-name-undeclared',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'The wheel provides a public name that the metadata do not declare.',
  why: 'Where import names are declared, tools take the list for complete: they do not find the project of this name.',
  fix: project =>
    `Add the name to ${project.key('Import-Name')} (with \`; private\` when it is not for users), or leave it out of the wheel.`,
  byHand: 'A person has to say which of the two is meant.',
  bad: [
    { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' }, files: { 'extra.py': 'x = 1\n' } } },
    {
      wheel: {
        metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'space.one'], 'Import-Namespace': 'space' },
        files: { 'space/one/__init__.py': '', 'space/two/__init__.py': '' },
      },
    },
  ],
  good: [
    {
      wheel: {
        metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'extra; private'] },
        files: { 'extra.py': 'x = 1\n', '_demo.py': 'x = 1\n' },
      },
    },
    { wheel: { files: { 'extra.py': 'x = 1\n' } } },
    {
      wheel: {
        metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo', 'Import-Namespace': 'demo.plugins' },
        files: { 'demo/plugins/first.py': 'x = 1\n' },
      },
    },
  ],
  *check(wheel) {
    const { metadata } = wheel
    if (!metadata) return
    const names = importNames(metadata, 'Import-Name')
    const spaces = importNames(metadata, 'Import-Namespace')
    const [field] = [...names, ...spaces].map(named => named.field)
    if (!field) return
    // What lies below a declared name is declared with it, namespaces too.
    const shared = spaces
      .map(({ name }) => name)
      .filter(space => !names.some(({ name }) => space.startsWith(`${name}.`)))
    const declared = new Set<string>()
    for (const { name } of [...names, ...spaces])
      for (let dot = name.length; dot > 0; dot = name.lastIndexOf('.', dot - 1)) declared.add(name.slice(0, dot))
    // A namespace is shared, so what this project has in it is declared name by name.
    for (const parent of ['', ...shared.slice(0, 100)])
      for (const [child, member] of children(wheel, parent)) {
        const name = parent === '' ? child : `${parent}.${child}`
        if (!declared.has(name))
          yield finding(
            field,
            `${quote(name)} (${member}) can be imported, and neither Import-Name nor Import-Namespace declares it.`,
            {
              subject: name,
            },
          )
      }
  },
})
