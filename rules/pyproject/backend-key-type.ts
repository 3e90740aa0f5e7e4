import { keyText, type Pyproject, type TomlValue } from '../../src/distribution/pyproject.js'
import type { Remedy } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { entries, isList, isTable, kindOf } from '../../src/views/pyproject.js'
import { quoting, replacing, safely } from '../shared/remedies.js'
import {
  BACKEND_VERSIONS,
  CHOICES,
  FORMS,
  familyOf,
  isOfType,
  pathsOf,
  TABLES,
  TYPES,
  type TypedKeys,
  writtenNumber,
} from './_backend-tables.js'
import { BUILD_STOPS, builtWith, CARGO, DEMO, mayBuildWith } from './_backends.js'

export default rule({
  id: 'backend-key-type',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "[tool] table"',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table',
  summary: 'A key of the build backend has a value of the wrong type.',
  why: 'The build backend stops with an error. Only pdm-backend does not: it reads a string as a list of its characters, so the wheel is empty.',
  breaks: BUILD_STOPS,
  fix: 'Change the value to the type that the backend expects.',
  byHand: 'The sample projects have no such keys. test/advice/edits.test.ts follows the edits of the examples.',
  precision: 'high',
  bad: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\ninclude-package-data = "true"\n` } },
    {
      tree: {
        pyproject: `${builtWith('scikit-build-core', DEMO)}\n[tool.scikit-build]\nminimum-version = "build-system.requires"\nwheel.cmake = false\n`,
      },
    },
    { sdist: { pyproject: `${builtWith('hatchling', DEMO)}\n[tool.hatch.build]\nexclude = "tests"\n` } },
    { sdist: { pyproject: `${builtWith('pdm-backend', DEMO)}\n[tool.pdm.build]\nincludes = "src/demo"\n` } },
    {
      sdist: {
        pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools.packages.find]\nwhere = ["src", 1]\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools.package-data]\ndemo = "*.csv"\n`,
      },
    },
    {
      sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry]\npackages = ["demo"]\n` },
    },
    {
      sdist: {
        pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.group.dev.dependencies]\npytest = 8.3\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('poetry-core', DEMO)}\n[[tool.poetry.source]]\nname = "internal"\nurl = "https://index.example/simple"\npriority = "suplemental"\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('meson-python', DEMO)}\n[tool.meson-python.args]\nsetup = "-Dblas=openblas"\n`,
        files: { '{top}/meson.build': "project('demo')\n" },
      },
    },
    {
      sdist: { pyproject: `${builtWith('maturin', DEMO)}\n[tool.maturin]\nstrip = "true"\n`, files: CARGO },
    },
    { sdist: { pyproject: `${builtWith('scikit-build-core', DEMO)}\n[tool.scikit-build.cmake]\nversion = "3.15"\n` } },
    {
      tree: {
        pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\npackages = ["src/demo"]\n`,
        files: { 'src/demo/__init__.py': '' },
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "demo"\nversion = "1.0"\ndescription = "Demo"\nauthors = ["Ada Moreau <ada@tidemark.dev"]\n',
        files: { 'demo/__init__.py': '' },
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('flit-core', DEMO)}\n[tool.flit.sdist]\ninclude = ["/docs/", "../CHANGES.md"]\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('scikit-build-core', DEMO)}\n[[tool.scikit-build.overrides]]\nif.python-version = "3.x"\nwheel.cmake = false\n`,
      },
    },
  ],
  good: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\ninclude-package-data = true\n` } },
    { sdist: { pyproject: `${builtWith('hatchling', DEMO)}\n[tool.hatch.build]\nexclude = ["tests"]\n` } },
    {
      sdist: {
        pyproject: `${builtWith('maturin', DEMO).replace('"maturin"', '"maturin>=0.12,<0.13"')}\n[tool.maturin]\nbindings = "rust-cpython"\n`,
        files: CARGO,
      },
    },
  ],
  *check({ pyproject }) {
    if (!pyproject) return
    const family = familyOf(pyproject)
    yield* ofChoices(pyproject, family)
    yield* ofForms(pyproject, family)
    for (const { path, type, keys, when, instead } of typesOf(pyproject, family)) {
      if (when?.(pyproject) === false) continue
      const table = pyproject.get(...path)
      for (const key of keys === 'all' ? entries(table).map(([name]) => name) : keys) {
        const value = isTable(table) ? pyproject.get(...path, key) : undefined
        if (value === undefined || isOfType(value, type)) continue
        if (keys === 'all' && isUnknown(family, path, key)) continue
        const found = isList(value) && type.startsWith('an array of ') ? 'an array with other values' : kindOf(value)
        const better = betterValue(key, value, type) ?? quotedNumber(pyproject, [...path, key], type, family)
        const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
        yield finding(
          pyproject.place(...path, key, ...wrongItem(value, type)),
          `${keyText([...path, key])} is ${found}; it must be ${type}: ${instead ?? `${BACKEND_VERSIONS.get(family)} refuses to build`}.`,
          better === undefined
            ? type === ANY_CONSTRAINT
              ? { help: `Write the version constraint as a string, such as \`${name} = "^1.2"\`.` }
              : {}
            : {
                help: `Write \`${name} = ${better}\`.`,
                remedy: rightType([...path, key], value, type, better),
              },
        )
      }
    }
  },
})

