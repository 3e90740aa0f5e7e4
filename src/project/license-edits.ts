import { isTable, keyText, type Pyproject } from '../distribution/pyproject.js'
import type { Change } from '../finding.js'
import { attempt } from '../standards/error.js'
import { canonicalName } from '../standards/name.js'
import { parseRequirement } from '../standards/requirement.js'
import { compareVersions, parseVersion } from '../standards/version.js'
import { lineEndOf } from '../text/edit.js'
import { tomlString } from '../text/toml-edit.js'
import type { TomlPath } from '../text/toml-places.js'
import { itemsAt, keysAt, textAt } from './document.js'
import { type EditedFolder, type EditedIni, type EditedToml, type FileEdit, iniEdit, optionId } from './edited.js'

type LicenseChange = Extract<Change, { kind: 'license' }>

/** The version of each backend to ask for: it takes `license` as an expression next to `license-files` (PEP 639). */
const FIRST: readonly (readonly [module: string, name: string, version: string])[] = [
  ['setuptools', 'setuptools', '77.0.3'],
  ['hatchling', 'hatchling', '1.27.0'],
  ['flit_core', 'flit-core', '3.12'],
  ['poetry.core', 'poetry-core', '2.2.0'],
  ['pdm.backend', 'pdm-backend', '2.4.0'],
  ['uv_build', 'uv-build', '0.7.19'],
  ['scikit_build_core', 'scikit-build-core', '0.11.0'],
  ['mesonpy', 'meson-python', '0.18.0'],
  ['maturin', 'maturin', '1.9.2'],
]

/** Earlier versions that do already; flit takes a single license only. */
const ENOUGH: Readonly<Record<string, string>> = { setuptools: '77.0.0', 'flit-core': '3.11.0' }

/** The license as an expression in `[project]` or setup.cfg, without license classifiers, and built by a backend that takes it. */
export function licenseEdits(folder: EditedFolder, change: LicenseChange): readonly FileEdit[] | undefined {
  const { pyproject, setupCfg } = folder
  if (pyproject && isTable(pyproject.toml.document.get('project'))) return inProject(pyproject, change)
  if (pyproject && isTable(pyproject.toml.document.get(...POETRY))) return besidePoetry(pyproject, change)
  return setupCfg && inSetupCfg(folder, setupCfg, change)
}

const LICENSE_FIELDS: readonly string[] = ['License', 'License-Expression', 'Classifier']

/** `license_expression` of setup.cfg in the place of `license`. */
function inSetupCfg(folder: EditedFolder, cfg: EditedIni, change: LicenseChange): readonly FileEdit[] | undefined {
  const { pyproject } = folder
  const { expression, was, classifiers: known } = change
  if (LICENSE_FIELDS.some(field => folder.isInScript(field))) return undefined
  if (pyproject && textAt(pyproject.toml.document, 'build-system', 'build-backend')?.startsWith('setuptools') === false)
    return undefined
  const option = (id: string) => cfg.ini.options.find(one => optionId(one) === id)
  if (option('metadata.license_expression')) return undefined
  const license = option('metadata.license')
  const lines = license?.values.filter(({ text }) => text !== '') ?? []
  const [value] = lines
  if (lines.length > 1 || value?.text !== was) return undefined
  const edits: FileEdit[] = []
  if (license && value)
    edits.push(
      iniEdit(cfg, license, cfg.ini.text(license.name, 'license_expression')),
      iniEdit(cfg, license, cfg.ini.text(value, expression)),
    )
  else {
    const above = ['description', 'version', 'name']
      .map(key => option(`metadata.${key}`))
      .find(one => one?.values.length === 1)
    if (!above || license) return undefined
    const edit = cfg.ini.below(above.name, `license_expression = ${expression}`)
    edits.push({ ...edit, file: cfg, key: 'metadata.license_expression' })
  }
  const list = option('metadata.classifiers') ?? option('metadata.classifier')
  const found = list?.values.filter(({ text }) => text.startsWith('License ::')) ?? []
  if (found.some(({ text }) => !known.includes(text))) return undefined
  // A list that would be left empty, or begins on the line of its key, is for a person.
  const rest = list?.values.filter(({ text }) => text !== '' && !found.some(one => one.text === text)) ?? []
  if (list && found.length > 0) {
    if (rest.length === 0 || found.some(({ line }) => line === list.name.line)) return undefined
    for (const line of found) edits.push(iniEdit(cfg, list, cfg.ini.without(line)))
  }
  const backend = pyproject ? raised(pyproject, expression) : []
  return backend && [...edits, ...backend]
}

