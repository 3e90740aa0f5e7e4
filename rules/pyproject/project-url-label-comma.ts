import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entries } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'project-url-label-comma',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Project-URL"',
  url: pyprojectToml('urls'),
  summary: 'A label in `[project.urls]` contains a comma.',
  why: 'In the metadata, the label ends at the first comma, so the rest becomes part of the URL.',
  fix: 'Write the label without a comma.',
  byHand: 'Only a person can choose another name.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.urls]\n"Docs, latest" = "https://demo.readthedocs.io"\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const [label] of entries(pyproject.get('project', 'urls')))
      if (label.includes(','))
        yield finding(
          within(pyproject.keyPlace('project', 'urls', label), ','),
          `The label ${quote(label)} contains a comma; tools read it as ${quote(label.slice(0, label.indexOf(',')))}.`,
          { remedy: safely({ kind: 'rename', what: 'url', name: label, by: withoutCommas(label) }) },
        )
  },
})

const withoutCommas = (label: string) =>
  label
    .split(',')
    .map(part => part.trim())
    .join(' ')
    .trim()
