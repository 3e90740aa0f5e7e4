import { readCompanion } from '../distribution/companion.js'
import { kindByName } from '../distribution/kind.js'
import type { Listed } from '../distribution/listed.js'
import type { Given } from '../run.js'
import { sha256 } from '../runtime.js'
import { MediumError } from '../source/medium-error.js'
import { isAddress } from '../source/source.js'
import { canonicalName } from '../standards/name.js'
import { parseRequirement } from '../standards/requirement.js'
import { compareVersions } from '../standards/version.js'
import { UsageError } from '../usage-error.js'
import { plural, quote, sentence } from '../wording.js'
import { projectOfPage, shownUrl } from './address.js'
import type { Credentials } from './credentials.js'
import { type Client, statusText } from './http.js'
import { type Asked, projectPage } from './pages.js'
import { type Found, type IndexFile, type IndexPage, newestRelease, versionOf } from './simple.js'
import { remoteTarget } from './target.js'

const MiB = 1024 * 1024
const MOST_METADATA = 16 * MiB
const MOST_PROVENANCE = MiB

export interface Release {
  /** `demo`, `demo==1.0` */
  readonly requirement: string
  /** Default: one file, whose metadata speaks for all. */
  readonly allFiles?: boolean | undefined
  readonly prereleases?: boolean | undefined
}

export interface ReleaseFiles {
  readonly targets: readonly Given[]
  /** What was chosen, and what the index says of the project: for people, in whole sentences. */
  readonly notes: readonly string[]
}

/**
 * The files of a release on an index. `indexes`: addresses, in the order in which they are asked; the first one that has the project
 * counts. @throws UsageError where there is no such release, or no answer.
 */
export async function releaseFiles(
  client: Client,
  credentials: Credentials,
  indexes: readonly string[],
  { requirement, allFiles = false, prereleases = false }: Release,
): Promise<ReleaseFiles> {
  const { project, specifier } = parsed(requirement)
  const { page, at } = await pageOf(client, credentials, indexes, project)
  if (page.status === 'quarantined' && page.files.length === 0)
    throw new UsageError(`${shownUrl(at)} says that ${quote(project)} is quarantined: it offers no files.`)
  const found = newestRelease(page, project, specifier, prereleases)
  if (!found) throw nothingFound(page, project, specifier, at)
  const files = allFiles ? found.files : [preferred(found)]
  return {
    targets: files.map(file => fileTarget(client, file, at)),
    notes: notesOn(page, found, files, at, project),
  }
}

function parsed(text: string): { readonly project: string; readonly specifier: string } {
  let requirement: ReturnType<typeof parseRequirement>
  try {
    requirement = parseRequirement(text)
  } catch {
    throw new UsageError(
      `${quote(text)} is not the name of a project, nor a name with a version: NAME, NAME==VERSION.${hintFor(text)}`,
    )
  }
  const { name, url, marker } = requirement
  if (url !== undefined || marker !== undefined)
    throw new UsageError(`${quote(text)} has more than a name and versions: NAME, NAME==VERSION.`)
  return { project: canonicalName(name), specifier: String(requirement.specifier) }
}

/** For who gives an address. */
function hintFor(text: string): string {
  if (!isAddress(text) || !URL.canParse(text)) return ''
  const page = projectOfPage(new URL(text))
  return page === undefined
    ? ' An address of a file is audited without `index`.'
    : ` Did you mean \`distaudit index ${page}\`?`
}

async function pageOf(
  client: Client,
  credentials: Credentials,
  indexes: readonly string[],
  project: string,
): Promise<Asked<IndexPage>> {
  for (const index of indexes) {
    const found = await projectPage(client, credentials.take(new URL(`${project}/`, index)))
    if (found !== 'missing' && found !== 'unchanged') return found
  }
  const asked = indexes.map(index => shownUrl(new URL(index)))
  throw new UsageError(`There is no project ${quote(project)} on ${asked.join(' or ')}.`)
}

