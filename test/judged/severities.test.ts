import { expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import type { Example, ExampleFile } from '../../src/example.js'
import type { Severity } from '../../src/finding.js'
import { auditBuilt } from '../support/audit-built.js'

const untyped = (description: string): Example => ({
  wheel: { metadata: { 'Description-Content-Type': null }, description },
})
const boundTo = (filename: string, bound: string): Example => ({
  wheel: { filename, metadata: { 'Requires-Python': bound } },
})
const licensed = (text: string): Example => ({
  wheel: { metadata: { 'License-Expression': null, 'License-File': null, License: text } },
})

const OLD: Example & { sdist: object } = {
  sdist: { metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null } },
}
const built = (required: string, more: string, setup?: string): Example => ({
  sdist: {
    pyproject: `[build-system]\nrequires = ["${required}"]\nbuild-backend = "${required === 'maturin' ? 'maturin' : 'setuptools.build_meta'}"\n\n[project]\nname = "demo"\nversion = "1.0"\n${more}\n`,
    files: setup === undefined ? {} : { '{top}/setup.py': `from setuptools import setup\n\n${setup}` },
  },
})
const unlicensed = (more: string): Example => ({
  sdist: {
    pyproject: `[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[tool.flit.metadata]\nmodule = "demo"\n${more}`,
    metadata: { 'License-Expression': null, 'License-File': null },
  },
})
const empty = (metadata: NonNullable<ExampleFile['metadata']>): Example => ({
  wheel: { files: { 'demo/__init__.py': null }, metadata },
})
/** reStructuredText that its indentation breaks. */
const indented = (isTyped: boolean): Example => ({
  wheel: {
    metadata: {
      'Description-Content-Type': isTyped ? 'text/x-rst' : null,
      Description: 'Demo\n        ====\n        \n        Reads files.',
    },
    description: '',
  },
})
const web = (name: string): Example => ({
  release: [
    { sdist: { files: { '{top}/src/demo/web/main.1e9b61e675cc1ff4.js': 'let a = 1\n' } } },
    { wheel: { files: { [`demo/web/${name}`]: 'let a = 2\n' } } },
  ],
})