function inProject(file: EditedToml, change: LicenseChange): readonly FileEdit[] | undefined {
  const { document } = file.toml
  const project = document.get('project')
  if (!isTable(project) || itemsAt(document, 'project', 'dynamic').includes('license')) return undefined
  if (givenLicense(file) !== change.was) return undefined
  const own = classifiers(file, change)
  const key = written(file, change)
  const backend = raised(file, change.expression)
  return own && key && backend && [...key, ...own, ...backend]
}

const POETRY: TomlPath = ['tool', 'poetry']

/** Keys of `[project]`, and those of Poetry's own table that give them. It adds classifiers in any case. */
const LEFT_TO_POETRY: readonly (readonly [key: string, own: readonly string[]])[] = [
  ['description', ['description']],
  ['readme', ['readme']],
  ['requires-python', ['python']],
  ['authors', ['authors']],
  ['maintainers', ['maintainers']],
  ['keywords', ['keywords']],
  ['urls', ['homepage', 'repository', 'documentation', 'urls']],
  ['dependencies', ['dependencies']],
  ['optional-dependencies', ['extras']],
  ['scripts', ['scripts']],
  ['entry-points', ['plugins']],
]

function isStated(document: Pyproject, key: string): boolean {
  const python = document.get(...POETRY, 'dependencies', 'python')
  if (key === 'python') return python !== undefined
  // An empty text gives no value, so `dynamic` would promise what is not there.
  const value = document.get(...POETRY, key)
  if (key !== 'dependencies') return value !== undefined && value !== ''
  return keysAt(document, ...POETRY, 'dependencies').some(name => {
    const value = document.get(...POETRY, 'dependencies', name)
    return name.toLowerCase() !== 'python' && !(isTable(value) && value.optional === true)
  })
}

/** A new `[project]` above Poetry's own table, whose license Poetry writes as it always did. */
function besidePoetry(file: EditedToml, change: LicenseChange): readonly FileEdit[] | undefined {
  const { document } = file.toml
  const { editor, text } = file
  const name = textAt(document, ...POETRY, 'name')
  const version = textAt(document, ...POETRY, 'version')
  const path = [...POETRY, 'license']
  const header = document.locate(POETRY)
  // A plugin computes the version.
  const isPlain = textAt(document, 'build-system', 'build-backend') === 'poetry.core.masonry.api'
  if (!isPlain || name === undefined || version === undefined || header?.column !== 1) return undefined
  if (textAt(document, ...path) !== change.was) return undefined
  const values = { name, version, license: change.expression }
  const dynamic = LEFT_TO_POETRY.filter(([, own]) => own.some(key => isStated(document, key))).map(([key]) => key)
  const lines = [
    '[project]',
    ...Object.entries(values).map(([key, value]) => `${key} = ${tomlString(value)}`),
    `dynamic = [${[...dynamic, 'classifiers'].map(key => tomlString(key)).join(', ')}]`,
    '',
    '',
  ]
  const start = text.split('\n', header.line - 1).join('\n').length + (header.line > 1 ? 1 : 0)
  const added = { file, start, end: start, text: lines.join(lineEndOf(text)), key: 'project' }
  const own = classifiers(file, change, [...POETRY, 'classifiers'])
  const backend = raised(file, change.expression)
  const gone = change.was === undefined ? undefined : editor.withoutKey(path)
  if (!own || !backend || (change.was !== undefined && !gone)) return undefined
  return [added, ...(gone ? [{ ...gone, file, key: keyText(path) }] : []), ...own, ...backend]
}

/** The text or the file that the key has or names. */
function givenLicense({ toml: { document } }: EditedToml): string | undefined {
  const license = document.get('project', 'license')
  if (!isTable(license)) return typeof license === 'string' ? license : undefined
  const { text, file } = license
  return typeof text === 'string' ? text : typeof file === 'string' ? file : undefined
}

const LICENSE: TomlPath = ['project', 'license']
/** What the key is written below where there is none: the last of these. */
const BEFORE = ['requires-python', 'readme', 'description', 'version', 'name']

