import type { SourceLocation } from '../finding.js'
import { coreField } from '../standards/core-metadata.js'
import { splitLines } from '../text/lines.js'
import { firstPlace, firstWritten, type Key, textAt } from './document.js'
import type { ProjectFolder } from './folder.js'
import type { Locatable } from './locate.js'

/**
 * Where a field belongs that no key gives: the header of `[project]`, of the backend's own table, of `[metadata]` in
 * setup.cfg, or the call of `setup`. Undefined for what is not a field of the project.
 */
export function lackingTable(folder: ProjectFolder, { field, value }: Locatable): SourceLocation | undefined {
  if (field === undefined || !isOfProject(field)) return undefined
  const { pyproject, setupCfg, cargo } = folder
  const setupCall = folder.setupPy()?.call
  return (
    (pyproject && firstWritten(pyproject, tablesFor(field, textAt(pyproject.document, ...POETRY, 'name')))) ??
    (cargo && firstWritten(cargo, [['package']])) ??
    // What has a value and is in no file that can be read comes from the program.
    (value === undefined ? undefined : setupCall) ??
    setupCfg?.lacking(field) ??
    setupCall ??
    (pyproject && firstPlace(pyproject)) ??
    setupCfg?.first ??
    firstLine(folder)
  )
}

/** Build backends write the version of the metadata, and fields that no specification knows, on their own. */
const isOfProject = (field: string) =>
  field === 'entry-points' || (field !== 'Metadata-Version' && coreField(field) !== undefined)

const POETRY: Key = ['tool', 'poetry']

function* tablesFor(field: string, poetryName: string | undefined): Generator<Key> {
  yield ['project']
  // Without a name, the table only has settings.
  if (poetryName !== undefined) {
    if (field.startsWith('Requires-')) yield [...POETRY, 'dependencies']
    yield POETRY
  }
  yield ['tool', 'flit', 'metadata']
}

function firstLine({ buildFile: { path, text } }: ProjectFolder): SourceLocation {
  const [line = ''] = splitLines(text, 1)
  return { path, line: 1, column: 1, endColumn: line.length + 1 }
}

/** The build file as a whole, on the line that says most about who built from it. */
export function wholeFile(folder: ProjectFolder): SourceLocation {
  const { pyproject, setupCfg, buildFile } = folder
  const at = pyproject
    ? (firstWritten(pyproject, [['build-system'], ['project']]) ?? firstPlace(pyproject))
    : setupCfg
      ? (setupCfg.lacking('Name') ?? setupCfg.first)
      : folder.setupPy()?.call
  return { path: buildFile.path, line: at?.line ?? 1 }
}
