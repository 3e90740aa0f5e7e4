import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { nearest } from '../../src/text/nearest.js'
import { backendOf, dynamicKeys, entries, isTable, texts } from '../../src/views/pyproject.js'
import { BUILD_STOPS, builtWith } from './_backends.js'

/** Plugins by the names that they have in the tables, with the distributions that provide them. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['vcs', 'hatch-vcs'],
  ['nodejs', 'hatch-nodejs-version'],
  ['uv-dynamic-versioning', 'uv-dynamic-versioning'],
  ['regex_commit', 'hatch-regex-commit'],
])
const METADATA_HOOKS: ReadonlyMap<string, string> = new Map([
  ['vcs', 'hatch-vcs'],
  ['fancy-pypi-readme', 'hatch-fancy-pypi-readme'],
  ['requirements_txt', 'hatch-requirements-txt'],
  ['docstring-description', 'hatch-docstring-description'],
  ['nodejs', 'hatch-nodejs-version'],
  ['uv-dynamic-versioning', 'uv-dynamic-versioning'],
])
const BUILD_HOOKS: ReadonlyMap<string, string> = new Map([
  ['vcs', 'hatch-vcs'],
  ['cython', 'hatch-cython'],
  ['mypyc', 'hatch-mypyc'],
  ['jupyter-builder', 'hatch-jupyter-builder'],
  ['build-scripts', 'hatch-build-scripts'],
])

/** What hatchling itself has. */
const OF_HATCHLING: readonly string[] = ['regex', 'code', 'env', 'custom', 'version']

/** Requirements that do not bring a plugin with them. */
const PLAIN: ReadonlySet<string> = new Set([
  'hatchling',
  ...[SOURCES, METADATA_HOOKS, BUILD_HOOKS].flatMap(names => [...names.values()]),
  ...['cython', 'numpy', 'setuptools', 'setuptools-scm', 'wheel', 'packaging', 'tomli'],
])

const NAME = ['name = "demo"', 'dynamic = ["version"]']

export default rule({
  id: 'hatch-plugin-not-required',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Hatch, "Plugins"',
  url: 'https://hatch.pypa.io/latest/plugins/about/',
  summary: 'pyproject.toml configures a plugin of hatchling that no requirement in `[build-system]` provides.',
  why: 'In an isolated environment hatchling does not find the plugin, and stops.',
  breaks: BUILD_STOPS,
  fix: 'Add the distribution of the plugin to `requires` in `[build-system]`.',
  byHand: 'The sample projects have no plugins. test/advice/edits.test.ts follows the edits of the examples.',
  precision: 'high',
  bad: [
    { tree: { pyproject: `${builtWith('hatchling', ...NAME)}\n[tool.hatch.version]\nsource = "vcs"\n` } },
    {
      tree: {
        pyproject: `${builtWith('hatchling', ...NAME)}\n[tool.hatch.version]\nsource = "regexp"\npath = "src/demo/__init__.py"\n`,
        files: { 'src/demo/__init__.py': '__version__ = "1.0"\n' },
      },
    },
    {
      sdist: {
        pyproject: `${builtWith('hatchling', 'name = "demo"', 'version = "1.0"', 'dynamic = ["readme"]')}\n[tool.hatch.metadata.hooks.fancy-pypi-readme]\ncontent-type = "text/markdown"\n`,
      },
    },
  ],
  good: [
    // hatchling takes the version from PKG-INFO.
    { sdist: { pyproject: `${builtWith('hatchling', ...NAME)}\n[tool.hatch.version]\nsource = "vcs"\n` } },
    {
      tree: {
        pyproject: `${builtWith('hatchling', ...NAME).replace('"hatchling"', '"hatchling", "hatch-ours"')}\n[tool.hatch.version]\nsource = "ours"\n`,
      },
    },
    {
      tree: {
        pyproject: `${builtWith('hatchling', ...NAME).replace('"hatchling"', '"hatchling", "hatch-vcs"')}\n[tool.hatch.version]\nsource = "vcs"\n`,
      },
    },
    {
      tree: {
        pyproject: `${builtWith('hatchling', ...NAME).replace('"hatchling"', '"hatchling", "hatch-ours"')}\n[tool.hatch.version]\nsource = "vcs"\n`,
      },
    },
  ],
  *check({ pyproject, members, top }) {
    if (!pyproject || backendOf(pyproject) !== 'hatchling') return
    const required = texts(pyproject.get('build-system', 'requires')).map(([, text]) =>
      canonicalName(attempt(parseRequirement, text)?.name ?? ''),
    )
    // Any other may be a plugin that requires this one, and so may one that cannot be read.
    if (!required.every(name => PLAIN.has(name))) return
    const told = new Set<string>()
    for (const { name, what, at, by, known } of plugins(pyproject, members.has(`${top}/PKG-INFO`))) {
      if (by === undefined && !OF_HATCHLING.includes(name)) {
        const meant = nearest(name, known)
        yield finding(
          at,
          `hatchling does not have the ${what} ${quote(name)}, and no requirement in [build-system] provides it: hatchling refuses to build.${meant === undefined ? '' : ` Did you mean ${quote(meant)}?`}`,
          { help: 'Correct the name, or add the distribution of the plugin to `requires` in `[build-system]`.' },
        )
      }
      if (by === undefined || required.includes(by) || told.has(by)) continue
      told.add(by)
      const requires = pyproject.get('build-system', 'requires')
      yield finding(
        at,
        `The ${what} ${quote(name)} needs ${quote(by)}, which \`requires\` in [build-system] does not contain: hatchling refuses to build.`,
        {
          help: `Add \`"${by}"\` to \`requires\` in \`[build-system]\`.`,
          remedy: {
            safe: true,
            changes: [
              {
                kind: 'set',
                key: 'build-system.requires',
                was: JSON.stringify(requires),
                value: [...texts(requires).map(([, text]) => text), by],
              },
            ],
          },
        },
      )
    }
  },
})

interface Plugin {
  readonly what: string
  readonly name: string
  readonly at: Place
  readonly by: string | undefined
  /** The names that are near. */
  readonly known: readonly string[]
}

/** With PKG-INFO, hatchling takes the version from there. */
function* plugins(pyproject: Pyproject, hasVersion: boolean): Generator<Plugin> {
  const build = ['tool', 'hatch', 'build'] as const
  const source = pyproject.get('tool', 'hatch', 'version', 'source')
  if (!hasVersion && typeof source === 'string' && dynamicKeys(pyproject).includes('version'))
    yield {
      what: 'version source',
      name: source,
      at: pyproject.place('tool', 'hatch', 'version', 'source'),
      by: SOURCES.get(source),
      known: ['regex', 'code', 'env', ...SOURCES.keys()],
    }
  const hooks = [
    { path: ['tool', 'hatch', 'metadata', 'hooks'], what: 'metadata hook', known: METADATA_HOOKS },
    ...[[], ['targets', 'wheel'], ['targets', 'sdist']].map(target => ({
      path: [...build, ...target, 'hooks'],
      what: 'build hook',
      known: BUILD_HOOKS,
    })),
  ]
  for (const { path, what, known } of hooks)
    for (const [name, table] of entries(pyproject.get(...path))) {
      const dependencies = isTable(table) ? table.dependencies : undefined
      // A build hook may bring its own requirements, and may be off.
      if (isTable(table) && (dependencies !== undefined || table['enable-by-default'] === false)) continue
      yield {
        what,
        name,
        at: pyproject.keyPlace(...path, name),
        by: known.get(name),
        known: ['custom', ...known.keys()],
      }
    }
}
