import { once } from '../once.js'
import { canonicalName } from '../standards/name.js'
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
}

/** The files of one folder that say how a project is built. */
export interface ProjectFolder {
  readonly pyproject: TomlFile | undefined
  readonly setupCfg: SetupCfg | undefined
  readonly hasSetupPy: boolean
  /** Read when it is first asked for: where other files say all, its text is of no use. */
  readonly setupPy: () => SetupPy | undefined
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

export function readFolder(files: ReadonlyMap<string, string>, folder: string): ProjectFolder {
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
  return {
    pyproject,
    setupCfg,
    hasSetupPy: files.has(path('setup.py')),
    setupPy: once(() => read('setup.py', parseSetupPy)),
    cargo,
    buildFile: { path: buildFile, text: files.get(buildFile) ?? '' },
    names: names.flatMap(name => (name ? [canonicalName(name)] : [])),
  }
}

const usesMaturin = ({ document }: TomlFile): boolean => {
  const backend = textAt(document, 'build-system', 'build-backend')
  return (
    backend === 'maturin' ||
    itemsAt(document, 'build-system', 'requires').some(item => /^\s*maturin\b/.test(String(item)))
  )
}
