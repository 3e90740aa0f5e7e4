/** What setup.py and setup.cfg declare: both may give keywords of `setup()`, and setup.py has the last word. */

import type { EntryPoint } from '../distribution/entry-points.js'
import type { MetadataField } from '../distribution/metadata.js'
import type { Place } from '../finding.js'
import { type Given, readSetupScript, type Written } from '../python/setup-script.js'
import type { IniText } from '../text/ini.js'
import { nearest } from '../text/nearest.js'
import { type Collector, collect, type Declared } from './declared.js'
import { withoutComment } from './requirement.js'
import { SETUPTOOLS_KEYS, type SetupCfg } from './setup-cfg.js'

/** Keywords of `setup()` with one string each, by the field that they become. */
const TEXTS: readonly (readonly [field: string, keyword: string])[] = [
  ['Name', 'name'],
  ['Version', 'version'],
  ['Summary', 'description'],
  ['Description-Content-Type', 'long_description_content_type'],
  ['Author', 'author'],
  ['Author-email', 'author_email'],
  ['Maintainer', 'maintainer'],
  ['Maintainer-email', 'maintainer_email'],
  ['License', 'license'],
  ['License-Expression', 'license_expression'],
  ['Home-page', 'url'],
  ['Download-URL', 'download_url'],
  ['Requires-Python', 'python_requires'],
]

/** Keywords that say nothing of the metadata, next to those that are read here. With others, a plugin may say anything. */
export const SETUP_KEYWORDS: ReadonlySet<string> = new Set([
  ...TEXTS.map(([, keyword]) => keyword),
  ...[
    'classifiers',
    'keywords',
    'project_urls',
    'long_description',
    'install_requires',
    'extras_require',
    'entry_points',
  ],
  ...['license_file', 'license_files', 'packages', 'package_dir', 'package_data', 'include_package_data', 'py_modules'],
  ...[
    'ext_modules',
    'ext_package',
    'cmdclass',
    'scripts',
    'data_files',
    'zip_safe',
    'exclude_package_data',
    'platforms',
  ],
  ...['setup_requires', 'tests_require', 'test_suite', 'options', 'namespace_packages', 'libraries', 'include_dirs'],
  ...['obsoletes', 'provides', 'requires', 'headers', 'command_options', 'dependency_links', 'eager_resources'],
  ...['use_scm_version', 'script_args', 'script_name', 'distclass', 'convert_2to3_doctests', 'use_2to3', 'test_loader'],
  ...['cffi_modules', 'rust_extensions', 'features', 'bugtrack_url', 'use_2to3_fixers', 'use_2to3_exclude_fixers'],
])

const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(TEXTS.map(([field, keyword]) => [field, [keyword]])),
  Description: ['long_description'],
  Classifier: ['classifiers'],
  Keywords: ['keywords'],
  'Project-URL': ['project_urls'],
  'Requires-Dist': ['install_requires', 'extras_require'],
  'Provides-Extra': ['extras_require'],
  'License-File': ['license_files', 'license_file'],
}

/** Requirements of the build that were seen to add nothing but a version, or no metadata at all. */
const ADDS_NOTHING =
  /^\s*(?:setuptools|wheel|setuptools[_-]scm|cython|numpy|pybind11|cffi|versioneer|packaging|oldest-supported-numpy|pytest-runner|toml|tomli|nanobind)(?![\w-])/i

/** Fields that a plugin may give, or the files of the tree. */
const OF_PLUGINS: ReadonlySet<string> = new Set(['Name', 'Version', 'License-File'])

export interface SetupFiles {
  readonly setupCfg: SetupCfg | undefined
  readonly setupPy: { readonly path: string; readonly text: string } | undefined
  /** What the build requires: a plugin may give metadata. */
  readonly requires: readonly string[]
}

