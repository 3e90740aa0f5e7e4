import type { SourceLocation } from '../finding.js'
import { canonicalName } from '../standards/name.js'
import { firstWritten, itemsAt, type Key, type TomlFile, textAt, tomlFile } from './document.js'
import { CONTENTS_TABLES, cargoKeys, flitKeys, poetryKeys } from './other-tables.js'
import { dynamicKeys, projectKeys } from './project-table.js'
import { parseSetupCfg, type SetupCfg } from './setup-cfg.js'

/** The project's own files, by path relative to the repository root, with `/`. */
export interface SourceFiles {
  readonly files: ReadonlyMap<string, string>
  /** Folder of the project that was asked for, relative to the root; '' (default) is the root itself. */
  readonly folder?: string | undefined
}

/** What the locator needs of a finding. */
interface Locatable {
  readonly field?: string | undefined
  readonly value?: string | undefined
  /** Topic of its rule: what is about contents points to the build backend's table. */
  readonly topic?: string | undefined
}

/**
 * The key in the project's own files that produced what a finding is about (core metadata field, entry point); a location
 * without `column` means the build file as a whole. Undefined when the distribution's project has no build file in the tree.
 */
export type SourceLocator = (finding: Locatable, project: string | null | undefined) => SourceLocation | undefined

interface ProjectFolder {
  readonly pyproject: TomlFile | undefined
  readonly setupCfg: SetupCfg | undefined
  readonly cargo: TomlFile | undefined
  /** pyproject.toml, else setup.cfg, else setup.py. */
  readonly buildFile: string
  /** Names that the folder's files give the project, normalized. */
  readonly names: readonly string[]
}

const BUILD_FILES = ['pyproject.toml', 'setup.cfg', 'setup.py']

export function sourceLocator({ files, folder = '' }: SourceFiles): SourceLocator {
  const paths = [...files.keys()].filter(path => BUILD_FILES.includes(path.slice(path.lastIndexOf('/') + 1)))
  const folders = [...new Set(paths.map(path => path.slice(0, Math.max(0, path.lastIndexOf('/')))))].sort()
  // Folders are read when they are first needed: most audits ask for one.
  const read = new Map<string, ProjectFolder>()
  const projectAt = (at: string): ProjectFolder => {
    let project = read.get(at)
    if (!project) {
      project = readFolder(files, at)
      read.set(at, project)
    }
    return project
  }
  const own = folders.includes(folder) ? folder : undefined
  const search = [...(own === undefined ? [] : [own]), ...folders.filter(at => at !== own)]

  function folderOf(name: string | null | undefined): ProjectFolder | undefined {
    if (name) {
      const wanted = canonicalName(name)
      const named = search.find(at => projectAt(at).names.includes(wanted))
      if (named !== undefined) return projectAt(named)
    }
    // A name that setup.py or a plugin computes cannot be compared; any other name is another project's.
    const asked = own === undefined ? undefined : projectAt(own)
    return asked && (asked.names.length === 0 || !name) ? asked : undefined
  }

  return (finding, project) => {
    const found = folderOf(project)
    return found && (writtenKey(found, finding) ?? { path: found.buildFile, line: 1 })
  }
}

/** Names that the files of the project's folder give it, normalized; none when a program computes it. */
export const projectNames = ({ files, folder = '' }: SourceFiles): readonly string[] => readFolder(files, folder).names

function readFolder(files: ReadonlyMap<string, string>, folder: string): ProjectFolder {
  const path = (name: string) => (folder === '' ? name : `${folder}/${name}`)
  const read = <T>(name: string, parse: (path: string, text: string) => T): T | undefined => {
    const text = files.get(path(name))
    return text === undefined ? undefined : parse(path(name), text)
  }
  const pyproject = read('pyproject.toml', tomlFile)
  const setupCfg = read('setup.cfg', parseSetupCfg)
  const cargo = pyproject && usesMaturin(pyproject) ? read('Cargo.toml', tomlFile) : undefined
  const names = [
    pyproject && textAt(pyproject.document, 'project', 'name'),
    pyproject && textAt(pyproject.document, 'tool', 'poetry', 'name'),
    pyproject && textAt(pyproject.document, 'tool', 'flit', 'metadata', 'dist-name'),
    pyproject && textAt(pyproject.document, 'tool', 'flit', 'metadata', 'module'),
    setupCfg?.name,
    cargo && textAt(cargo.document, 'package', 'name'),
  ]
  const buildFile = BUILD_FILES.map(path).find(name => files.has(name)) ?? path('pyproject.toml')
  return { pyproject, setupCfg, cargo, buildFile, names: names.flatMap(name => (name ? [canonicalName(name)] : [])) }
}

const usesMaturin = ({ document }: TomlFile): boolean => {
  const backend = textAt(document, 'build-system', 'build-backend')
  return (
    backend === 'maturin' ||
    itemsAt(document, 'build-system', 'requires').some(item => /^\s*maturin\b/.test(String(item)))
  )
}

/** The first key that exists: `[project]`, setup.cfg, Poetry's and flit's tables, Cargo.toml, then the string in `dynamic`. */
function writtenKey(folder: ProjectFolder, { field, value, topic }: Locatable): SourceLocation | undefined {
  const { pyproject, setupCfg, cargo } = folder
  if (field === undefined) return topic === 'contents' || topic === 'sdist' ? contentsTable(pyproject) : undefined
  if (/^(?:project|tool|build-system|dependency-groups)\b/.test(field))
    return pyproject && firstWritten(pyproject, enclosing(parseKeyPath(field)))
  return (
    (pyproject && firstWritten(pyproject, projectKeys(pyproject.document, field, value))) ??
    setupCfg?.locate(field, value) ??
    (pyproject && firstWritten(pyproject, poetryKeys(pyproject.document, field, value))) ??
    (pyproject && firstWritten(pyproject, flitKeys(pyproject.document, field, value))) ??
    (cargo && firstWritten(cargo, cargoKeys(field))) ??
    (pyproject && firstWritten(pyproject, dynamicKeys(pyproject.document, field)))
  )
}

const contentsTable = (pyproject: TomlFile | undefined) => pyproject && firstWritten(pyproject, CONTENTS_TABLES)

/** `project.dependencies[1]`, with quoted keys, as a key path. */
export function parseKeyPath(text: string): Key {
  const parts: (string | number)[] = []
  const part = /\.?(?:\[([0-9]{1,9})\]|"((?:[^"\\]|\\.)*)"|([^."[\]]+))/y
  for (;;) {
    const match = part.exec(text)
    if (!match) return parts
    if (match[1] !== undefined) parts.push(Number(match[1]))
    else parts.push(match[2] === undefined ? (match[3] ?? '') : unquote(match[2]))
  }
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

/** The path, then what encloses it. */
function* enclosing(path: Key): Generator<Key> {
  for (let depth = path.length; depth > 0; depth--) yield path.slice(0, depth)
}
