import type { EntryPoints } from '../distribution/entry-points.js'
import type { Metadata, MetadataField } from '../distribution/metadata.js'
import { isTable, type Pyproject } from '../distribution/pyproject.js'
import type { SourceLocation } from '../finding.js'
import { groupBy } from '../group-by.js'
import { compareMetadataVersions } from '../standards/core-metadata.js'
import { entryPointsKey, meansProject, meantProjectKey, PROJECT_KEYS_OF_FIELD } from '../standards/project-keys.js'
import { linesOf } from '../text/lines.js'
import type { Declared } from './declared.js'
import { declaredByProject, licenseFiles } from './declared-project.js'
import { declaredBySetup } from './declared-setup.js'
import { declaredByFlit, declaredByPoetry } from './declared-tables.js'
import { firstWritten, itemsAt, type Key, keysAt, textAt } from './document.js'
import type { ProjectFolder } from './folder.js'
import { flitKeys, poetryKeys } from './other-tables.js'

/** The file that the description is read from. */
export interface ReadmeText {
  /** Its path in the facts. */
  readonly member: string
  readonly text: string
  readonly utf8: boolean
}

export interface StaticFiles {
  /** The file that `readme` of what is declared names; undefined where there is none. */
  readonly readme: ReadmeText | undefined
  /** Files of the tree, relative to the project's folder. */
  readonly paths: readonly string[]
}

/** What the files of a project say of its core metadata without a build. */
export interface StaticMetadata {
  readonly metadata: Metadata | undefined
  readonly entryPoints: EntryPoints | undefined
  /** May a build give a field that is not among those of `metadata`? */
  mayGive(field: string): boolean
}

/** What current build backends write. */
const WRITTEN_VERSION = '2.4'

/** What the build files declare, whichever of them the backend reads. */
export function declaredIn(folder: ProjectFolder): Declared {
  const document = folder.pyproject?.document
  if (document && isNoPackage(document, folder)) return { ...NOTHING, isOpen: false }
  if (document?.project) return withDynamic(folder, document, declaredByProject(document))
  const backend = document && textAt(document, 'build-system', 'build-backend')
  const isSetuptools = backend === undefined || /^setuptools(?![A-Za-z0-9_])/.test(backend)
  if (document && isTable(document.get('tool', 'poetry')) && !(isSetuptools && backend !== undefined))
    return declaredByPoetry(document)
  if (document && isTable(document.get('tool', 'flit', 'metadata'))) return declaredByFlit(document)
  const isOther = /^(?:poetry|flit)/.test(backend ?? '')
  return (isOther ? undefined : setupOf(folder)) ?? NOTHING
}

const NOTHING: Declared = { fields: [], entries: [], isOpen: true, mayGive: () => true }

/** Does the project say that nothing is built of it, as the top of a workspace does? */
const isNoPackage = (document: Pyproject, { setupCfg, setupScript }: ProjectFolder): boolean =>
  [
    ['uv', 'package'],
    ['poetry', 'package-mode'],
    ['pdm', 'distribution'],
  ].some(key => document.get('tool', ...key) === false) ||
  (isTable(document.get('tool', 'uv', 'workspace')) &&
    ['project', 'build-system'].every(key => document.get(key) === undefined) &&
    setupCfg === undefined &&
    setupScript === undefined)

const setupOf = ({ setupCfg, setupScript, pyproject }: ProjectFolder): Declared | undefined =>
  declaredBySetup({
    setupCfg,
    setupPy: setupScript,
    requires: (pyproject ? itemsAt(pyproject.document, 'build-system', 'requires') : []).filter(
      item => typeof item === 'string',
    ),
  })

/** `[project]`, and for what `dynamic` leaves to the backend the older files that the backend reads. */
function withDynamic(folder: ProjectFolder, document: Pyproject, project: Declared): Declared {
  const left = itemsAt(document, 'project', 'dynamic').filter(item => typeof item === 'string')
  const backend = textAt(document, 'build-system', 'build-backend') ?? 'setuptools'
  // poetry-core takes commands from its own table also where `dynamic` does not say so.
  const isPoetry = /^poetry\.core(?![A-Za-z0-9_])/.test(backend) && isTable(document.get('tool', 'poetry'))
  const older = isPoetry
    ? declaredByPoetry(document)
    : left.length > 0 && /^setuptools(?![A-Za-z0-9_])/.test(backend)
      ? setupOf(folder)
      : undefined
  const isLeft = (field: string) =>
    (PROJECT_KEYS_OF_FIELD.get(field) ?? []).some(
      key => left.includes(key) && document.locate(['tool', 'setuptools', 'dynamic', key]) === undefined,
    )
  const isLeftOut = (key: string) => left.includes(key) || (isPoetry && keysAt(document, 'project', key).length === 0)
  const has = (field: string) => project.fields.some(one => one.field === field)
  return {
    ...project,
    fields: [...project.fields, ...(older?.fields ?? []).filter(({ field }) => isLeft(field) && !has(field))],
    entries: [...project.entries, ...(older?.entries ?? []).filter(({ group }) => isLeftOut(entryPointsKey(group)))],
    readme: project.readme ?? (left.includes('readme') ? older?.readme : undefined),
    mayGive: field => mayBeGiven(folder, document, field),
  }
}

