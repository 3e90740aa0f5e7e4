import type { TextEdit } from '../text/edit.js'
import type { IniOption } from '../text/ini.js'
import { type IniEditor, iniEditor } from '../text/ini-edit.js'
import { type TomlEditor, tomlEditor } from '../text/toml-edit.js'
import { type TomlFile, tomlFile } from './document.js'
import type { ProjectFolder } from './folder.js'

/** What one change does to one file. */
export interface FileEdit extends TextEdit {
  readonly file: EditedFile
  /** `project.classifiers[1]` */
  readonly key: string
  /** The key as it is called afterwards, where that is what changes. */
  readonly newKey?: string
}

/** A file of the project that can be changed, without its byte order mark. */
export interface EditedFile {
  readonly path: string
  readonly text: string
}

export interface EditedToml extends EditedFile {
  readonly toml: TomlFile
  readonly editor: TomlEditor
}

export interface EditedIni extends EditedFile {
  readonly ini: IniEditor
}

/** What changes are made in. */
export interface EditedFolder {
  readonly pyproject: EditedToml | undefined
  readonly setupCfg: EditedIni | undefined
  /** Does setup.py give the field? It has the last word then. */
  isInScript(field: string): boolean
  readonly names: readonly string[]
}

/** No person keeps a larger one, and each edit reads it anew. */
const LARGEST = 256 * 1024

/** Reads the files of a project's folder for changes. */
export function editedFolder({ pyproject, setupCfg, setupPy, names }: ProjectFolder): EditedFolder {
  const plain = (text: string) => text.replace(/^\ufeff/, '')
  const toml = pyproject && plain(pyproject.document.text)
  const cfg = setupCfg && plain(setupCfg.text)
  return {
    pyproject:
      pyproject && toml !== undefined && toml.length <= LARGEST
        ? { path: pyproject.path, text: toml, toml: tomlFile(pyproject.path, toml), editor: tomlEditor(toml) }
        : undefined,
    setupCfg:
      setupCfg && cfg !== undefined && cfg.length <= LARGEST
        ? { path: setupCfg.path, text: cfg, ini: iniEditor(cfg) }
        : undefined,
    isInScript: field => setupPy()?.locate(field, undefined) !== undefined,
    names,
  }
}

/** The key of an option as setuptools knows it, behind its section and a dot. */
export const optionId = ({ section, name }: IniOption) =>
  `${section.trim()}.${name.text.toLowerCase().replaceAll('-', '_')}`

export const iniEdit = (file: EditedIni, option: IniOption, edit: TextEdit): FileEdit => ({
  ...edit,
  file,
  key: `${option.section.trim()}.${option.name.text}`,
})
