import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { inDistInfo } from '../../src/views/dist-info.js'
import { installed } from '../../src/views/install-tree.js'
import { licensePath } from '../../src/views/licenses.js'
import { someQuoted } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'
import { belowTop, sourcesOf } from './_sources.js'
import { alike, andOthers } from './_wheels.js'

export default rule({
  id: 'license-file-lost-in-wheel',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'A wheel is missing a license file that the sdist contains.',
  why: 'Most licenses require that every copy includes their text, and most users install the wheel.',
  fix: project => `List the file under ${project.key('License-File')}, and build the wheel again.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'content',
  follows: ['license text'],
  bad: [
    {
      release: [
        { sdist: { metadata: { 'License-File': ['LICENSE', 'NOTICE'] }, files: { '{top}/NOTICE': 'Thanks.\n' } } },
        { wheel: {} },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: null,
            metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null },
            files: { '{top}/setup.py': 'from setuptools import setup\n\nsetup()\n' },
          },
        },
        {
          wheel: {
            metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null },
            files: { '{dist-info}/licenses/LICENSE': null },
          },
        },
      ],
    },
    { release: [{ sdist: { files: { '{top}/NOTICE': 'Thanks.\n' } } }, { wheel: {} }] },
  ],
  good: [
    { release: [{ sdist: {} }, { wheel: {} }] },
    {
      release: [
        {
          sdist: {
            metadata: { 'License-File': ['LICENSE', 'vendor/COPYING'] },
            files: { '{top}/vendor/COPYING': 'Free.\n' },
          },
        },
        { wheel: { files: { 'demo/_vendor/COPYING': 'Free.\n' } } },
      ],
    },
  ],
  *check(release) {
    const sources = sourcesOf(release)
    if (!sources) return
    const wanted = sources.sdists.flatMap(licenseFiles)
    const lost = (wheel: Wheel, isSure: boolean): readonly LicenseFile[] => {
      if (wheel.members.files.length === 0) return []
      const has = licenseFinder(wheel)
      return wanted.filter(file => (file.isListed || !has.any) === isSure && !has.file(file))
    }
    for (const isSure of [true, false])
      for (const { wheels, items } of alike(
        release.wheels,
        wheel => lost(wheel, isSure),
        ({ path }) => path,
      )) {
        const [wheel] = wheels
        const [first] = items
        if (!wheel || !first) continue
        // A folder of licenses, of which the build took some: of what is in the wheel.
        const isChosen = items.every(({ path }) => chosenFrom(wheel, path))
        // An sdist in two formats lists them twice.
        const names = [...new Set(items.map(({ path }) => path))]
        yield finding(
          { field: 'License-File', value: first.path },
          `The wheel is missing the license ${names.length === 1 ? 'file' : 'files'} ${someQuoted(names)}, which the sdist contains${andOthers(wheels)}.`,
          {
            path: wheel.path,
            subject: first.path,
            // The sdist lists other files, so the purpose of this one is unknown.
            severity: isSure && !isChosen ? undefined : 'info',
            related: [{ path: first.sdist.path, member: first.member, message: 'license file in the sdist' }],
          },
        )
      }
  },
})

/** Does the wheel have others of the same folder, as REUSE keeps the licenses of all files of a project in LICENSES/? */
function chosenFrom(wheel: Wheel, path: string): boolean {
  const folders = inDistInfo(wheel).flatMap(one => /^licenses\/(.+\/)[^/]+$/.exec(one.path)?.[1] ?? [])
  if (path === 'REUSE.toml') return folders.includes('LICENSES/')
  // One folder for each bundled library, of which wheels for other systems have others.
  const [, collection] = /^((?:third[-_]?party[-_]?)?licen[cs]es\/)[^/]+\/./i.exec(path) ?? []
  if (collection !== undefined) return folders.some(folder => folder.startsWith(collection))
  return path.includes('/') && folders.includes(path.slice(0, path.lastIndexOf('/') + 1))
}

/** Looks for licenses in a wheel: by content anywhere, by path in .dist-info, by name where old tools put them. */
function licenseFinder(wheel: Wheel) {
  const own = inDistInfo(wheel)
  const hashes = new Set(wheel.members.files.map(({ sha256 }) => sha256))
  const paths = new Set(own.map(({ path }) => path))
  // Repair tools and backends add to a text. A license deep in the tree belongs to something bundled.
  const shallow = installed(wheel).filter(({ parts }) => parts.length <= 2)
  const data = wheel.members.files.filter(({ path }) => /^[^/]+\.data\/data\//.test(path))
  const names = new Set([...own, ...shallow, ...data].map(({ path }) => basename(path)))
  const usesFolders = own.some(({ path }) => /^licenses\/.+\//.test(path))
  return {
    any: own.some(({ path }) => isLicenseName(basename(path)) || path.startsWith('licenses/')),
    file: ({ path, sha256 }: LicenseFile): boolean =>
      hashes.has(sha256) ||
      paths.has(`licenses/${path}`) ||
      (names.has(basename(path)) && !(usesFolders && path.includes('/'))),
  }
}

interface LicenseFile {
  readonly sdist: Sdist
  readonly member: string
  /** Below the top directory. */
  readonly path: string
  readonly sha256: string
  /** Named by License-File. */
  readonly isListed: boolean
}

/** What PKG-INFO lists, and the top-level files that are licenses by name. */
function licenseFiles(sdist: Sdist): readonly LicenseFile[] {
  const { members, metadata } = sdist
  const listed = new Set(
    (metadata ? given(metadata, 'License-File') : []).map(({ value }) => licensePath(sdist, value)),
  )
  return members.files
    .filter(({ path, sha256, actualSize }) => {
      if (sha256 === '' || actualSize === 0) return false
      return listed.has(path) || isLicenseName(belowTop(path))
    })
    .map(member => ({
      sdist,
      member: member.path,
      path: belowTop(member.path),
      sha256: member.sha256,
      isListed: listed.has(member.path),
    }))
}

const isLicenseName = (path: string) =>
  /^(?:licen[cs]e|copying|unlicense|notice)(?:[._-][^/]*)?$/i.test(path) && !/\.(?:py|pyc|in|tmpl)$|header/i.test(path)

const basename = (path: string) => path.slice(path.lastIndexOf('/') + 1)
