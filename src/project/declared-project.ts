import type { MetadataField } from '../distribution/metadata.js'
import { isTable, type Pyproject, type TomlValue } from '../distribution/pyproject.js'
import type { Place } from '../finding.js'
import { contentTypeProblem } from '../standards/content-type.js'
import { emailProblem } from '../standards/email-address.js'
import { attempt } from '../standards/error.js'
import { globBudget, globMatcher, globProblem } from '../standards/globs.js'
import { parseLicenseExpression } from '../standards/license-expression.js'
import { canonicalName, isName } from '../standards/name.js'
import { isObjectReference } from '../standards/object-reference.js'
import { parseRequirement } from '../standards/requirement.js'
import { parseSpecifiers } from '../standards/specifier.js'
import { parseVersion } from '../standards/version.js'
import { addUrls, collect, contentTypeOf, type Declared, fieldAt, mailbox } from './declared.js'
import { itemsAt, type Key, keysAt, textAt } from './document.js'

/** Fields that take their value from one string, and what the rules of `[project]` refuse: no build makes a field of it. */
const PLAIN: readonly (readonly [field: string, key: string, isRefused?: (value: string) => boolean])[] = [
  ['Name', 'name', value => !isName(value)],
  ['Version', 'version', value => !attempt(parseVersion, value)],
  ['Summary', 'description', value => /[\r\n]/.test(value)],
  ['Requires-Python', 'requires-python', value => !attempt(parseSpecifiers, value)],
]
const LISTS: readonly (readonly [field: string, key: string])[] = [
  ['Classifier', 'classifiers'],
  ['Import-Name', 'import-names'],
  ['Import-Namespace', 'import-namespaces'],
]

/** `[project]`, as PEP 621 maps it to core metadata. */
export function declaredByProject(document: Pyproject): Declared {
  const found = collect(document.member)
  const add = (field: string, value: string, ...path: Key) =>
    found.add(field, value, document.place(...path), document.keyPlace(...path))

  for (const [field, key, isRefused] of PLAIN) {
    const value = textAt(document, 'project', key)
    if (value !== undefined && !isRefused?.(value)) add(field, value, 'project', key)
  }
  // pdm-backend alone copies another spelling, and the rules of `[project]` tell of it.
  const license = textAt(document, 'project', 'license')
  const expression = license === undefined ? undefined : attempt(parseLicenseExpression, license)
  if (license !== undefined && expression)
    found.add(
      'License-Expression',
      isPdm(document) ? license : String(expression),
      { mark: license, ...document.place('project', 'license') },
      document.keyPlace('project', 'license'),
    )
  const licenseText = textAt(document, 'project', 'license', 'text')
  if (licenseText !== undefined) add('License', licenseText, 'project', 'license', 'text')
  for (const [field, key] of LISTS)
    for (const [i, item] of strings(itemsAt(document, 'project', key))) add(field, item, 'project', key, i)
  const keywords = strings(itemsAt(document, 'project', 'keywords')).map(([, text]) => text)
  found.keywords(keywords, document.keyPlace('project', 'keywords'))
  for (const [field, key] of [
    ['Author', 'authors'],
    ['Maintainer', 'maintainers'],
  ] as const) {
    const people = itemsAt(document, 'project', key).map(item => ({
      name: own(item, 'name'),
      email: own(item, 'email'),
    }))
    const names = people.flatMap(({ name, email }) => (name !== undefined && email === undefined ? [name] : []))
    const emails = people.flatMap(({ name, email }) =>
      email === undefined || emailProblem(email) !== undefined
        ? []
        : [name === undefined ? email : mailbox(name, email)],
    )
    // Without a mark, so that a part of the value can be told, and found in the list.
    const { mark: _, ...at } = document.keyPlace('project', key)
    if (names.length > 0) found.add(field, names.join(', '), at, document.keyPlace('project', key))
    if (emails.length > 0) found.add(`${field}-email`, emails.join(', '), at, document.keyPlace('project', key))
  }
  addUrls(found, document, ['project', 'urls'])
  // What is not a requirement is told by the rules of `[project]`.
  for (const [i, item] of strings(itemsAt(document, 'project', 'dependencies')))
    if (attempt(parseRequirement, item)) add('Requires-Dist', item, 'project', 'dependencies', i)
  const extras = new Set<string>()
  for (const extra of keysAt(document, 'project', 'optional-dependencies')) {
    // An extra that is not valid, or there twice, has its own rules.
    if (!isName(extra) || extras.has(canonicalName(extra))) continue
    extras.add(canonicalName(extra))
    const path: Key = ['project', 'optional-dependencies', extra]
    const written = document.get(...path)
    const items = strings(itemsAt(document, ...path)).filter(([, item]) => attempt(parseRequirement, item))
    found.extra(
      canonicalName(extra),
      document.keyPlace(...path),
      items.map(([i, item]) => [item, document.place(...path, i)]),
      !Array.isArray(written) || items.length < written.length,
    )
  }
  const groups: readonly (readonly [string, Key])[] = [
    ['console_scripts', ['project', 'scripts']],
    ['gui_scripts', ['project', 'gui-scripts']],
    ...keysAt(document, 'project', 'entry-points').map((group): readonly [string, Key] => [
      group,
      ['project', 'entry-points', group],
    ]),
  ]
  for (const [group, path] of groups)
    for (const name of keysAt(document, ...path)) {
      const target = textAt(document, ...path, name)
      // What is not a reference, or no command, is told by the rules of `[project]`.
      const isTold = target !== undefined && !target.includes(':') && path[1] !== 'entry-points'
      if (target !== undefined && isObjectReference(target) && !isTold)
        found.entry(group, [name, document.keyPlace(...path, name)], [target, document.place(...path, name)])
    }
  return { ...found, ...describedBy(document, add), mayGive: () => false }
}