function nothingFound(page: IndexPage, project: string, specifier: string, at: URL): UsageError {
  const versions = page.files.flatMap(({ filename }) => versionOf(filename, project) ?? [])
  const newest = versions.sort((a, b) => compareVersions(b, a))[0]
  const wanted = specifier === '' ? 'that is not yanked' : specifier
  const hint = newest === undefined ? 'It lists no wheels and sdists.' : `The newest one is ${newest}.`
  return new UsageError(`${shownUrl(at)} has no release ${wanted}. ${hint}`)
}

/** One file for all: a wheel for every platform, else one for Linux on x86_64, else any wheel, else the sdist. */
function preferred({ files }: Found): IndexFile {
  const wheels = files.filter(({ filename }) => kindByName(filename) === 'wheel')
  const chosen =
    wheels.find(({ filename }) => filename.endsWith('-any.whl')) ??
    wheels.findLast(({ filename }) => /linux[^-]*_x86_64\.whl$/.test(filename)) ??
    wheels[0] ??
    files[0]
  if (!chosen) throw new Error('a release has files')
  return chosen
}

function notesOn(
  { status, reason }: IndexPage,
  { version, files: every }: Found,
  files: readonly IndexFile[],
  at: URL,
  project: string,
): readonly string[] {
  const yanked = files.filter(file => file.yanked !== undefined)
  const why = yanked.find(file => file.yanked !== '')?.yanked
  const because = (text: string | undefined) => (text ? `: ${sentence(text)}` : '.')
  const [only] = files
  return [
    files.length < every.length && only
      ? `${shownUrl(at)} has ${plural(every.length, 'file')} of ${project} ${version}; this is ${only.filename}. \`--all-files\` audits them all.`
      : `${shownUrl(at)} has ${plural(every.length, 'file')} of ${project} ${version}.`,
    ...(status === undefined ? [] : [`The index says that the project is ${status}${because(reason)}`]),
    ...(yanked.length === 0
      ? []
      : [
          `${yanked.length === 1 ? (yanked[0]?.filename ?? '') : `${yanked.length} files of the release`} ${yanked.length === 1 ? 'is' : 'are'} yanked${because(why)}`,
        ]),
  ]
}

/** A file of an index, with what the index says of it. */
function fileTarget(client: Client, file: IndexFile, at: URL): Given {
  const listed = async (): Promise<Listed> => ({
    page: shownUrl(at),
    sha256: file.sha256,
    size: file.size,
    requiresPython: file.requiresPython,
    ...(file.metadata && { metadata: await metadataOf(client, file) }),
    ...(file.provenance && { provenance: await provenanceOf(client, file, file.provenance) }),
  })
  return remoteTarget(client, file.url, { filename: file.filename, size: file.size, listed })
}

async function metadataOf(client: Client, { url, metadata }: IndexFile): Promise<Listed['metadata']> {
  const own = new URL(url)
  own.pathname += '.metadata'
  const stated = metadata?.sha256
  const bytes = await bytesAt(client, own, MOST_METADATA)
  return typeof bytes === 'string' ? { stated, fault: bytes } : { stated, actual: sha256().update(bytes).digest('hex') }
}

async function provenanceOf(client: Client, { filename }: IndexFile, url: URL): Promise<Listed['provenance']> {
  const bytes = await bytesAt(client, url, MOST_PROVENANCE)
  if (typeof bytes === 'string') return { subjects: [], fault: bytes }
  return readCompanion({ kind: 'provenance', of: filename, suffix: '.provenance' }, bytes)
}

/** The bytes, or why they cannot be had. */
async function bytesAt(client: Client, url: URL, most: number): Promise<Uint8Array | string> {
  try {
    const { status, bytes } = await client.whole(url, {}, most)
    return status === 200 ? bytes : `${shownUrl(url)} answers ${statusText(status)}`
  } catch (error) {
    if (error instanceof MediumError) return error.message
    throw error
  }
}
