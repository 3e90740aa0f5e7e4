import { finding, quote, rule } from '../../src/rule.js'
import { fits } from '../../src/text/ascii.js'

const isDotted = fits(/^\w+(?:\.\w+)*$/, () => /^[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*$/u)

export default rule({
  id: 'entry-point-group-invalid',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'An entry point group name contains characters other than letters, digits, underscores and dots.',
  why: 'Tools that follow the specification reject or skip the group.',
  fix: (project, about) =>
    `Rename the group under ${project.key('entry-points', about.value)}: use a dotted name, like that of a Python package.`,

  byHand: 'Only a person can choose another name.',
  bad: { wheel: { entryPoints: '[demo-plugins]\none = demo.cli:main\n' } },
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check({ entryPoints }) {
    for (const group of entryPoints?.groups ?? [])
      if (!isDotted(group.name.slice(0, 1000)))
        yield finding(
          group,
          `The group name ${quote(group.name)} is not valid (expected a dotted name, such as package.plugins).`,
        )
  },
})
