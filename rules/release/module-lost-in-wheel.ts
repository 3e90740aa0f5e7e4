import { rule } from '../../src/rule.js'
import { lostFiles } from './_lost.js'

export default rule({
  id: 'module-lost-in-wheel',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'A wheel lacks modules of a package of which it has others, while the sdist has them.',
  why: 'Imports that work in a checkout fail for everybody who installs the wheel.',
  fix: 'Add the packages to those that the build includes, or say in its `exclude` that they are left out on purpose.',
  precision: 'medium',
  absence: 'content',
  bad: [
    { release: [{ sdist: { files: { '{top}/src/demo/core.py': 'x = 1\n' } } }, { wheel: {} }] },
    {
      release: [
        { sdist: { files: { '{top}/src/demo/io/__init__.py': '', '{top}/src/demo/io/csv.py': 'x = 1\n' } } },
        { wheel: {} },
      ],
    },
  ],
  good: [
    {
      release: [
        {
          sdist: {
            files: {
              '{top}/src/demo/tests/test_core.py': 'x = 1\n',
              '{top}/src/demo/_ffi_build.py': 'x = 1\n',
              '{top}/tools/check.py': 'x = 1\n',
            },
          },
        },
        { wheel: {} },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject:
              '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nwhere = ["src"]\nexclude = ["demo.dev*"]\n',
            files: { '{top}/src/demo/dev/__init__.py': '', '{top}/src/demo/dev/lint.py': 'x = 1\n' },
          },
        },
        { wheel: {} },
      ],
    },
  ],
  check: release => lostFiles(release, 'modules'),
})
