import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { texts } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { builtWith, CARGO, DEMO } from './_backends.js'

/** What `maturin new` writes since version 1.9. */
const BETTER = 'maturin>=1.9,<2.0'

export default rule({
  id: 'maturin-unconstrained',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'maturin documentation, "Project layout"',
  url: 'https://www.maturin.rs/tutorial.html',
  summary: '`build-system.requires` contains maturin without a version.',
  why: 'A later version of maturin may contain breaking changes. maturin warns about it at each build, and says that it will become an error.',
  fix: `Write \`${BETTER}\`.`,
  byHand: 'The sample projects have no crates. test/advice/edits.test.ts follows the edits of the examples.',
  bad: { sdist: { pyproject: builtWith('maturin', DEMO), files: CARGO } },
  good: {
    sdist: {
      pyproject: builtWith('maturin', DEMO).replace('"maturin"', `"${BETTER}"`),
      files: CARGO,
    },
  },
  *check({ pyproject }) {
    if (pyproject?.get('build-system', 'build-backend') !== 'maturin') return
    for (const [index, text] of texts(pyproject.get('build-system', 'requires'))) {
      const requirement = attempt(parseRequirement, text)
      if (!requirement || canonicalName(requirement.name) !== 'maturin' || requirement.url !== undefined) continue
      if (requirement.specifier.clauses.length > 0) continue
      const at = pyproject.place('build-system', 'requires', index)
      const isPlain = text.trim() === 'maturin'
      yield finding(
        at,
        'maturin does not have a version constraint: it warns at each build, and will refuse to build.',
        {
          ...(isPlain && {
            remedy: safely({ kind: 'set', key: at.field ?? '', was: JSON.stringify(text), value: BETTER }),
          }),
        },
      )
    }
  },
})
