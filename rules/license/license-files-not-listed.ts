import { finding, quote, rule } from '../../src/rule.js'
import { globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { dynamicKeys, isList, texts } from '../../src/views/pyproject.js'
import { andMore } from '../../src/wording.js'
import { pyprojectToml } from '../shared/specifications.js'

/** The first version of each backend that writes License-File for `license-files`. */
const LICENSE_FILES: Readonly<Record<string, string>> = {
  setuptools: '77',
  hatchling: '1.27',
  'flit-core': '3.12',
  'poetry-core': '2.2',
  'pdm-backend': '2.4',
}

export default rule({
  id: 'license-files-not-listed',
  topic: 'license',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "license-files"; PEP 639',
  url: pyprojectToml('license-files'),
  summary: 'License-File does not list a file that `project.license-files` matches.',
  why: 'Wheels are built without the file, and tools do not find the text.',
  fix: ({ backend }) => {
    const since = LICENSE_FILES[backend ?? '']
    return since === undefined
      ? 'Build with a version of the backend that supports `license-files`.'
      : `Build with ${backend} ${since} or later, which supports \`license-files\`.`
  },
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense-files = ["LICENSE", "NOTICE"]\n',
      files: { '{top}/NOTICE': 'A notice\n' },
    },
  },
  good: { sdist: {} },
  misses: ['License-File'],
  *check({ pyproject, top, members, metadata }) {
    const patterns = pyproject?.get('project', 'license-files')
    if (!pyproject || top === undefined || !metadata?.atLeast('2.4') || !isList(patterns)) return
    if (dynamicKeys(pyproject).includes('license-files')) return
    const listed = metadata.all('License-File')
    const first = listed[0]
    if (patterns.length === 0 && first)
      yield finding(first, `License-File ${quote(first.value)} is listed, but project.license-files is empty.`)
    const names = new Set(listed.map(({ value }) => value))
    const prefix = `${top}/`
    const budget = globBudget()
    for (const [index, pattern] of texts(patterns)) {
      if (globProblem(pattern) !== undefined) continue
      const matches = globMatcher(pattern, budget)
      const missing = members.files
        .filter(({ path }) => path.startsWith(prefix) && matches(path.slice(prefix.length)))
        .map(({ path }) => path.slice(prefix.length))
        // Libraries differ in whether a pattern matches names with a leading dot.
        .filter(path => !names.has(path) && !path.split('/').some(part => part.startsWith('.')))
      // The rule license-files-glob-unmatched reports that the limit was reached.
      if (budget.left < 0) return
      const [example] = missing
      if (example === undefined) continue
      const more = andMore(missing.length - 1)
      yield finding(
        pyproject.place('project', 'license-files', index),
        `The pattern ${quote(pattern)} matches ${quote(example)}${more}, which no License-File field lists.`,
      )
    }
  },
})