/** The metadata that a build makes of what is declared, as far as the files tell. */
export function staticMetadata(folder: ProjectFolder, declared: Declared, files: StaticFiles): StaticMetadata {
  const document = folder.pyproject?.document
  const member = folder.buildFile.path
  const lacksReadme = declared.readme !== undefined && !files.readme
  const fields = [
    ...declared.fields.filter(
      ({ field }) => field !== 'Description' && (field !== 'Description-Content-Type' || !lacksReadme),
    ),
    ...(document?.project ? licenseFiles(document, files.paths) : []),
  ]
  const written = declared.fields.find(({ field }) => field === 'Description')
  const description: Metadata['description'] = files.readme
    ? descriptionOf(files.readme, document)
    : declared.description
      ? { ...declared.description, from: 'body', utf8: true }
      : written && { text: written.value, line: written.line, from: 'body', utf8: true }
  const metadata = fields.length > 0 ? metadataOf(member, folder.buildFile.text, fields, description) : undefined
  const { problems = [] } = declared
  const has = (field: string) =>
    field === 'Description' ? description !== undefined : fields.some(one => one.field === field)
  return {
    metadata,
    entryPoints:
      declared.entries.length + problems.length > 0
        ? { member, groups: [], entries: declared.entries, problems }
        : undefined,
    mayGive: field => !has(field) && declared.mayGive(field),
  }
}

function metadataOf(
  member: string,
  text: string,
  fields: readonly MetadataField[],
  description: Metadata['description'],
): Metadata {
  const byName = groupBy(fields, ({ field }) => field)
  const all = (field: string): readonly MetadataField[] => byName.get(field) ?? []
  const lines = linesOf(text)
  return {
    member,
    fields,
    all,
    first: field => all(field)[0],
    value: field => all(field)[0]?.value,
    version: WRITTEN_VERSION,
    atLeast: wanted => (compareMetadataVersions(WRITTEN_VERSION, wanted) ?? -1) >= 0,
    description,
    body: { text: description?.text ?? '', line: 1, utf8: description?.utf8 ?? true },
    problems: [],
    cut: false,
    lineText: line => lines.text(line),
  }
}

/** Modules of build backends that write an empty line for an empty README; others write no description. */
const WRITE_EMPTY_LINE = ['poetry', 'flit']

function descriptionOf(
  { member, text, utf8 }: ReadmeText,
  document: Pyproject | undefined,
): NonNullable<Metadata['description']> {
  const lines = linesOf(text)
  const backend = (document && textAt(document, 'build-system', 'build-backend')) ?? ''
  const writesLine = text === '' && WRITE_EMPTY_LINE.some(module => backend.startsWith(module))
  return {
    text: writesLine ? '\n' : text,
    line: 1,
    from: 'body',
    utf8,
    file: { member, lineText: line => lines.text(line) },
  }
}

/** Build backends that were seen to take from `[project]` all that is not in `dynamic`, but for what older files say. */
const ADDS_NOTHING =
  /^(?:setuptools|hatchling|flit_core|poetry\.core|pdm\.backend|uv_build|scikit_build_core|mesonpy)(?![A-Za-z0-9_])/

/** What other files give although `[project]` does not, or what its key leaves to the backend. */
function mayBeGiven(folder: ProjectFolder, document: Pyproject, field: string): boolean {
  const backend = textAt(document, 'build-system', 'build-backend') ?? 'setuptools'
  if (!ADDS_NOTHING.test(backend)) return true
  const keys = PROJECT_KEYS_OF_FIELD.get(field) ?? []
  const left = itemsAt(document, 'project', 'dynamic').filter(item => typeof item === 'string')
  // The rules of `[project]` tell of a name and a version that are not there.
  if (field === 'Name' || field === 'Version' || keys.some(key => left.includes(key))) return true
  // What is written and yet gives no field is told by the rules of `[project]`, and so is a key in another spelling.
  const isEmpty = (key: string) => {
    const value = document.get('project', key)
    return value === undefined || (Array.isArray(value) && value.length === 0)
  }
  if (keys.some(key => !isEmpty(key))) return true
  if (Object.keys(document.data ?? {}).some(meansProject)) return true
  if (keysAt(document, 'project').some(key => !PROJECT_KEYS.has(key) && keys.includes(meantProjectKey(key) ?? '')))
    return true
  const { pyproject, setupCfg } = folder
  const written: (SourceLocation | undefined)[] = [
    setupCfg?.locate(field, undefined),
    folder.setupPy()?.locate(field, undefined),
    pyproject && firstWritten(pyproject, poetryKeys(document, field, undefined)),
    pyproject && firstWritten(pyproject, flitKeys(document, field, undefined)),
    pyproject && field === 'Project-URL' ? firstWritten(pyproject, POETRY_URLS) : undefined,
  ]
  return written.some(place => place !== undefined)
}

const PROJECT_KEYS: ReadonlySet<string> = new Set([...PROJECT_KEYS_OF_FIELD.values()].flat())

const POETRY_URLS: readonly Key[] = ['homepage', 'repository', 'documentation'].map(key => ['tool', 'poetry', key])
