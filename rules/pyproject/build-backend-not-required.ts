import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { nearest } from '../../src/text/nearest.js'
import { backendOf, texts } from '../../src/views/pyproject.js'
import { replacing } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'

/** Distributions that install the backend of another one. */
const BRINGS = new Map([
  ['flit-core', ['flit']],
  ['hatchling', ['hatch']],
  ['poetry-core', ['poetry', 'poetry-dynamic-versioning']],
  ['setuptools', ['setuptools-rust', 'setuptools-scm', 'setuptools-git-versioning', 'scikit-build', 'pbr']],
  ['maturin', ['puccinialin']],
  ['scikit-build-core', ['scikit-build-core-conan']],
])

/** Backends of earlier names, and the one of today with its distribution, which does not have them. */
const RENAMED: ReadonlyMap<string, readonly [distribution: string, object: string]> = new Map([
  ['poetry.masonry.api', ['poetry-core', 'poetry.core.masonry.api']],
  ['flit.buildapi', ['flit-core', 'flit_core.buildapi']],
  ['pdm.pep517.api', ['pdm-backend', 'pdm.backend']],
])

export default rule({
  id: 'build-backend-not-required',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 517',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: '`build-system.requires` does not contain the build backend.',
  why: 'In an isolated environment, the backend cannot be imported, so the build fails.',
  fix: 'Add the distribution that provides the backend to `requires`.',
  byHand: 'Only a person knows whether `requires` or `build-backend` is right.',
  bad: [
    { sdist: { pyproject: '[build-system]\nrequires = ["wheel"]\nbuild-backend = "hatchling.build"\n' } },
    { sdist: { pyproject: '[build-system]\nrequires = ["pdm>=2.4"]\nbuild-backend = "pdm.backend"\n' } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const named = pyproject?.get('build-system', 'build-backend')
    const requires = pyproject?.get('build-system', 'requires')
    if (!pyproject || typeof named !== 'string' || !Array.isArray(requires)) return
    if (pyproject.get('build-system', 'backend-path') !== undefined) return
    const backend = backendOf(pyproject)
    if (backend === undefined) return
    const names = texts(requires).map(([, text]) => canonicalName(attempt(parseRequirement, text)?.name ?? ''))
    const enough = [backend, ...(BRINGS.get(backend) ?? [])]
    // A requirement by URL, or one that cannot be parsed, may provide it.
    if (names.includes('') || names.some(name => enough.includes(name))) return
    const [newer, object] = RENAMED.get(named) ?? []
    if (newer !== undefined && names.includes(newer)) {
      yield finding(
        pyproject.place('build-system', 'build-backend'),
        `build-backend is ${quote(named)}, which ${newer} does not have.`,
        { help: `Set \`build-backend = "${object}"\` in \`[build-system]\`.` },
      )
      return
    }
    // `uv` for `uv_build`, `setup-tools`, `mesonpy`.
    const index = names.findIndex(
      name =>
        backend.startsWith(`${name}-`) ||
        nearest(name, [backend]) !== undefined ||
        (name === 'pdm-pep517' && backend === 'pdm-backend') ||
        name === canonicalName(named.split(/[.:]/, 1)[0] ?? ''),
    )
    const item = requires[index]
    if (typeof item === 'string') {
      const written = /^\s*([\w.-]+)/.exec(item)?.[1] ?? ''
      const better = item.trim().replace(written, backend)
      yield finding(
        within(pyproject.place('build-system', 'requires', index), written, item.indexOf(written)),
        `build-backend is ${quote(named)}, which is in ${quote(backend)}, but \`requires\` contains ${quote(written)}.`,
        {
          help: `Write ${quote(better)} instead.`,
          remedy: replacing(`build-system.requires[${index}]`, item, better, false),
        },
      )
      return
    }
    yield finding(
      pyproject.place('build-system', 'requires'),
      `build-backend is ${quote(named)}, but \`requires\` does not contain ${quote(backend)}.`,
      { help: `Add \`"${backend}"\` to \`requires\` in \`[build-system]\`, or name the backend that is required.` },
    )
  },
})