/** Does another rule say that the backend rejects the key? */
const isUnknown = (family: string, path: readonly (string | number)[], key: string) =>
  TABLES.get(family)?.some(
    table => table.stops === true && table.path.join('.') === path.join('.') && !table.keys.includes(key),
  )

/** Keys that take one of a few words. */
function* ofChoices(pyproject: Pyproject, family: string) {
  const choices = (CHOICES.get(family) ?? []).flatMap(one =>
    pathsOf(pyproject, one.path).map(path => ({ ...one, path })),
  )
  for (const { path, words: given, anyCase, by, old } of choices) {
    const value = pyproject.get(...path)
    if (typeof value !== 'string') continue
    const words = typeof given === 'function' ? given(pyproject) : given
    const isWord = (word: string) => word === value || (anyCase && word.toLowerCase() === value.toLowerCase())
    if (words.length === 0 || words.some(isWord)) continue
    if (old?.words.includes(value) && !mayBuildWith(pyproject, family, old.until)) continue
    const meant = nearest(value, words)
    const wanted =
      words.length === 1
        ? quote(words[0] ?? '')
        : `${words.slice(0, -1).map(quote).join(', ')} or ${quote(words.at(-1) ?? '')}`
    const at = pyproject.place(...path)
    yield finding(
      at,
      `${keyText(path)} is ${quote(value)}; it must be ${wanted}: ${by === undefined ? `${BACKEND_VERSIONS.get(family)} refuses to build` : `${by} rejects it`}.`,
      {
        ...(by !== undefined && { severity: 'warning' }),
        ...(meant === undefined
          ? { help: `Write ${wanted}.` }
          : { help: `Write ${quote(meant)}.`, remedy: replacing(at.field ?? '', value, meant, false) }),
      },
    )
  }
}

/** Keys whose text has to be a version specifier or a tag. */
function* ofForms(pyproject: Pyproject, family: string) {
  for (const { path: pattern, isRight, like, better, when, help } of FORMS.get(family) ?? [])
    for (const path of when?.(pyproject) === false ? [] : pathsOf(pyproject, pattern)) {
      const value = pyproject.get(...path)
      if (typeof value !== 'string' || isRight(value)) continue
      const bare = /^\d+(?:\.\d+)*$/.test(value) && isRight(`>=${value}`) ? `>=${value}` : undefined
      const meant = better?.(value)
      const explains = OF_PEOPLE.get(String(path[2]))
      const at = pyproject.place(...path)
      yield finding(
        at,
        `${keyText(path)} is ${quote(value)}; it must be ${like}: ${BACKEND_VERSIONS.get(family)} refuses to build.`,
        meant !== undefined && meant !== '' && isRight(meant)
          ? { help: `Write ${quote(meant)}.`, remedy: replacing(at.field ?? '', value, meant, false), explains }
          : bare === undefined
            ? { help: help?.(value) ?? `Write ${like}.`, explains }
            : {
                help: `Write \`${bare}\`, or \`==${value}\` for that version alone.`,
                remedy: replacing(at.field ?? '', value, bare, false),
              },
      )
    }
}

