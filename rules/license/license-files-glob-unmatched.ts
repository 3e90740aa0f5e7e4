import { trackedOf } from '../../src/project/tracked.js'
import { finding, quote, rule } from '../../src/rule.js'
import { globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { texts, unlessStops } from '../../src/views/pyproject.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { thousands } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { hinter } from '../shared/hints.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'license-files-glob-unmatched',
  topic: 'license',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "license-files"; PEP 639',
  url: pyprojectToml('license-files'),
  summary: 'A pattern in `project.license-files` does not match any file in the sdist.',
  why: 'Backends must reject it; setuptools and hatchling silently omit License-File.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: project => `Include the file in the sdist (${setting(project, 'includeInSdist')}), or correct the pattern.`,
  byHand: 'Only a person knows whether the path is wrong, or the file was forgotten.',
  absence: 'member',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "Demo"\nlicense-files = ["LICENSE", "NOTICE"]\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense-files = ["LICENSE", "NOTICE"]\n',
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense-files = ["LICEN[CS]E*"]\n',
    },
  },
  *check(sdist, { tracked }) {
    const { pyproject, top, members } = sdist
    if (!pyproject || top === undefined) return
    const budget = globBudget()
    // What the project has tells an sdist that has lost the file from a pattern that is wrong.
    const ofProject = trackedOf(sdist, tracked)
    const hint = hinter(() => [...paths, ...ofProject])
    const prefix = `${top}/`
    const paths = members.list.flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []))
    const patterns = [...texts(pyproject.get('project', 'license-files'))].map(([index, pattern]) => {
      const matches = globProblem(pattern) === undefined ? globMatcher(pattern, budget) : () => true
      const isMatched = paths.some(path => matches(path))
      const isOver = budget.left < 0
      return { index, pattern, isMatched, isOver, isOfProject: !isMatched && ofProject.some(path => matches(path)) }
    })
    const isNothing = patterns.every(({ isMatched }) => !isMatched)
    for (const { index, pattern, isMatched, isOver, isOfProject } of patterns) {
      if (isMatched) continue
      if (isOver) {
        yield finding(
          pyproject.place('project', 'license-files', index),
          `The pattern ${quote(pattern)} and those after it were not checked against the files in ${placeOfFiles(sdist)}: the limit of ${thousands(globBudget().left)} steps was reached.`,
          { severity: 'warning', enforcedBy: [] },
        )
        return
      }
      yield finding(
        pyproject.place('project', 'license-files', index),
        `The pattern ${quote(pattern)} does not match any file in ${placeOfFiles(sdist)}.${hint(pattern)}`,
        {
          ...unlessStops(pyproject, ['setuptools', 'hatchling', 'maturin']),
          ...((sdist.tree || (ofProject.length > 0 && !isOfProject)) && {
            help: 'Correct the pattern, or add the file.',
          }),
          ...(isNothing && { explains: ['License-File', ...(OF_LICENSE.test(pattern) ? ['license text'] : [])] }),
        },
      )
    }
  },
})

const OF_LICENSE = /licen[cs]e|copying/i
