import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { backendOf } from '../../src/views/pyproject.js'
import { readmeFile } from '../../src/views/readme.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { setting } from '../shared/advice.js'
import { replacing } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

const READMES = [
  'README.md',
  'README.rst',
  'README.txt',
  'README',
  'readme.md',
  'Readme.md',
  'README.MD',
  'README.adoc',
]

/** The README that is there: often it only has another suffix. */
const meant = (path: string, present: readonly string[]): string | undefined =>
  nearest(path, present) ?? (/^readme(?:\.|$)/i.test(path) ? present[0] : undefined)

export default rule({
  id: 'project-readme-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "readme"',
  url: pyprojectToml('readme'),
  summary: 'The sdist does not contain the README that `[project]` names.',
  why: 'Most backends then fail to build a wheel from the sdist; setuptools builds one with an empty description.',
  breaks: BUILD_STOPS,
  fix: project =>
    `Correct the path in \`readme\`, or add the file, and make sure that the sdist includes it (${setting(project, 'includeInSdist')}).`,
  byHand: 'Only a person knows whether the path is wrong, or the file was forgotten.',
  absence: 'member',
  explains: ['Description', 'Description-Content-Type'],
  bad: [
    { sdist: { files: { '{top}/README.md': null } } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'readme = "../README.md"') } },
    { sdist: { pyproject: builtWith('setuptools', DEMO, 'readme = "README.rst"') } },
  ],
  good: { sdist: {} },
  *check(sdist) {
    const { pyproject, top, members } = sdist
    const readme = pyproject && readmeFile(pyproject)
    if (!readme || top === undefined) return
    const parts = readme.path.split('/').filter(part => part !== '' && part !== '.')
    if (parts.includes('..') || readme.path.startsWith('/')) {
      yield finding(readme.at, `The README ${quote(readme.path)} is outside the source tree.`, {
        severity: 'warning',
      })
      return
    }
    const path = [top, ...parts].join('/')
    if (members.has(path) || members.has(`./${path}`)) return
    const near = meant(
      readme.path,
      READMES.filter(name => members.has(`${top}/${name}`)),
    )
    const hint = near === undefined ? '' : ` Did you mean ${quote(near)}?`
    yield finding(readme.at, `The README ${quote(readme.path)} is not in ${placeOfFiles(sdist)}.${hint}`, {
      ...(backendOf(pyproject) === 'setuptools' && { severity: 'warning' }),
      remedy: replacing(readme.at.field ?? '', readme.path, near, false),
    })
  },
})