/** The readme of `[project]`, and its content type. */
function describedBy(
  document: Pyproject,
  add: (field: string, value: string, ...path: Key) => void,
): Pick<Declared, 'readme' | 'description'> {
  const readme = textAt(document, 'project', 'readme') ?? textAt(document, 'project', 'readme', 'file')
  const type = textAt(document, 'project', 'readme', 'content-type')
  // What is not a content type is told by the rules of `[project]`.
  if (type !== undefined && !contentTypeProblem(type))
    add('Description-Content-Type', type, 'project', 'readme', 'content-type')
  const text = textAt(document, 'project', 'readme', 'text')
  if (readme === undefined)
    return text === undefined ? {} : { description: { text, line: document.place('project', 'readme', 'text').line } }
  const guessed = contentTypeOf(readme)
  if ((type === undefined || contentTypeProblem(type)) && guessed !== undefined)
    add('Description-Content-Type', guessed, 'project', 'readme')
  return { readme }
}

const isPdm = (document: Pyproject) => textAt(document, 'build-system', 'build-backend')?.startsWith('pdm.') === true

/** What every backend takes where `license-files` is not set. */
const LICENSE_NAMES = /^(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$/

/** The files that `license-files` matches, each at its pattern; those of the common names where it is not set. */
export function licenseFiles(document: Pyproject, paths: readonly string[]): readonly MetadataField[] {
  const patterns = document.get('project', 'license-files')
  const budget = globBudget()
  const field = (path: string, at: Place) => fieldAt('License-File', path, at, document.member)
  if (Array.isArray(patterns))
    return strings(patterns).flatMap(([i, pattern]) => {
      if (globProblem(pattern) !== undefined) return []
      const matches = globMatcher(pattern, budget)
      const at = document.place('project', 'license-files', i)
      return paths.filter(matches).map(path => field(path, { ...at, mark: pattern }))
    })
  const at = document.keyPlace('project')
  return paths.filter(path => LICENSE_NAMES.test(path)).map(path => field(path, at))
}

const strings = (items: readonly TomlValue[]): readonly (readonly [number, string])[] =>
  items.flatMap((item, i) => (typeof item === 'string' ? [[i, item] as const] : []))

function own(value: TomlValue, key: string): string | undefined {
  const found = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return typeof found === 'string' ? found : undefined
}