/** Undefined where there is neither file. */
export function declaredBySetup({ setupCfg, setupPy, requires }: SetupFiles): Declared | undefined {
  const read = setupPy && readSetupScript(setupPy.text)
  const script = read?.setup
  const brokenLine = read?.broken?.line
  const ofScript = setupPy && script ? inScript(setupPy.path, script) : undefined
  const ofCfg = setupCfg && inCfg(setupCfg)
  if (!ofScript && !ofCfg) return setupPy && { fields: [], entries: [], isOpen: true, brokenLine, mayGive: () => true }
  const given = script?.keywords ?? new Set<string>()
  // A keyword of the call that is not known takes the place of what setup.cfg says.
  const isFree = ({ field }: MetadataField) => !(KEYWORDS[field] ?? []).some(keyword => given.has(keyword))
  const fields = [...(ofScript?.fields ?? []), ...(ofCfg?.fields ?? []).filter(isFree)]
  const entries: readonly EntryPoint[] = [
    ...(ofScript?.entries ?? []),
    ...(given.has('entry_points') ? [] : (ofCfg?.entries ?? [])),
  ]
  const problems = [...(ofScript?.problems ?? []), ...(given.has('entry_points') ? [] : (ofCfg?.problems ?? []))]
  const isPlain =
    [...given].every(keyword => SETUP_KEYWORDS.has(keyword)) &&
    [
      ...requires,
      ...textsOf(script?.given('setup_requires')),
      ...(setupCfg?.list('options.setup_requires') ?? []).map(({ text }) => text),
    ].every(text => ADDS_NOTHING.test(text))
  const isKnown = isPlain && (setupPy === undefined || (script !== undefined && !script.isOpen))
  const readme = ofScript?.readme ?? (given.has('long_description') ? undefined : onlyFile(setupCfg, requires))
  const has = (field: string) => fields.some(one => one.field === field)
  return {
    fields,
    entries,
    problems,
    readme,
    isOpen: !isKnown,
    brokenLine,
    mayGive: field =>
      !isKnown ||
      OF_PLUGINS.has(field) ||
      (!has(field) &&
        ((KEYWORDS[field] ?? []).some(keyword => given.has(keyword)) ||
          setupCfg?.locate(field, undefined) !== undefined ||
          (setupCfg !== undefined && isMisspelled(setupCfg, field)))),
  }
}

/** Is a key that setuptools does not know most likely the one that gives the field, or is its section? Other rules tell of it. */
const isMisspelled = (setupCfg: SetupCfg, field: string): boolean =>
  (SETUPTOOLS_KEYS.get(field) ?? []).some(id => {
    const [section = '', key = ''] = id.split('.')
    const keys = setupCfg.section(section)
    return keys.length === 0
      ? setupCfg.sections.some(name => name !== section && nearest(name, [section]) !== undefined)
      : keys.some(({ key: { text } }) => !SETUP_KEYWORDS.has(text) && nearest(text, [key]) !== undefined)
  })

const onlyFile = (setupCfg: SetupCfg | undefined, requires: readonly string[]) => {
  const isPbr = requires.some(text => /^\s*pbr(?![\w-])/i.test(text))
  const [only, ...others] = (isPbr ? setupCfg?.readmes : setupCfg?.described) ?? []
  return others.length === 0 ? only : undefined
}

const placeOf = ({ line, column, text, mark }: Written): Place => ({ line, column, mark: mark ?? text })

type Script = NonNullable<ReturnType<typeof readSetupScript>['setup']>