function written(file: EditedToml, { expression, files }: LicenseChange): readonly FileEdit[] | undefined {
  const { document } = file.toml
  const { editor } = file
  const key = `license = ${tomlString(expression)}`
  const listed = document.get('project', 'license-files') === undefined && files.length > 0
  const more = listed ? [`license-files = [${files.map(name => tomlString(name)).join(', ')}]`] : []
  const at = (path: TomlPath) => ({ file, key: keyText(path) })
  const license = document.get(...LICENSE)
  const anchor = BEFORE.map((name): TomlPath => ['project', name]).find(path => document.locate(path) !== undefined)
  const added = (lines: readonly string[]) =>
    (anchor && editor.below(anchor, lines)) ?? editor.belowHeader(['project'], lines)

  if (license === undefined) {
    const edit = added([key, ...more])
    return edit && [{ ...edit, ...at(LICENSE) }]
  }
  const value = editor.value(LICENSE, tomlString(expression))
  if (value) {
    const below = more.length > 0 ? editor.below(LICENSE, more) : undefined
    if (more.length > 0 && !below) return undefined
    return [{ ...value, ...at(LICENSE) }, ...(below ? [{ ...below, ...at(['project', 'license-files']) }] : [])]
  }
  const keys = keysAt(document, ...LICENSE)
  const [only] = keys
  if (only === undefined || keys.length > 1) return undefined
  const dotted = editor.dotted(LICENSE, only, [key, ...more].join(lineEndOf(file.text)))
  if (dotted) return [{ ...dotted, ...at(LICENSE) }]
  const header = editor.withoutHeader(LICENSE)
  const line = editor.withoutKey([...LICENSE, only])
  const edit = added([key, ...more])
  if (!edit || !header || !line) return undefined
  const gone = [header, { ...line, end: line.end + blankLine(file.text, header.start, line.end) }]
  return [edit, ...gone].map(one => ({ ...one, ...at(LICENSE) }))
}

/** Length of the blank line behind what is removed, where one is before it too. */
function blankLine(text: string, start: number, end: number): number {
  if (!/(?:^|\n)[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 100), start))) return 0
  return /^[ \t]*\r?\n/.exec(text.slice(end, end + 100))?.[0].length ?? 0
}

/** Takes the license classifiers away; undefined where there are others than those that say the same. */
function classifiers(
  file: EditedToml,
  { classifiers: known }: LicenseChange,
  path: TomlPath = ['project', 'classifiers'],
): readonly FileEdit[] | undefined {
  const items = itemsAt(file.toml.document, ...path)
  const found = items.flatMap((item, index) =>
    typeof item === 'string' && item.trim().startsWith('License ::') ? [{ index, text: item.trim() }] : [],
  )
  if (found.some(({ text }) => !known.includes(text))) return undefined
  if (found.length === 0) return []
  const edits = file.editor.withoutItems(path, new Set(found.map(({ index }) => index)), items.length)
  return edits?.map(edit => ({ ...edit, file, key: keyText(path) }))
}

/** Asks for a backend that takes the expression; undefined where the project keeps to an older one, or has one that is not known. */
function raised(file: EditedToml, expression: string): readonly FileEdit[] | undefined {
  const { document } = file.toml
  const module = textAt(document, 'build-system', 'build-backend') ?? 'setuptools'
  const known = FIRST.find(
    ([name]) => module === name || module.startsWith(`${name}.`) || module.startsWith(`${name}:`),
  )
  if (!known) return undefined
  const [, name, first] = known
  const path: TomlPath = ['build-system', 'requires']
  const asked = itemsAt(document, ...path).flatMap((item, index) => {
    const text = typeof item === 'string' ? item : ''
    const requirement = attempt(parseRequirement, text)
    return requirement && canonicalName(requirement.name) === name ? [{ text, index, requirement }] : []
  })
  const [one, other] = asked
  if (!one) return []
  const { text, index, requirement } = one
  if (other || requirement.marker || requirement.url !== undefined) return undefined
  const lowest = parseVersion((/ /.test(expression) && name === 'flit-core' ? undefined : ENOUGH[name]) ?? first)
  const newer = [first, '9999'].map(version => parseVersion(version))
  if (!newer.some(version => requirement.specifier.contains(version, { prereleases: true }))) return undefined
  const bounds = requirement.specifier.clauses.filter(({ operator }) => ['>=', '>', '~=', '=='].includes(operator))
  const isEnough = bounds.some(({ version }) => {
    const bound = attempt(parseVersion, version.replace(/\.\*$/, ''))
    return bound !== undefined && compareVersions(bound, lowest) >= 0
  })
  if (isEnough) return []
  const better = />=\s*[^\s,;]+/.test(text)
    ? text.replace(/>=(\s*)[^\s,;]+/, (_, blank: string) => `>=${blank}${first}`)
    : text.replace(
        /^(\s*[A-Za-z0-9._-]+(?:\s*\[[^\]]*\])?)\s*(.*)$/s,
        (_, head: string, rest: string) => `${head}>=${first}${rest.trim() === '' ? '' : `,${rest}`}`,
      )
  const item = [...path, index]
  const edit = file.editor.string(item, better)
  return edit && attempt(parseRequirement, better) ? [{ ...edit, file, key: keyText(item) }] : undefined
}
