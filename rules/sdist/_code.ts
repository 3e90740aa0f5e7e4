import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import type { PythonFile } from '../../src/python/file.js'
import { readModule } from '../../src/python/module.js'
import { packageFolder } from '../../src/views/package-listing.js'
import { dynamicKeys, entries, isSetuptools } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { sourceTree, treePath } from './_tree.js'

export type Code = Pick<PythonFile, 'text' | 'module'>

/** The module at a path below the top directory. A source tree has texts alone. */
export function codeIn({ python, texts, top, members }: Sdist, path: string): Code | undefined {
  if (members.get(`${top}/${path}`)?.size === 0) return { text: '', module: readModule('') }
  const file = python.get(`${top}/${path}`)
  if (file) return file.cut ? undefined : file
  const text = texts.get(`${top}/${path}`)
  return text && !text.cut && text.utf8 ? { text: text.text, module: readModule(text.text) } : undefined
}

const FLIT_KEYS = [
  ['tool', 'flit', 'module', 'name'],
  ['tool', 'flit', 'metadata', 'module'],
  ['project', 'name'],
]

/** The path of the module that flit is told of by a key: `demo-stubs` is a package of stubs, and keeps its hyphen. */
export const flitPath = ([table]: readonly string[], name: string): string =>
  (table === 'project' ? name.replace(/-(?!stubs$)/g, '_') : name).replaceAll('.', '/')

/** Where the module may be that flit builds, below the top directory, and what names it. */
export function flitModule(
  pyproject: Pyproject,
): { readonly at: Place; readonly paths: readonly string[] } | undefined {
  const key = FLIT_KEYS.find(path => typeof pyproject.get(...path) === 'string')
  const name = key && pyproject.get(...key)
  if (!key || typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return undefined
  const path = flitPath(key, name)
  return {
    at: pyproject.place(...key),
    paths: ['', 'src/'].flatMap(root => [`${root}${path}.py`, `${root}${path}/__init__.py`]),
  }
}

/** `package-dir` of `[tool.setuptools]`. */
export const tomlFolders = (pyproject: Pyproject): ReadonlyMap<string, string> =>
  new Map(
    entries(pyproject.get('tool', 'setuptools', 'package-dir')).flatMap(([name, folder]) =>
      typeof folder === 'string' ? [[name, folder]] : [],
    ),
  )

/** `package_dir` of setup.cfg. */
export function cfgFolders(options: ReturnType<typeof setupCfg>): ReadonlyMap<string, string> {
  const folders = new Map<string, string>()
  for (const value of options.get('options.package_dir')?.values ?? [])
    for (const pair of value.text.split(',')) {
      const [name = '', folder] = pair.split('=')
      if (folder !== undefined) folders.set(name.trim(), folder.trim())
    }
  return folders
}

/** `attr: demo.__version__` and `file: VERSION` of setuptools, from pyproject.toml or setup.cfg. */
interface VersionSource {
  readonly at: Place
  /** The files that may be meant, below the top directory: one of them is. */
  readonly paths: readonly string[]
  /** The name that is read from a module; undefined where the text of the file is the version. */
  readonly name: string | undefined
}

export function versionSource(sdist: Sdist): VersionSource | undefined {
  const { pyproject } = sdist
  const key = ['tool', 'setuptools', 'dynamic', 'version'] as const
  const setup = setupScript(sdist)?.setup
  if (!isSetuptools(sdist) || setup?.keywords.has('version') || setup?.isOpen) return undefined
  if (pyproject?.project) {
    if (!dynamicKeys(pyproject).includes('version')) return undefined
    const attr = pyproject.get(...key, 'attr')
    if (typeof attr === 'string')
      return ofAttribute(sdist, attr, tomlFolders(pyproject), pyproject.place(...key, 'attr'))
    const file = pyproject.get(...key, 'file')
    const [only, ...others] = Array.isArray(file) ? file : [file]
    if (typeof only !== 'string' || others.length > 0) return undefined
    return { at: pyproject.place(...key, 'file'), paths: [only], name: undefined }
  }
  const option = setupCfg(sdist).get('metadata.version')
  const value = option?.values[0]
  const [, kind, written = ''] = /^(attr|file):([^,]+)$/.exec(value?.text ?? '') ?? []
  if (!option || !value || kind === undefined || option.values.length > 1) return undefined
  const at = { member: option.member, line: value.line, column: value.column, value: value.text }
  return kind === 'attr'
    ? ofAttribute(sdist, written.trim(), cfgFolders(setupCfg(sdist)), at)
    : { at, paths: [written.trim()], name: undefined }
}

/** Only a build knows the folders that setuptools searches. */
function ofAttribute(
  sdist: Sdist,
  attr: string,
  folders: ReadonlyMap<string, string>,
  at: Place,
): VersionSource | undefined {
  const parts = attr.replace(/\.__init__(?=\.[^.]*$)/, '').split('.')
  const name = parts.pop()
  if (!name || parts.length === 0) return undefined
  const { files } = sourceTree(sdist)
  const inFolder = (folder: string) => [`${folder}.py`, `${folder}/__init__.py`]
  const named = inFolder(treePath(packageFolder(parts.join('.'), folders)) ?? '').filter(file => files.has(file))
  const ends = inFolder(parts.join('/'))
  const found = [...files].filter(file => ends.some(end => file === end || file.endsWith(`/${end}`)))
  return { at, paths: named.length > 0 ? named : found, name }
}
