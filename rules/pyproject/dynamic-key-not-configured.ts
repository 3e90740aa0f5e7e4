import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { backendOf, isTable, texts } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith } from './_backends.js'

/** Requirements of a build that give no metadata. */
const PLAIN: ReadonlySet<string> = new Set(
  'setuptools wheel hatchling pdm-backend poetry-core scikit-build-core cython numpy pybind11 nanobind cffi packaging ninja cmake'.split(
    ' ',
  ),
)

const NAME = ['name = "demo"', 'dynamic = ["version"]']

export default rule({
  id: 'dynamic-key-not-configured',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "dynamic"',
  url: pyprojectToml('dynamic'),
  summary: '`project.dynamic` lists a key, and the backend is not told where its value is.',
  why: 'hatchling, poetry-core and scikit-build-core stop. setuptools and pdm-backend build version 0.0.0, which is then what users get.',
  breaks: BUILD_STOPS,
  fix: 'Tell the backend where the value is, or write it into `[project]` and remove the key from `dynamic`.',
  byHand: 'Only a person knows where the value is.',
  precision: 'high',
  bad: [
    { sdist: { pyproject: builtWith('setuptools', ...NAME) } },
    { sdist: { pyproject: builtWith('setuptools', 'name = "demo"', 'version = "1.0"', 'dynamic = ["readme"]') } },
    {
      sdist: {
        pyproject: builtWith('setuptools', ...NAME).replace('"setuptools"', '"setuptools", "setuptools-scm>=8"'),
      },
    },
    { sdist: { pyproject: builtWith('hatchling', ...NAME) } },
    { sdist: { pyproject: builtWith('pdm-backend', ...NAME) } },
  ],
  good: [
    {
      sdist: {
        pyproject: `${builtWith('setuptools', ...NAME)}\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n`,
        files: { '{top}/src/demo/__init__.py': '__version__ = "1.0"\n' },
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('setuptools', ...NAME).replace('"setuptools"', '"setuptools", "setuptools-scm>=8"')}\n[tool.setuptools_scm]\n`,
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('setuptools', ...NAME)}`,
        files: {
          '{top}/setup.py':
            'from setuptools import setup\n\nsetup(version="1.0", packages=["demo"], package_dir={"": "src"})\n',
        },
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('hatchling', ...NAME)}\n[tool.hatch.version]\npath = "src/demo/__init__.py"\n`,
        files: { '{top}/src/demo/__init__.py': '__version__ = "1.0"\n' },
      },
    },
  ],
  *check(sdist) {
    const { pyproject } = sdist
    const project = pyproject?.project
    if (!pyproject || !project) return
    for (const [index, key] of texts(project.dynamic)) {
      if (Object.hasOwn(project, key)) continue
      const lacking = lackingIn(key, pyproject, sdist)
      if (lacking)
        yield finding(
          pyproject.place('project', 'dynamic', index),
          `\`dynamic\` contains ${quote(key)}, but ${lacking.what}.`,
          { help: lacking.help, subject: key },
        )
    }
  },
})

interface Lacking {
  readonly what: string
  readonly help: string
}

function lackingIn(key: string, pyproject: Pyproject, sdist: Sdist): Lacking | undefined {
  const required = texts(pyproject.get('build-system', 'requires')).map(([, text]) => attempt(parseRequirement, text))
  const names = required.map(one => canonicalName(one?.name ?? ''))
  const isPlain = names.every(name => PLAIN.has(name))
  const has = (...path: readonly string[]) => pyproject.get(...path) !== undefined
  const { members, top } = sdist
  const hasFile = (name: string) => members.get(`${top}/${name}`) !== undefined
  switch (backendOf(pyproject)) {
    case 'setuptools': {
      if (hasFile('setup.py') || hasFile('setup.cfg') || has('tool', 'setuptools', 'dynamic', key)) return undefined
      const scm = required.find(one => one && canonicalName(one.name) === 'setuptools-scm')
      if (key === 'version') {
        const others = names.filter(name => name !== 'setuptools-scm')
        if (!others.every(name => PLAIN.has(name)) || has('tool', 'setuptools_scm') || scm?.extras.includes('simple'))
          return undefined
        if (has('tool', 'vcs-versioning') || has('tool', 'setuptools-scm')) return undefined
        return scm
          ? {
              what: 'without `[tool.setuptools_scm]`, setuptools-scm does not give it: setuptools builds version 0.0.0',
              help: 'Add an empty table `[tool.setuptools_scm]`.',
            }
          : {
              what: 'nothing tells setuptools where it is: it builds version 0.0.0',
              help: 'Add `version = {attr = "PACKAGE.__version__"}` to `[tool.setuptools.dynamic]`, or write `version` into `[project]` and remove it from `dynamic`.',
            }
      }
      // The others that setuptools looks for come from setup.py alone, or may be empty.
      return isPlain && (key === 'readme' || key === 'description')
        ? {
            what: 'nothing tells setuptools where it is: the build fails',
            help: `Write \`${key}\` into \`[project]\`, and remove it from \`dynamic\`.`,
          }
        : undefined
    }
    case 'hatchling':
      return key !== 'version' ||
        !isPlain ||
        has('tool', 'hatch', 'version') ||
        hasFile('hatch.toml') ||
        hasHooks(pyproject)
        ? undefined
        : {
            what: '`[tool.hatch.version]` is missing: the build fails',
            help: 'Add `[tool.hatch.version]` with `path = "…"`, the file that sets `__version__`.',
          }
    case 'pdm-backend':
      return key !== 'version' ||
        !isPlain ||
        has('tool', 'pdm', 'version') ||
        has('tool', 'pdm', 'build', 'custom-hook') ||
        hasFile('pdm_build.py')
        ? undefined
        : {
            what: '`[tool.pdm.version]` is missing: pdm-backend builds version 0.0.0',
            help: 'Add `[tool.pdm.version]` with `source = "file"` and `path = "…"`, the file that sets `__version__`.',
          }
    case 'poetry-core':
      return key !== 'version' || !isPlain || has('tool', 'poetry', 'version') || !isTable(pyproject.get('project'))
        ? undefined
        : {
            what: '`version` is not in `[tool.poetry]`: the build fails',
            help: 'Write `version` into `[project]`, and remove it from `dynamic`.',
          }
    case 'scikit-build-core':
      return key !== 'version' ||
        !isPlain ||
        has('tool', 'scikit-build', 'metadata', 'version') ||
        has('tool', 'scikit-build', 'overrides') ||
        has('tool', 'dynamic-metadata') ||
        has('dynamic-metadata')
        ? undefined
        : {
            what: 'no provider is configured for it: the build fails',
            help: 'Add `[tool.scikit-build.metadata.version]` with `provider = "scikit_build_core.metadata.regex"` and `input = "…"`, the file that sets `__version__`.',
          }
    default:
      return undefined
  }
}

const hasHooks = (pyproject: Pyproject): boolean => pyproject.get('tool', 'hatch', 'metadata', 'hooks') !== undefined
