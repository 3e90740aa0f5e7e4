import { keyText, type TomlValue } from '../../src/distribution/pyproject.js'
import { finding, rule } from '../../src/rule.js'
import { entries, isList, isTable, kindOf } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { BACKEND_VERSIONS, familyOf, TYPES, type TypedKeys } from './_backend-tables.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

export default rule({
  id: 'backend-key-type',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "[tool] table"',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table',
  summary: 'A key of the build backend has a value of the wrong type.',
  why: 'setuptools and hatchling fail on it. pdm-backend reads a string as a list of its characters, so the wheel is empty.',
  breaks: BUILD_STOPS,
  fix: 'Change the value to the type that the backend expects.',
  byHand: 'The sample projects have no such keys. test/advice/edits.test.ts follows the edits of the examples.',
  precision: 'high',
  bad: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\ninclude-package-data = "true"\n` } },
    { sdist: { pyproject: `${builtWith('hatchling', DEMO)}\n[tool.hatch.build]\nexclude = "tests"\n` } },
    { sdist: { pyproject: `${builtWith('pdm-backend', DEMO)}\n[tool.pdm.build]\nincludes = "src/demo"\n` } },
    {
      sdist: {
        pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools.packages.find]\nwhere = ["src", 1]\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools.package-data]\ndemo = "*.csv"\n`,
      },
    },
  ],
  good: [
    { sdist: { pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\ninclude-package-data = true\n` } },
    { sdist: { pyproject: `${builtWith('hatchling', DEMO)}\n[tool.hatch.build]\nexclude = ["tests"]\n` } },
  ],
  *check({ pyproject }) {
    if (!pyproject) return
    const family = familyOf(pyproject)
    for (const { path, type, keys, instead } of TYPES.get(family) ?? []) {
      const table = pyproject.get(...path)
      for (const key of keys === 'all' ? entries(table).map(([name]) => name) : keys) {
        const value = isTable(table) ? pyproject.get(...path, key) : undefined
        if (value === undefined || isOfType(value, type)) continue
        const found = isList(value) && type === 'an array of strings' ? 'an array with other values' : kindOf(value)
        const better = betterValue(value, type)
        yield finding(
          pyproject.place(...path, key),
          `${keyText([...path, key])} is ${found}; it must be ${type}: ${instead ?? `${BACKEND_VERSIONS.get(family)} refuses to build`}.`,
          better === undefined
            ? {}
            : {
                help: `Write \`${key} = ${better}\`.`,
                ...(type === 'an array of strings' &&
                  typeof value === 'string' && {
                    remedy: safely({
                      kind: 'set',
                      key: keyText([...path, key]),
                      was: JSON.stringify(value),
                      value: [value],
                    }),
                  }),
              },
        )
      }
    }
  },
})

function isOfType(value: TomlValue, type: TypedKeys['type']): boolean {
  if (type === 'an array of strings') return isList(value) && value.every(item => typeof item === 'string')
  return kindOf(value) === type
}

/** The value as it was most likely meant. */
function betterValue(value: TomlValue, type: TypedKeys['type']): string | undefined {
  if (typeof value !== 'string') return undefined
  if (type === 'an array of strings') return `[${JSON.stringify(value)}]`
  return type === 'a boolean' && /^(?:true|false)$/i.test(value) ? value.toLowerCase() : undefined
}
