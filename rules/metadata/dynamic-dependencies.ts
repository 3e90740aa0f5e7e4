import { finding, rule } from '../../src/rule.js'
import { list } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'dynamic-dependencies',
  topic: 'metadata',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Dynamic"; PEP 643',
  url: coreMetadata('dynamic'),
  summary: 'The dependencies or Requires-Python are marked as dynamic.',
  why: 'A resolver must build the sdist to find out what it requires, which is slow and may fail.',
  fix: project => {
    const form = project.home('Requires-Dist')?.form
    return form === 'setup.py' || form === 'setup.cfg'
      ? `Move the metadata from ${form} to \`[project]\` of pyproject.toml, \`name\` and \`version\` too: setuptools treats only what is declared there as static.`
      : 'Move `dependencies` and `requires-python` into `[project]`, where they do not depend on the machine, and remove their names from `dynamic`.'
  },
  byHand: 'Only a person can make the value independent of the machine.',
  bad: {
    sdist: {
      metadata: { Dynamic: 'Requires-Dist' },
      pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
    },
  },
  good: { sdist: {} },
  *check({ metadata }) {
    // Names in lowercase have their own rule.
    const found = (metadata?.all('Dynamic') ?? []).filter(({ value }) => /^Requires-(?:Dist|Python)$/.test(value))
    const [first] = found
    if (!first) return
    const names = [...new Set(found.map(({ value }) => value))]
    yield finding(
      first,
      `${list(names)} ${names.length === 1 ? 'is' : 'are'} marked as dynamic, so resolvers must build the sdist to learn the value${names.length === 1 ? '' : 's'}.`,
      { subject: 'dynamic' },
    )
  },
})
