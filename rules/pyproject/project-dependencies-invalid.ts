import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { isClearRequirement, repairRequirement } from '../../src/views/dependencies.js'
import { problemOf } from '../../src/views/parsed.js'
import { backendOf, entries, texts } from '../../src/views/pyproject.js'
import { replacing } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO, STOPS_OR_REFUSED } from './_backends.js'

export default rule({
  id: 'project-dependencies-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "dependencies/optional-dependencies"; dependency specifiers',
  url: pyprojectToml('dependencies-optional-dependencies'),
  summary: 'A dependency in `[project]` is not a valid requirement.',
  why: 'Most backends reject it; flit copies it unchecked, and poetry-core guesses the meaning of some, such as `attrs>1.*`.',
  breaks: STOPS_OR_REFUSED,
  fix: 'Write a dependency specifier, such as `attrs>=23,<25`.',
  bad: [
    {
      sdist: {
        pyproject: builtWith('flit-core', DEMO, 'description = "Demo"\ndependencies = ["attrs => 23"]'),
      },
    },
    {
      sdist: { pyproject: builtWith('poetry-core', DEMO, 'dependencies = ["attrs => 23"]') },
    },
    {
      sdist: { pyproject: builtWith('poetry-core', DEMO, 'dependencies = ["attrs >= 23.*"]') },
    },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    const isPoetry = backendOf(pyproject) === 'poetry-core'
    const lists = [
      { path: ['dependencies'], value: pyproject.get('project', 'dependencies') },
      ...entries(pyproject.get('project', 'optional-dependencies')).map(([extra, value]) => ({
        path: ['optional-dependencies', extra],
        value,
      })),
    ]
    for (const { path, value } of lists) {
      for (const [index, text] of texts(value)) {
        const problem = problemOf(parseRequirement, text)
        if (!problem) continue
        const better = repairRequirement(text)
        const hint = better === undefined ? '' : ` Did you mean ${quote(better)}?`
        const at = pyproject.place('project', ...path, index)
        yield finding(
          atProblem(at, text, problem),
          `${quote(text)} is not a valid requirement: ${problem.message}.${hint}`,
          {
            ...(isPoetry && isTakenByPoetry(text) && { severity: 'warning' }),
            remedy: replacing(at.field ?? '', text, better, isClearRequirement(text)),
          },
        )
      }
    }
  },
})

/** poetry-core 2.5 reads a name that ends like its middle, `~=1`, `<>1`, `>=1.*`, `==1.*.*`, `>=dev` and a comment at the end. */
function isTakenByPoetry(text: string): boolean {
  const [said = ''] = text.split(/\s#/, 1)
  const plain = said
    .replace(/^([A-Za-z0-9][\w.-]{0,200}?)[-._]{1,20}(?![\w.-])/, '$1')
    .replace(/([<>]=?|~=)(\s*)dev\b|([=!]=)(\s*)dev\b/g, '$1$3 0.dev0')
    .replace(/<>/g, '==')
    .replace(/~=(\s*\d{1,20})(?![\w.!+-])/g, '~=$1.0')
    .replace(/([<>]=?\s{0,5}[\d.]{1,50})\.\*(?![.\w])/g, '$1')
    .replace(/(\d)(?:\.\*){2,5}/g, '$1.*')
  return plain !== text && attempt(parseRequirement, plain) !== undefined
}
