import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { backendOf } from '../../src/views/pyproject.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { setting } from '../shared/advice.js'
import { pyprojectToml } from '../shared/specifications.js'
import { folderOf } from './_dynamic-metadata.js'

const pyproject = (backend: string, module: string, file: string) =>
  `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${module}"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense = { file = "${file}" }\n`

/** Backends that stop where the file is missing: of those that read the table, all but setuptools, which warns. */
const REFUSE = new Set([
  'flit-core',
  'hatchling',
  'meson-python',
  'pdm-backend',
  'poetry-core',
  'scikit-build-core',
  'uv-build',
])

export default rule({
  id: 'project-license-file-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "license"',
  url: pyprojectToml('license'),
  summary: 'The sdist does not contain the file that `project.license` names.',
  why: 'All backends but setuptools read the file and fail; setuptools builds distributions without the license text.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: project => `Include the file in the sdist (${setting(project, 'includeInSdist')}), or correct its path.`,
  byHand: 'Only a person knows whether the path is wrong, or the file was forgotten.',
  absence: 'member',
  explains: ['License', 'License-File', 'license text'],
  bad: [
    { sdist: { pyproject: pyproject('hatchling', 'hatchling.build', 'COPYING.txt') } },
    { sdist: { pyproject: pyproject('setuptools', 'setuptools.build_meta', '../LICENSE') } },
  ],
  good: { sdist: { pyproject: pyproject('hatchling', 'hatchling.build', './LICENSE') } },
  *check(sdist) {
    const { pyproject, members, top } = sdist
    const file = pyproject?.get('project', 'license', 'file')
    if (!pyproject || top === undefined || typeof file !== 'string' || file.trim() === '') return
    const path = folderOf(file)?.slice(0, -1)
    if (path !== undefined && members.get(`${top}/${path}`)?.type === 'file') return
    const backend = backendOf(pyproject)
    yield finding(
      pyproject.place('project', 'license', 'file'),
      `The license file ${quote(file)} is ${path === undefined ? 'outside' : 'not in'} ${placeOfFiles(sdist)}.`,
      {
        ...(!(backend !== undefined && REFUSE.has(backend)) && { severity: 'warning' }),
        ...(sdist.tree && { help: instead(sdist) }),
      },
    )
  },
})

/** The table is deprecated: where the text is there under another name, both are corrected at once. */
function instead({ members }: Sdist): string {
  const [only, ...others] = members.files.flatMap(({ path }) => TEXT.exec(path)?.[1] ?? [])
  return only === undefined || others.length > 0
    ? 'Correct the path, or add the file.'
    : `Set \`license\` to an SPDX expression, such as \`"MIT"\`, and \`license-files = ["${only}"]\`; or correct the path.`
}

const TEXT = /^[^/]+\/((?:LICEN[CS]E|COPYING)(?:\.(?:md|rst|txt))?)$/i
