import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName, isName, nearName } from '../../src/standards/name.js'
import { entries } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { STOPS_OR_REFUSED } from './_backends.js'

export default rule({
  id: 'project-extra-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "dependencies/optional-dependencies"; PEP 685',
  url: pyprojectToml('dependencies-optional-dependencies'),
  summary: 'The name of an extra is not valid.',
  why: 'PyPI and twine reject the files built from it, and users cannot request the extra.',
  breaks: STOPS_OR_REFUSED,
  fix: 'Use only ASCII letters, digits and `-`, and start and end with a letter or digit.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.optional-dependencies]\n"fast io" = ["attrs"]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const [extra] of entries(pyproject.get('project', 'optional-dependencies')))
      if (!isName(extra)) {
        const better = canonicalName(nearName(extra) ?? '')
        const at = pyproject.keyPlace('project', 'optional-dependencies', extra)
        yield finding(
          { ...at, value: extra },
          `${quote(extra)} is not a valid name for an extra.${better === '' ? '' : ` Did you mean ${quote(better)}?`}`,
          {
            subject: at.field,
            remedy: better === '' ? undefined : safely({ kind: 'rename', what: 'extra', name: extra, by: better }),
          },
        )
      }
  },
})