function inScript(path: string, script: Script): Collector & { readonly readme: string | undefined } {
  const found = collect(path)
  const nameAt = (keyword: string) => {
    const at = script.keyword(keyword)
    return at && placeOf(at)
  }
  for (const [field, keyword] of TEXTS) {
    const given = script.given(keyword)
    if (given?.kind === 'text') found.add(field, given.text, placeOf(given), nameAt(keyword))
  }
  for (const item of itemsOf(script.given('classifiers')))
    found.add('Classifier', item.text, placeOf(item), nameAt('classifiers'))
  const keywords = script.given('keywords')
  if (keywords?.kind === 'text') found.add('Keywords', keywords.text, placeOf(keywords), nameAt('keywords'))
  else if (keywords?.kind === 'list' && isAllText(keywords)) {
    const at = nameAt('keywords')
    if (at) found.keywords(textsOf(keywords), at)
  }
  for (const [label, url] of entriesOf(script.given('project_urls')))
    if (url.kind === 'text')
      found.add('Project-URL', `${label.text}, ${url.text}`, { ...placeOf(url), mark: url.text }, placeOf(label))
  for (const item of lines(script.given('install_requires')).map(withoutComment))
    found.add('Requires-Dist', item.text, placeOf(item), nameAt('install_requires'))
  for (const [key, value] of entriesOf(script.given('extras_require'))) {
    // `extra:marker` is the old way to write a marker.
    if (key.text.includes(':')) continue
    found.extra(
      key.text,
      placeOf(key),
      lines(value)
        .map(withoutComment)
        .map(item => [item.text, placeOf(item)]),
    )
  }
  for (const [group, value] of entriesOf(script.given('entry_points')))
    for (const item of lines(value)) entryIn(found, group.text, item)
  const description = script.given('long_description')
  if (description?.kind === 'text')
    found.add('Description', description.text, placeOf(description), nameAt('long_description'))
  return { ...found, readme: description?.kind === 'content' ? description.path : undefined }
}

/** `name = module:function` */
function entryIn(found: Collector, group: string, { text, line, column, mark }: Written): void {
  const equals = text.indexOf('=')
  if (mark !== undefined) return
  if (equals < 1) {
    found.noEntry(text, { line, column })
    return
  }
  const at = (part: string, from: number): readonly [string, Place] => {
    const trimmed = part.trim()
    return [trimmed, { line, column: column + from + part.indexOf(trimmed), mark: trimmed }]
  }
  found.entry(group, at(text.slice(0, equals), 0), at(text.slice(equals + 1), equals + 1))
}

type TextGiven = Extract<Given, { kind: 'text' }>

/** Strings of a list, also of one that is not known whole. */
const itemsOf = (given: Given | undefined): readonly TextGiven[] =>
  given?.kind === 'list' ? given.items.filter(item => item.kind === 'text') : []
const isAllText = (given: Extract<Given, { kind: 'list' }>): boolean =>
  given.isWhole && given.items.every(({ kind }) => kind === 'text')
const textsOf = (given: Given | undefined): readonly string[] => lines(given).map(({ text }) => text)
const entriesOf = (given: Given | undefined) => (given?.kind === 'dict' ? given.items : [])

/** Items of a list, or the lines of a text that stands for one, without those that say nothing. */
function lines(given: Given | undefined): readonly Written[] {
  if (given?.kind !== 'text') return itemsOf(given).filter(({ text }) => isSaid(text))
  if (!given.text.includes('\n')) return isSaid(given.text) ? [given] : []
  // Where it is not written line by line, no line has a place.
  if (given.mark !== undefined) return []
  return given.text.split('\n').flatMap((raw, i): Written[] => {
    const text = raw.trim()
    if (!isSaid(text)) return []
    const start = raw.indexOf(text)
    return [{ text, mark: undefined, line: given.line + i, column: (i === 0 ? given.column : 1) + start }]
  })
}

const isSaid = (line: string) => !/^\s*(?:#|$)/.test(line)

function inCfg(setupCfg: SetupCfg): Collector {
  const found = collect(setupCfg.path)
  for (const { field, value, at, name } of setupCfg.fields())
    found.add(field, value, field === 'Project-URL' ? { ...at, mark: at.text } : at, name)
  const place = ({ line, column, text }: IniText): Place => ({ line, column, mark: text })
  for (const { key, lines: items } of setupCfg.section('options.extras_require'))
    if (!key.text.includes(':'))
      found.extra(
        key.text,
        place(key),
        items.map(item => [item.text, place(item)]),
      )
  for (const { key, lines: items } of setupCfg.section('options.entry_points'))
    for (const item of items) entryIn(found, key.text, { ...item, mark: undefined })
  return found
}
