import { finding, quote, rule } from '../../src/rule.js'
import { backendOf } from '../../src/views/pyproject.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { setuptoolsFiles } from './_dynamic-files.js'
import { folderOf, needsOf, providers } from './_dynamic-metadata.js'

const pyproject = (input: string) =>
  `[build-system]\nrequires = ["scikit-build-core", "dynamic-metadata"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\ndynamic = ["version"]\n\n[[tool.dynamic-metadata]]\nprovider = "dynamic_metadata.regex"\nfield = "version"\ninput = "${input}"\n`

const setuptools = (key: string, file: string) =>
  `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["${key}"]\n\n[tool.setuptools.dynamic]\n${key} = { file = ["${file}"] }\n`

export default rule({
  id: 'dynamic-metadata-input-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata 0.6, "Bundled plugins"; scikit-build-core 1.1; setuptools, "Dynamic Metadata"',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/plugins.html',
  summary: 'The sdist does not contain a file that dynamic metadata is read from.',
  why: 'The build from the sdist fails, because the provider does not find the file. setuptools ignores the missing file, and builds a project without a version or without dependencies.',
  breaks: 'The build from the sdist fails, or produces a project without a version or without dependencies.',
  fix: 'Include the file in the sdist, or correct its path.',
  byHand: 'Only a person knows whether the path is wrong, or the file was forgotten.',
  absence: 'member',
  bad: [
    { sdist: { pyproject: pyproject('src/demo/version.py') } },
    { sdist: { pyproject: pyproject('../version.txt') } },
    {
      sdist: {
        pyproject: setuptools('dependencies', 'requirements.txt'),
        metadata: { 'Requires-Dist': 'attrs', Dynamic: 'Requires-Dist' },
      },
    },
    { sdist: { pyproject: setuptools('dependencies', 'requirements.txt'), metadata: { Dynamic: 'Requires-Dist' } } },
    { sdist: { pyproject: setuptools('readme', 'docs/intro.md'), metadata: { Dynamic: 'Description' } } },
  ],
  good: [
    {
      sdist: {
        pyproject: pyproject('./src/demo/version.py'),
        files: { '{top}/src/demo/version.py': 'VERSION = "1.0"\n' },
      },
    },
    {
      sdist: {
        pyproject: setuptools('dependencies', 'requirements.txt'),
        metadata: { 'Requires-Dist': 'attrs', Dynamic: 'Requires-Dist' },
        files: { '{top}/requirements.txt': 'attrs\n' },
      },
    },
  ],
  *check(sdist) {
    const { pyproject, members, top, metadata } = sdist
    if (!pyproject || top === undefined) return
    const faultOf = (path: string): string | undefined => {
      const inside = folderOf(path)?.slice(0, -1)
      if (inside === undefined) return `is outside ${placeOfFiles(sdist)}`
      return members.get(`${top}/${inside}`)?.type === 'file' ? undefined : `is not in ${placeOfFiles(sdist)}`
    }
    for (const { installed, table, place } of providers(pyproject)) {
      const needs = installed === undefined ? undefined : needsOf(installed)
      if (installed === undefined || needs === undefined || needs === 'unknown') continue
      for (const key of needs.files ?? []) {
        const path = table[key]
        const fault = typeof path === 'string' ? faultOf(path) : undefined
        if (typeof path === 'string' && fault !== undefined)
          yield finding(place(key), `${quote(path)}, which the provider ${quote(installed)} reads, ${fault}.`, {
            subject: `${installed} ${key}`,
          })
      }
    }
    if (backendOf(pyproject) !== 'setuptools') return
    // What is required is lost only where the sdist requires something.
    const isLost = (key: string) =>
      key === 'version' || (/dependencies$/.test(key) && metadata?.first('Requires-Dist') !== undefined)
    const told = new Set<string>()
    for (const { key, path, at } of setuptoolsFiles(pyproject)) {
      // Several extras may read one file.
      if (told.has(`${key} ${path}`)) continue
      told.add(`${key} ${path}`)
      const fault = faultOf(path)
      if (fault !== undefined)
        yield finding(
          at,
          `${quote(path)}, which setuptools reads for project.${key}, ${fault}: setuptools builds a wheel ${WITHOUT[key] ?? 'without it'}.`,
          { subject: `${key} ${path}`, ...(!isLost(key) && { severity: 'warning' }) },
        )
    }
  },
})

/** What the newest setuptools makes of it: test/builds. */
const WITHOUT: Readonly<Record<string, string>> = {
  version: 'of version 0.0.0',
  dependencies: 'that requires nothing',
}
