import type { TomlValue } from '../../src/distribution/pyproject.js'
import { finding, rule } from '../../src/rule.js'
import { emailProblem } from '../../src/standards/email-address.js'
import { backendOf, entries, isList, isTable, kindOf, PROJECT_KEYS } from '../../src/views/pyproject.js'
import { unsafely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'
import { asString } from './_numbers.js'

type Shape = readonly [test: (value: TomlValue) => boolean, words: string]

const TEXT: Shape = [value => typeof value === 'string', 'a string']
const TEXTS: Shape = [value => isList(value) && value.every(item => typeof item === 'string'), 'an array of strings']
const TABLES: Shape = [value => isList(value) && value.every(isTable), 'an array of tables']
const TEXT_TABLE: Shape = [
  value => isTable(value) && Object.values(value).every(item => typeof item === 'string'),
  'a table of strings',
]
/** The table of an early draft has a rule of its own. */
const TEXTS_OR_TABLE: Shape = [value => isTable(value) || TEXTS[0](value), 'an array of strings']
/** Its groups have a rule of their own. */
const TABLE: Shape = [isTable, 'a table of groups']
const TEXT_OR_TABLE: Shape = [value => typeof value === 'string' || isTable(value), 'a string or a table']
const LISTS: Shape = [value => isTable(value) && Object.values(value).every(TEXTS[0]), 'a table of arrays of strings']

/** What each key contains. Keys that have their own rule for this are not listed. */
const SHAPES: readonly (readonly [string, Shape])[] = [
  ['description', TEXT],
  ['requires-python', TEXT],
  ['readme', TEXT_OR_TABLE],
  ['license', TEXT_OR_TABLE],
  ['authors', TABLES],
  ['maintainers', TABLES],
  ['keywords', TEXTS],
  ['classifiers', TEXTS],
  ['urls', TEXT_TABLE],
  ['scripts', TEXT_TABLE],
  ['gui-scripts', TEXT_TABLE],
  ['license-files', TEXTS_OR_TABLE],
  ['entry-points', TABLE],
  ['dependencies', TEXTS],
  ['optional-dependencies', LISTS],
  ['import-names', TEXTS],
  ['import-namespaces', TEXTS],
]

export default rule({
  id: 'project-type-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "[project] table"',
  url: pyprojectToml('declaring-project-metadata-the-project-table'),
  summary: 'A key of `[project]` has a value of the wrong type.',
  why: 'Build backends reject the table.',
  breaks: BUILD_STOPS,
  fix: 'Change the value to the type that the specification requires for the key.',
  byHand: 'Where the value cannot be read in the right form, only a person knows what is meant.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nkeywords = "demo, files"\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n\n[project]\nname = "demo"\nversion = "1.0"\nimport-names = "demo"\n',
      },
    },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const project = pyproject?.get('project')
    if (!pyproject || project === undefined) return
    if (!isTable(project)) yield finding(pyproject.place('project'), `project is ${kindOf(project)}, not a table.`)
    for (const [key, [test, words]] of SHAPES) {
      const value = isTable(project) && Object.hasOwn(project, key) ? project[key] : undefined
      if (value === undefined || test(value)) continue
      const isRight = key === 'optional-dependencies' ? TEXTS[0] : TEXT[0]
      const inner = entries(value).find(([, item]) => !isRight(item))
      const [where, must] =
        key === 'optional-dependencies' && inner
          ? [`project.${key}.${inner[0]} is ${listKind(inner[1])}`, `it must be ${TEXTS[1]}`]
          : inner
            ? [`project.${key}.${inner[0]} is ${kindOf(inner[1])}`, `project.${key} must be ${words}`]
            : [`project.${key} ${whatItIs(value, words)}`, `it must be ${words}`]
      const meant = key === 'optional-dependencies' && inner ? asList(inner[0], inner[1]) : asRight(key, value, words)
      yield finding(pyproject.place('project', key, ...wrongItem(key, value, words)), `${where}; ${must}.`, {
        // poetry-core does not know these keys.
        ...(key.startsWith('import-') && backendOf(pyproject) === 'poetry-core' && { severity: 'warning' }),
        ...(meant !== undefined && { help: `Write \`${meant}\`.` }),
        ...(words === TEXT[1] && asString(pyproject, key, value)),
        ...(inner &&
          isKeyOfProject(key, inner) && {
            help: `Move \`${inner[0]}\` above the header \`[project.${key}]\`: in TOML, the keys below a header belong to its table.`,
          }),
        ...(words === TEXTS[1] && { remedy: listed(key, value) }),
      })
    }
  },
})

