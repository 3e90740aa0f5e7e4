import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import type { PythonFile } from '../../src/python/file.js'
import { readModule } from '../../src/python/module.js'
import { dynamicKeys, isSetuptools } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { sourceTree } from './_tree.js'

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

/** Where the module may be that flit builds, below the top directory, and what names it. */
export function flitModule(
  pyproject: Pyproject,
): { readonly at: Place; readonly paths: readonly string[] } | undefined {
  const key = FLIT_KEYS.find(path => typeof pyproject.get(...path) === 'string')
  const name = key && pyproject.get(...key)
  if (!key || typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return undefined
  const path = (key[0] === 'project' ? name.replaceAll('-', '_') : name).replaceAll('.', '/')
  return {
    at: pyproject.place(...key),
    paths: ['', 'src/'].flatMap(root => [`${root}${path}.py`, `${root}${path}/__init__.py`]),
  }
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
    if (typeof attr === 'string') return ofAttribute(sdist, attr, pyproject.place(...key, 'attr'))
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
  return kind === 'attr' ? ofAttribute(sdist, written.trim(), at) : { at, paths: [written.trim()], name: undefined }
}

/** Only a build knows the folders that setuptools searches. */
function ofAttribute(sdist: Sdist, attr: string, at: Place): VersionSource | undefined {
  const parts = attr.replace(/\.__init__(?=\.[^.]*$)/, '').split('.')
  const name = parts.pop()
  if (!name || parts.length === 0) return undefined
  const ends = [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`]
  const paths = [...sourceTree(sdist).files].filter(file => ends.some(end => file === end || file.endsWith(`/${end}`)))
  return { at, paths, name }
}
