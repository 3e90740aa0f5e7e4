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
  summary: 'A wheel is missing modules that the sdist contains, although it contains others of the same package.',
  why: 'Imports that work in a checkout fail for everyone who installs the wheel. Private modules that the build files of meson-python do not list are reported as info.',
  fix: 'Include the modules in the build (with meson-python, in `install_sources()`), or exclude them there if they are omitted on purpose.',
  precision: 'medium',
  absence: 'content',
  bad: [
    { release: [{ sdist: { files: { '{top}/src/demo/core.py': 'x = 1\n' } } }, { wheel: {} }] },
    {
      release: [
        { sdist: { files: { '{top}/src/demo_core/__init__.py': 'x = 1\n', '{top}/src/demo/sql/read.py': 'y = 1\n' } } },
        { wheel: {} },
      ],
    },
    {
      release: [
        { sdist: { files: { '{top}/src/demo/core.py': 'x = 1\n', '{top}/src/demo/core.pyi': 'x: int\n' } } },
        { wheel: { files: { 'demo/core.pyi': 'x: int\n' } } },
      ],
    },
    {
      release: [
        { sdist: { files: { '{top}/src/demo/io/__init__.py': '', '{top}/src/demo/io/csv.py': 'x = 1\n' } } },
        { wheel: {} },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject:
              '[build-system]\nrequires = ["meson-python"]\nbuild-backend = "mesonpy"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
            files: { '{top}/meson.build': "project('demo')\n", '{top}/src/demo/_tables.py': 'x = 1\n' },
          },
        },
        { wheel: {} },
      ],
    },
  ],
  good: [
    {
      release: [
        {
          sdist: {
            files: { '{top}/src/demo_core/__init__.py': 'x = 1\n', '{top}/src/demo_lab/__init__.py': 'y = 1\n' },
            metadata: { 'Requires-Dist': 'demo-core' },
            pyproject:
              '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\ndependencies = ["demo-core"]\n\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\n',
          },
        },
        { wheel: { metadata: { 'Requires-Dist': 'demo-core' } } },
      ],
    },
    {
      release: [
        {
          sdist: {
            files: {
              '{top}/src/demo/tests/test_core.py': 'x = 1\n',
              '{top}/src/DemoTest/__init__.py': 'x = 1\n',
              '{top}/src/demo/_ffi_build.py': 'x = 1\n',
              '{top}/src/demo/_generate_tables.py': 'x = 1\n',
              '{top}/src/demo/download-tables.py': 'x = 1\n',
              '{top}/src/demo/_build/version.py': 'x = 1\n',
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
    {
      release: [
        {
          sdist: {
            pyproject:
              '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\ninclude-package-data = false\n',
            files: {
              '{top}/src/demo/proto/__init__.py': 'x = 1\n',
              '{top}/MANIFEST.in': 'recursive-include src/demo/proto *.py\n',
            },
          },
        },
        { wheel: {} },
      ],
    },
  ],
  check: release => lostFiles(release, 'modules'),
})
