import { once } from '../once.js'
import { canonicalName } from '../standards/name.js'
import { splitLines } from '../text/lines.js'
import { itemsAt, type TomlFile, textAt, tomlFile } from './document.js'
import { parseSetupCfg, type SetupCfg } from './setup-cfg.js'
import { parseSetupPy, type SetupPy } from './setup-py.js'

/** The project's own files, by path relative to the repository root, with `/`. */
export interface SourceFiles {
  readonly files: ReadonlyMap<string, string>
  /** Folder of the project that was asked for, relative to the root; '' (default) is the root itself. */
  readonly folder?: string | undefined
  /** Texts of the files that its description is made of, in their order, by path like the others. */
  readonly readmes?: ReadonlyMap<string, string> | undefined
  /** The text of a file of its code, by path like the others. */
  readonly code?: ((path: string) => string | undefined) | undefined
}

/** The files of one folder that say how a project is built. */
export interface ProjectFolder {
  readonly pyproject: TomlFile | undefined
  readonly setupCfg: SetupCfg | undefined
  readonly hasSetupPy: boolean
  /** Read when it is first asked for: where other files say all, its text is of no use. */
  readonly setupPy: () => SetupPy | undefined
  /** The text of setup.py. */
  readonly setupScript: { readonly path: string; readonly text: string } | undefined
  readonly cargo: TomlFile | undefined
  /** pyproject.toml, else setup.cfg, else setup.py. */
  readonly buildFile: { readonly path: string; readonly text: string }
  /** Names that the folder's files give the project, normalized. */
  readonly names: readonly string[]
}

export const BUILD_FILES: readonly string[] = ['pyproject.toml', 'setup.cfg', 'setup.py']
/** What a folder of a project is read from. */
export const PROJECT_FILES: readonly string[] = [...BUILD_FILES, 'Cargo.toml']

/** Names that the files of the project's folder give it, normalized; none when a program computes it. */
export const projectNames = ({ files, folder = '' }: SourceFiles): readonly string[] => readFolder(files, folder).names

/** The folders with build files; each is read when it is first needed: most audits ask for one. */
export interface ProjectFolders {
  /** That of the project that was asked for. */
  readonly own: () => ProjectFolder | undefined
  /** That of a project by name, else the own one where it may be meant. */
  folderOf(name: string | null | undefined): ProjectFolder | undefined
}

export function projectFolders({ files, folder = '' }: SourceFiles): ProjectFolders {
  const paths = [...files.keys()].filter(path => BUILD_FILES.includes(path.slice(path.lastIndexOf('/') + 1)))
  const folders = [...new Set(paths.map(path => path.slice(0, Math.max(0, path.lastIndexOf('/')))))].sort()
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
  const asked = () => (own === undefined ? undefined : projectAt(own))
  return {
    own: asked,
    folderOf(name) {
      if (name) {
        const wanted = canonicalName(name)
        const named = search.find(at => projectAt(at).names.includes(wanted))
        if (named !== undefined) return projectAt(named)
      }
      // A name that setup.py or a plugin computes cannot be compared; any other name is another project's.
      const found = asked()
      return found && (found.names.length === 0 || !name) ? found : undefined
    },
  }
}

export function readFolder(files: ReadonlyMap<string, string>, folder: string): ProjectFolder {
  const path = (name: string) => (folder === '' ? name : `${folder}/${name}`)
  const read = <T>(name: string, parse: (path: string, text: string) => T): T | undefined => {
    const text = files.get(path(name))
    return text === undefined ? undefined : parse(path(name), text)
  }
  const pyproject = read('pyproject.toml', tomlFile)
  const setupCfg = read('setup.cfg', parseSetupCfg)
  const cargo = pyproject && usesMaturin(pyproject) ? read('Cargo.toml', tomlFile) : undefined
  const setupPy = once(() => read('setup.py', parseSetupPy))
  const elsewhere = [
    pyproject && textAt(pyproject.document, 'project', 'name'),
    pyproject && textAt(pyproject.document, 'tool', 'poetry', 'name'),
    pyproject && textAt(pyproject.document, 'tool', 'flit', 'metadata', 'dist-name'),
    pyproject && textAt(pyproject.document, 'tool', 'flit', 'metadata', 'module'),
    setupCfg?.name,
    cargo && textAt(cargo.document, 'package', 'name'),
    pyproject?.document.error && nameInText(pyproject.document.text),
  ]
  const names = elsewhere.some(Boolean) ? elsewhere : [setupPy()?.name]
  const buildFile = BUILD_FILES.map(path).find(name => files.has(name)) ?? path('pyproject.toml')
  return {
    pyproject,
    setupCfg,
    hasSetupPy: files.has(path('setup.py')),
    setupPy,
    setupScript: read('setup.py', (path, text) => ({ path, text })),
    cargo,
    buildFile: { path: buildFile, text: files.get(buildFile) ?? '' },
    names: names.flatMap(name => (name ? [canonicalName(name)] : [])),
  }
}

/** The name in a pyproject.toml that cannot be parsed, on a line of its own. */
function nameInText(text: string): string | undefined {
  let table = ''
  for (const line of splitLines(text)) {
    table = /^\s*\[([\w.-]+)\]/.exec(line)?.[1] ?? table
    const [, , name] = /^\s*name\s*=\s*(["'])([\w.-]+)\1/.exec(line) ?? []
    if (name !== undefined && (table === 'project' || table === 'tool.poetry')) return name
  }
  return undefined
}

const usesMaturin = ({ document }: TomlFile): boolean => {
  const backend = textAt(document, 'build-system', 'build-backend')
  return (
    backend === 'maturin' ||
    itemsAt(document, 'build-system', 'requires').some(item => typeof item === 'string' && /^\s*maturin\b/.test(item))
  )
}
