import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { texts } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'project-keywords-comma',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "keywords"; core metadata specification, "Keywords"',
  url: pyprojectToml('keywords'),
  summary: 'A keyword contains a comma.',
  why: 'Backends join keywords with commas, so it becomes several keywords.',
  fix: 'Write each keyword as a separate string.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nkeywords = ["demo, files"]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const [index, text] of texts(pyproject.get('project', 'keywords')))
      if (text.includes(','))
        yield finding(
          within(pyproject.place('project', 'keywords', index), ','),
          `The keyword ${quote(text)} contains a comma, so it becomes several keywords.`,
          {
            remedy: safely({
              kind: 'set',
              key: `project.keywords[${index}]`,
              was: JSON.stringify(text),
              value: text
                .split(',')
                .map(word => word.trim())
                .filter(word => word !== ''),
            }),
          },
        )
  },
})
