import { finding, quote, rule } from '../../src/rule.js'
import { folderOf, needsOf, providers } from './_dynamic-metadata.js'

const pyproject = (input: string) =>
  `[build-system]\nrequires = ["scikit-build-core", "dynamic-metadata"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\ndynamic = ["version"]\n\n[[tool.dynamic-metadata]]\nprovider = "dynamic_metadata.regex"\nfield = "version"\ninput = "${input}"\n`

export default rule({
  id: 'dynamic-metadata-input-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata 0.6, "Bundled plugins"; scikit-build-core 1.1',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/plugins.html',
  summary: 'A file that a provider of dynamic metadata reads is not in the sdist.',
  why: 'The sdist cannot be built: the provider finds no file to read.',
  fix: 'Include the file in the sdist, or correct its path.',
  absence: 'member',
  bad: [
    { sdist: { pyproject: pyproject('src/demo/version.py') } },
    { sdist: { pyproject: pyproject('../version.txt') } },
  ],
  good: {
    sdist: {
      pyproject: pyproject('./src/demo/version.py'),
      files: { '{top}/src/demo/version.py': 'VERSION = "1.0"\n' },
    },
  },
  *check({ pyproject, members, top }) {
    if (!pyproject || top === undefined) return
    for (const { installed, table, place } of providers(pyproject)) {
      const needs = installed === undefined ? undefined : needsOf(installed)
      if (installed === undefined || needs === undefined || needs === 'unknown') continue
      for (const key of needs.files ?? []) {
        const path = table[key]
        if (typeof path !== 'string') continue
        const inside = folderOf(path)?.slice(0, -1)
        if (inside !== undefined && members.files.some(member => member.path === `${top}/${inside}`)) continue
        const fault = inside === undefined ? 'is outside the sdist' : 'is not in the sdist'
        yield finding(place(key), `${quote(path)}, which the provider ${quote(installed)} reads, ${fault}.`, {
          subject: `${installed} ${key}`,
        })
      }
    }
  },
})
