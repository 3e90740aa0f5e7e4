import type { Distribution, Release, Sdist, Wheel } from './distribution/distribution.js'
import type { Homes } from './homes.js'
import { once } from './once.js'
import { type ProjectFolder, projectFolders, readFolder, type SourceFiles } from './project/folder.js'
import { type Clues, homesOf } from './project/homes.js'
import { generatorOf } from './views/generator.js'
import { backendFamily } from './views/pyproject.js'

/** Finds the project that distributions were built from: what advice names. Its files are read when they are asked for. */
export interface Builders {
  /** Of one file; an sdist must be asked about before the wheels of its release. */
  of(one: Distribution): () => Homes
  ofRelease(release: Release): () => Homes
  /** Its folder in the source tree; undefined where there is none. */
  folderOf(one: Sdist | Wheel): ProjectFolder | undefined
}

/**
 * The project's files come from the source tree where it is that of the distribution's project, else from the sdist of the
 * same release; the backend comes from them, else from the wheel's Generator.
 */
export function buildersIn(sources: SourceFiles | undefined): Builders {
  const folders = once(() => sources && projectFolders(sources))
  const ofSdists = new Map<string, () => ProjectFolder | undefined>()
  const release = (one: Sdist | Wheel) => `${one.project} ${one.version}`
  const folderOf = (one: Sdist | Wheel) => folders()?.folderOf(one.project) ?? ofSdists.get(release(one))?.()

  const of = (one: Distribution): (() => Homes) => {
    if (one.kind !== 'wheel' && one.kind !== 'sdist') return once(() => homesOf({}))
    if (one.kind === 'sdist' && !ofSdists.has(release(one)))
      ofSdists.set(
        release(one),
        once(() => folderOfSdist(one)),
      )
    return once(() => homesOf(cluesOf(folderOf(one), one)))
  }
  return {
    of,
    folderOf: one => folders()?.folderOf(one.project),
    ofRelease({ sdists, wheels }) {
      const [one] = [...sdists, ...wheels]
      return one ? of(one) : () => homesOf({})
    },
  }
}

function cluesOf(folder: ProjectFolder | undefined, one: Sdist | Wheel): Clues {
  const generator = one.kind === 'wheel' ? generatorOf(one) : undefined
  const backend = folder ? backendOf(folder) : generator?.backend
  return { folder, backend, backendVersion: backend === generator?.backend ? generator?.version : undefined }
}

/** Without pyproject.toml, a frontend calls setuptools. */
const backendOf = ({ pyproject }: ProjectFolder): string | undefined =>
  pyproject ? backendFamily(pyproject.document) : 'setuptools'

/** The build files of an sdist; undefined when it has none that says something of the project. */
function folderOfSdist({ top, texts, pyproject }: Sdist): ProjectFolder | undefined {
  if (top === undefined || pyproject?.error) return undefined
  const files = new Map<string, string>()
  for (const name of ['pyproject.toml', 'setup.cfg', 'setup.py']) {
    const file = texts.get(`${top}/${name}`)
    const text = name === 'pyproject.toml' ? pyproject?.text : file?.text
    if (text !== undefined) files.set(name, text)
  }
  return files.size === 0 ? undefined : readFolder(files, '')
}