/** A string as what it surely means. */
function rightType(
  path: readonly (string | number)[],
  value: TomlValue,
  type: TypedKeys['type'],
  better: string,
): Remedy | undefined {
  if (typeof value === 'number') return quoting(path, value, JSON.parse(better))
  if (typeof value !== 'string') return undefined
  const meant = isListOfTexts(type)
    ? itemsOf(String(path.at(-1)), value)
    : type === 'a boolean' && /^(?:true|false)$/i.test(value)
      ? value.toLowerCase() === 'true'
      : undefined
  return meant === undefined
    ? undefined
    : safely({ kind: 'set', key: keyText(path), was: JSON.stringify(value), value: meant })
}

const OF_PEOPLE: ReadonlyMap<string, readonly string[]> = new Map([
  ['authors', ['Author', 'Author-email']],
  ['maintainers', ['Maintainer', 'Maintainer-email']],
])

/** A number as the string that is meant; a version of a dependency with a caret, as Poetry writes it. */
function quotedNumber(
  pyproject: Pyproject,
  path: readonly (string | number)[],
  type: TypedKeys['type'],
  family: string,
) {
  const text = type === 'a string' || type === ANY_CONSTRAINT ? writtenNumber(pyproject, path) : undefined
  if (text === undefined) return undefined
  // Where a bare version is not allowed, it is the lowest one.
  const needsOperator = (FORMS.get(family) ?? []).some(
    form =>
      !form.isRight(text) &&
      form.isRight(`>=${text}`) &&
      pathsOf(pyproject, form.path).some(one => keyText(one) === keyText(path)),
  )
  return JSON.stringify(type === ANY_CONSTRAINT ? `^${text}` : needsOperator ? `>=${text}` : text)
}

const ANY_CONSTRAINT: TypedKeys['type'] = 'a string, a table or an array'

/** The types of keys, with the tables that the project has. */
const typesOf = (pyproject: Pyproject, family: string) =>
  (TYPES.get(family) ?? []).flatMap(one => pathsOf(pyproject, one.path).map(path => ({ ...one, path })))

const isListOfTexts = (type: TypedKeys['type']) => /^an array(?: of strings| or a table)?$/.test(type)

const itemsOf = (key: string, value: string): readonly string[] =>
  key === 'keywords' ? value.split(',').map(item => item.trim()) : [value]

const arrayOf = (items: readonly string[]) => `[${items.join(', ')}]`

/** The value as it was most likely meant. */
function betterValue(key: string, value: TomlValue, type: TypedKeys['type']): string | undefined {
  if (type === 'an array of tables' && key === 'packages') {
    const items = isList(value) ? value : [value]
    const tables = items.map(item => (typeof item === 'string' ? `{ include = ${JSON.stringify(item)} }` : undefined))
    return tables.every(table => table !== undefined) ? arrayOf(tables) : undefined
  }
  if (type === 'an array of strings' && isList(value)) {
    const people = value.map(personText)
    return people.every(person => person !== undefined) ? arrayOf(people) : undefined
  }
  if (typeof value !== 'string' || isFind(value)) return undefined
  if (isListOfTexts(type)) return arrayOf(itemsOf(key, value).map(item => JSON.stringify(item)))
  if (type !== 'a boolean') return undefined
  return /^(?:true|yes|on)$/i.test(value) ? 'true' : /^(?:false|no|off)$/i.test(value) ? 'false' : undefined
}

/** How setup.cfg and setup.py ask for all packages. */
const isFind = (value: string) => /^find(?:_namespace|_packages)?[:(]?/.test(value)

/** A person as `[tool.poetry]` has it, where the form is that of `[project]`. */
function personText(value: TomlValue): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value)
  if (!isTable(value) || typeof value.name !== 'string') return undefined
  return JSON.stringify(typeof value.email === 'string' ? `${value.name} <${value.email}>` : value.name)
}

/** The first item of an array that is of another kind. */
function wrongItem(value: TomlValue, type: TypedKeys['type']): readonly number[] {
  if (!isList(value) || !type.startsWith('an array of ')) return []
  const isRight = type === 'an array of tables' ? isTable : (item: TomlValue) => typeof item === 'string'
  const index = value.findIndex(item => !isRight(item))
  return index < 0 ? [] : [index]
}
