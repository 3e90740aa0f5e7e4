import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { nearest } from '../../src/text/nearest.js'
import { kindOf, texts } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

/** What `build-backend` may be, by the distribution that provides it. */
const OBJECTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['setuptools', ['setuptools.build_meta', 'setuptools.build_meta:__legacy__']],
  ['hatchling', ['hatchling.build', 'hatchling.ouroboros']],
  ['flit-core', ['flit_core.buildapi', 'flit_core.build_thyself']],
  ['flit', ['flit.buildapi']],
  ['poetry-core', ['poetry.core.masonry.api']],
  ['poetry', ['poetry.masonry.api', 'poetry.core.masonry.api']],
  ['pdm-backend', ['pdm.backend', 'pdm.backend.intree']],
  ['pdm-pep517', ['pdm.pep517.api']],
  ['uv-build', ['uv_build']],
  ['scikit-build-core', ['scikit_build_core.build', 'scikit_build_core.setuptools.build_meta']],
  ['meson-python', ['mesonpy']],
  ['maturin', ['maturin']],
])
const KNOWN: ReadonlySet<string> = new Set([...OBJECTS.values()].flat())

export default rule({
  id: 'build-backend-unknown',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 517, "Source trees"',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: '`build-backend` names a module that the required backend does not have.',
  why: 'The frontend cannot import the backend, so the build fails before it begins.',
  fix: 'Write the name of the backend as its documentation has it, such as `hatchling.build`.',
  bad: [
    { sdist: { pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_metta"\n' } },
    { sdist: { pyproject: '[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv-build"\n' } },
    { sdist: { pyproject: '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend:build"\n' } },
    { sdist: { pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.builder"\n' } },
    { sdist: { pyproject: '[build-system]\nrequires = ["uv_build>=0.9,<0.14"]\nbuild-backend = "uv_backend"\n' } },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["meson-python"]\nbuild-backend = "meson-python"\n',
        files: { '{top}/meson.build': "project('demo')\n" },
      },
    },
  ],
  good: [
    { sdist: { pyproject: '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n' } },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta:__legacy__"\n',
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["hatchling", "hatchlings"]\nbuild-backend = "hatchlings.build"\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "build_meta"\nbackend-path = ["packaging"]\n',
        files: { '{top}/packaging/build_meta.py': '' },
      },
    },
  ],
  *check({ pyproject }) {
    const named = pyproject?.get('build-system', 'build-backend')
    if (!pyproject || named === undefined) return
    if (typeof named !== 'string') {
      const [only] = texts(named)
      yield finding(
        pyproject.place('build-system', 'build-backend'),
        `build-system.build-backend is ${kindOf(named)}, not a string.`,
        only && { help: `Write \`build-backend = ${JSON.stringify(only[1])}\`.` },
      )
      return
    }
    if (KNOWN.has(named)) return
    if (pyproject.get('build-system', 'backend-path') !== undefined) return
    const required = texts(pyproject.get('build-system', 'requires')).map(([, text]) =>
      canonicalName(attempt(parseRequirement, text)?.name ?? ''),
    )
    const objects = required.flatMap(name => OBJECTS.get(name) ?? [])
    const root = rootOf(named)
    const others = required.filter(name => !OBJECTS.has(name))
    const isPlain = others.every(name => PLAIN.has(name))
    // Several distributions have modules below `pdm` and `poetry`.
    const meant =
      nearest(named, objects) ??
      // The name of the distribution instead of its module.
      required.flatMap(name => (name === canonicalName(named) ? (OBJECTS.get(name)?.slice(0, 1) ?? []) : []))[0] ??
      // `hatch.build` for `hatchling.build`.
      objects.find(object => rootOf(object).startsWith(root) && endOf(object) === endOf(named) && isPlain) ??
      objects.find(object => rootOf(object) === root && (isPlain || (root !== 'pdm' && root !== 'poetry'))) ??
      // The only backend that is required has no other modules, and nothing else is required.
      (isPlain && ALONE.has(required.find(name => OBJECTS.has(name)) ?? '') ? objects[0] : undefined)
    if (meant === undefined) return
    // Another requirement may provide it: only what begins like a backend that is required does not.
    if (others.some(name => name === '' || name.includes(root) || root.includes(name))) return
    if (!isPlain && root !== rootOf(meant)) return
    yield finding(
      pyproject.place('build-system', 'build-backend'),
      `${quote(named)} is not a build backend. Did you mean ${quote(meant)}?`,
      {
        help: `Set \`build-backend = "${meant}"\` in \`[build-system]\`.`,
        remedy: {
          safe: true,
          changes: [{ kind: 'set', key: 'build-system.build-backend', was: JSON.stringify(named), value: meant }],
        },
      },
    )
  },
})

/** Backends that do not bring others. */
const ALONE: ReadonlySet<string> = new Set([
  'setuptools',
  'hatchling',
  'flit-core',
  'poetry-core',
  'pdm-backend',
  'uv-build',
])

const rootOf = (object: string): string => canonicalName(object.split(/[.:]/, 1)[0] ?? '')

const endOf = (object: string): string => object.slice(object.indexOf('.') + 1)

/** Requirements that provide no backend. */
const PLAIN: ReadonlySet<string> = new Set(['wheel', 'cython', 'numpy', 'setuptools-scm', 'hatch-vcs', 'packaging'])
