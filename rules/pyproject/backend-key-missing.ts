import { keyText } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isTable } from '../../src/views/pyproject.js'
import { list } from '../../src/wording.js'
import { BACKEND_VERSIONS, familyOf, isMisspelled, pathsOf, REQUIRED } from './_backend-tables.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

export default rule({
  id: 'backend-key-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "[tool] table"',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table',
  summary: 'A table of the build backend does not contain a key that the backend requires.',
  why: 'The build backend stops with an error.',
  breaks: BUILD_STOPS,
  fix: 'Add the key, or remove the table.',
  byHand: 'Only a person knows the value of the key.',
  precision: 'high',
  bad: [
    {
      sdist: {
        pyproject: `${builtWith('hatchling', 'name = "demo"', 'dynamic = ["version"]')}\n[tool.hatch.version]\nsource = "code"\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('pdm-backend', 'name = "demo"', 'dynamic = ["version"]')}\n[tool.pdm.version]\nsource = "file"\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('scikit-build-core', DEMO)}\n[[tool.scikit-build.generate]]\npath = "demo/_version.py"\n`,
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "demo"\nversion = "1.0"\ndescription = "Reads files"\nauthors = ["Ann Author <ann@demo.dev>"]\n\n[tool.poetry.dependencies]\npython = "^3.10"\nrequests = { extras = ["socks"] }\nattrs = { python = "<3.12" }\n',
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: `${builtWith('hatchling', 'name = "demo"', 'dynamic = ["version"]')}\n[tool.hatch.version]\nsource = "env"\nvariable = "DEMO_VERSION"\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('pdm-backend', 'name = "demo"', 'version = "1.0"')}\n[tool.pdm.version]\nsource = "file"\n`,
      },
    },
  ],
  *check({ pyproject }) {
    if (!pyproject) return
    const family = familyOf(pyproject)
    for (const { path: pattern, keys, where, help } of REQUIRED.get(family) ?? [])
      for (const path of pathsOf(pyproject, pattern)) {
        const table = pyproject.get(...path)
        if (!isTable(table) || where?.(table, pyproject) === false) continue
        if (keys.some(key => Object.hasOwn(table, key) || isMisspelled(pyproject, path, key))) continue
        yield finding(
          pyproject.keyPlace(...path),
          `[${keyText(path)}] contains ${keys.length > 2 ? `none of ${list(keys.map(quote))}` : `no ${keys.map(quote).join(' and no ')}`}: ${BACKEND_VERSIONS.get(family)} refuses to build.`,
          help === undefined ? undefined : { help },
        )
      }
  },
})