/** A key of `[project]` that stands below the header of one of its tables. */
const isKeyOfProject = (key: string, [name, value]: readonly [string, TomlValue]) =>
  key !== name && PROJECT_KEYS.includes(name) && SHAPES.some(([one, [test]]) => one === name && test(value))

const listKind = (value: TomlValue) =>
  isList(value) ? 'an array that contains values other than strings' : kindOf(value)

/** Of an array where one belongs: the item that is wrong in it. */
function whatItIs(value: TomlValue, words: string): string {
  const wrong =
    isList(value) && (words === TEXTS[1] || words === TABLES[1]) ? value[indexOfWrong(value, words)] : undefined
  return wrong === undefined ? `is ${kindOf(value)}` : `contains ${kindOf(wrong)}`
}

const isRightItem = (words: string) => (words === TABLES[1] ? isTable : TEXT[0])

const indexOfWrong = (value: readonly TomlValue[], words: string) => value.findIndex(item => !isRightItem(words)(item))

/** The list that a string means. */
const listed = (key: string, value: TomlValue) =>
  typeof value === 'string' && value.trim() !== ''
    ? unsafely({ kind: 'set', key: `project.${key}`, was: JSON.stringify(value), value: itemsOf(key, value) })
    : undefined

const itemsOf = (key: string, value: string): readonly string[] =>
  key === 'keywords' ? value.split(',').map(item => item.trim()) : [value]

/** Longer texts are not shown again. */
const LONGEST = 100

/** One string where an array of them belongs. */
function asList(key: string, value: TomlValue): string | undefined {
  if (typeof value !== 'string' || value.length > LONGEST || /[\n`]/.test(value)) return undefined
  const items = itemsOf(key, value)
  return `${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)} = [${items.map(item => JSON.stringify(item)).join(', ')}]`
}

/** The same, and a name where a table of a person belongs. */
function asRight(key: string, value: TomlValue, words: string): string | undefined {
  if (words === TEXTS[1]) return asList(key, value)
  if (key === 'urls' && typeof value === 'string' && value.length <= LONGEST && !/[\n`]/.test(value))
    return `urls = { Homepage = ${JSON.stringify(value)} }`
  if (words !== TABLES[1] || !isList(value)) return undefined
  const people = value.map(personOf)
  return people.includes(undefined) ? undefined : `${key} = [${people.join(', ')}]`
}

/** The table that a string such as `Ada Moreau <ada@tidemark.dev>` means. */
function personOf(value: TomlValue): string | undefined {
  if (isPlainName(value)) return `{name = ${JSON.stringify(value)}}`
  if (typeof value !== 'string' || value.length > LONGEST) return undefined
  const [name = '', rest, ...others] = value.split('<')
  const email = rest?.trim().endsWith('>') ? rest.trim().slice(0, -1) : undefined
  return email === undefined || others.length > 0 || name.trim() === '' || emailProblem(email) !== undefined
    ? undefined
    : `{name = ${JSON.stringify(name.trim())}, email = ${JSON.stringify(email)}}`
}

const isPlainName = (value: TomlValue): boolean =>
  typeof value === 'string' && value.length <= LONGEST && /^[^<>@\n`]+$/.test(value)

/** The first item of an array, or key of a table, that is of another kind. */
function wrongItem(key: string, value: TomlValue, words: string): readonly (string | number)[] {
  const isRight = key === 'optional-dependencies' ? TEXTS[0] : isRightItem(words)
  const index = isList(value) && key !== 'optional-dependencies' ? indexOfWrong(value, words) : -1
  if (index >= 0) return [index]
  const name = entries(value).find(([, item]) => !isRight(item))?.[0]
  return name === undefined ? [] : [name]
}