/** Each kind with its true opposite. */
const CASES: readonly (readonly [rule: string, what: string, Example, Severity | undefined])[] = [
  ['description-content-type-missing', 'reStructuredText', untyped('Demo\n====\n\nReads *files*.\n'), 'info'],
  ['description-content-type-missing', 'invalid reStructuredText', untyped('Demo\n==\n\n.. nothing:: x\n'), 'warning'],
  [
    'description-content-type-missing',
    'Markdown',
    untyped('# Demo\n\nReads [files](https://ann-author.dev/).\n\n## Usage\n\nRead.\n'),
    'warning',
  ],
  ['requires-python-upper-bound', 'any wheel', boundTo('demo-1.0-py3-none-any.whl', '>=3.9,<3.13'), 'info'],
  ['requires-python-upper-bound', 'no bound', boundTo('demo-1.0-py3-none-any.whl', '>=3.9'), undefined],
  ['tag-python-requires-mismatch', 'py2.py3', boundTo('demo-1.0-py2.py3-none-any.whl', '>=3.9'), 'info'],
  ['tag-python-requires-mismatch', 'py2 alone', boundTo('demo-1.0-py2-none-any.whl', '>=3.9'), 'error'],
  [
    'tag-python-requires-mismatch',
    'cp38 beside cp312',
    boundTo('demo-1.0-cp38.cp312-none-any.whl', '>=3.9'),
    'warning',
  ],
  ['tag-python-requires-mismatch', 'cp38 alone', boundTo('demo-1.0-cp38-cp38-win_amd64.whl', '>=3.9'), 'error'],
  ['metadata-control-character', 'page breaks of the GPL', licensed('GNU LGPL\f Page 2\f Page 3'), 'info'],
  ['metadata-control-character', 'a bell in License', licensed('MIT\u0007'), 'warning'],
  ['metadata-control-character', 'a form feed in Author', { wheel: { metadata: { Author: 'Ann\f' } } }, 'warning'],
  ['record-path-invalid', 'a directory', { wheel: { make: 'recordDirectory' } }, 'warning'],
  ['record-path-invalid', 'another installation', { wheel: { make: 'recordOutside' } }, 'error'],
  ['record-hash-encoding', 'hexadecimal', { wheel: { make: 'recordHexDigest' } }, 'warning'],
  ['record-hash-weak', 'MD5', { wheel: { make: 'recordMd5' } }, 'error'],
  ['record-hash-mismatch', 'another content', { wheel: { make: 'recordWrongHash' } }, 'error'],
  ['dist-info-installer-file', 'INSTALLER', { wheel: { files: { '{dist-info}/INSTALLER': 'pip\n' } } }, 'warning'],
  [
    'dist-info-installer-file',
    'a stale origin',
    { wheel: { files: { '{dist-info}/direct_url.json': '{}' } } },
    'error',
  ],
  ['wheel-version-invalid', 'twice', { wheel: { wheel: { 'Wheel-Version': ['1.0', '1.0'] } } }, 'warning'],
  ['wheel-version-invalid', 'no number', { wheel: { wheel: { 'Wheel-Version': 'one' } } }, 'error'],
  ['path-backslash', 'in an sdist, which uv refuses', { sdist: { files: { '{top}/demo\\data.txt': '' } } }, 'error'],
  ['wheel-build-mismatch', 'a lost build tag', { wheel: { wheel: { Build: '2' } } }, 'warning'],
  ['sdist-junk-files', 'settings of a team', { sdist: { files: { '{top}/.claude/settings.json': '{}' } } }, 'info'],
  [
    'sdist-junk-files',
    'settings of one person',
    { sdist: { files: { '{top}/.claude/settings.local.json': '{}' } } },
    'warning',
  ],
  ['sdist-junk-files', 'a cache among tests', { sdist: { files: { '{top}/tests/.mypy_cache/a.json': '{}' } } }, 'info'],
  ['sdist-junk-files', 'a cache', { sdist: { files: { '{top}/src/.mypy_cache/a.json': '{}' } } }, 'info'],
  ['junk-in-wheel', 'settings', { wheel: { files: { 'demo/.claude/settings.json': '{}' } } }, 'warning'],
  [
    'path-collision',
    'in a package',
    { sdist: { files: { '{top}/demo/A.txt': '', '{top}/demo/a.txt': '' } } },
    'warning',
  ],
  [
    'requirement-self',
    'with a version',
    { wheel: { metadata: { 'Requires-Dist': 'demo>=0.5; extra == "a"' } } },
    'warning',
  ],
  ['dist-info-code', 'a library', { wheel: { files: { '{dist-info}/licenses/a.so': 'x' } } }, 'warning'],
  [
    'wheel-module-not-in-sdist',
    'tests and a module',
    { release: [{ sdist: {} }, { wheel: { files: { 'demo/tests/test_a.py': 'x = 1\n', 'demo/b.py': 'x = 2\n' } } }] },
    'warning',
  ],
  [
    'import-fails',
    'the source tree of another project',
    { wheel: { files: { 'other_src/src/other/__init__.py': 'from .fast import run\n' } } },
    'info',
  ],
  [
    'import-fails',
    'a namespace package',
    { wheel: { files: { 'other/part/__init__.py': 'from .fast import run\n' } } },
    'error',
  ],
  [
    'egg-info-source-missing',
    'of the project',
    {
      sdist: {
        files: {
          '{top}/demo.egg-info/top_level.txt': 'demo\n',
          '{top}/demo.egg-info/SOURCES.txt': 'pyproject.toml\ndemo/core.py\n',
        },
      },
    },
    'warning',
  ],
  ['sdist-metadata-too-old', 'alone', OLD, 'warning'],
  ['sdist-metadata-too-old', 'next to a wheel for every platform', { release: [OLD, { wheel: {} }] }, 'info'],
  [
    'sdist-metadata-too-old',
    'next to a wheel for one platform',
    { release: [OLD, { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl' } }] },
    'warning',
  ],
  ['license-missing', 'in an sdist', unlicensed(''), 'warning'],
  [
    'license-missing',
    'that flit forgot',
    unlicensed('classifiers = ["License :: OSI Approved :: MIT License"]\n'),
    'info',
  ],
  ['project-dynamic-invalid', 'setuptools', built('setuptools', 'dynamic = ["home_page"]'), 'error'],
  ['project-dynamic-invalid', 'maturin, which reads any', built('maturin', 'dynamic = ["home_page"]'), 'warning'],
  ['project-dynamic-invalid', 'maturin, a number', built('maturin', 'dynamic = [1]'), 'error'],
  [
    'pyproject-static-and-dynamic',
    'maturin, which takes both',
    built('maturin', 'description = "Reads."\ndynamic = ["description"]'),
    'warning',
  ],
  ['build-backend-too-old', 'that ignores all', built('setuptools<61', ''), 'error'],
  ['build-backend-too-old', 'on one Python', built("setuptools<61; python_version < '3.8'", ''), 'warning'],
  ['build-backend-too-old', 'with setup.py', built('setuptools<61', '', 'setup(name="demo")\n'), undefined],
  [
    'build-backend-too-old',
    'with a setup.py that leaves all to [project]',
    built('setuptools<61', '', 'setup()\n'),
    'error',
  ],
  ['wheel-empty', 'named like what it requires', empty({ 'Requires-Dist': 'pydemo>=1' }), undefined],
  ['wheel-empty', 'that says so', empty({ Summary: 'Dummy package for demo2' }), undefined],
  ['wheel-empty', 'with a requirement', empty({ 'Requires-Dist': 'numpy' }), 'warning'],
  ['description-content-type-missing', 'an indented header', indented(false), 'info'],
  ['description-as-header', 'that does not render', indented(true), 'info'],
  [
    'description-as-header',
    'that renders',
    {
      wheel: {
        metadata: { 'Description-Content-Type': 'text/markdown', Description: 'Demo\n        |Reads.' },
        description: '',
      },
    },
    'warning',
  ],
  ['data-lost-in-wheel', 'another build of a page', web('main.26389e69be95e1a4.js'), undefined],
  ['data-lost-in-wheel', 'another date', web('main.20250101.js'), 'warning'],
  ['tar-not-pax', 'GNU', { sdist: { make: 'tar-gnu' } }, 'warning'],
  ['tar-not-pax', 'pax', { sdist: {} }, undefined],
  ['tar-old-mtime', 'the time 0, by default', { sdist: { make: 'tar-mtime-zero' } }, undefined],
]

it.each(CASES)('%s: %s', async (rule, _, example, severity) => {
  const { findings } = await auditBuilt(await buildExample(example), RULES, {}, {}, { profile: 'default' })
  const own = findings.filter(one => one.rule === rule)
  expect([...new Set(own.map(one => one.severity))]).toEqual(severity === undefined ? [] : [severity])
})

it('shows old times in a tar to the strict', async () => {
  const built = await buildExample({ sdist: { make: 'tar-mtime-zero' } })
  const { findings } = await auditBuilt(built, RULES, {}, {}, { profile: 'strict' })
  expect(findings.map(({ rule }) => rule)).toContain('tar-old-mtime')
})
