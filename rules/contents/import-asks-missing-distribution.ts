import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { importChain } from '../../src/views/import-chain.js'
import { onImport } from '../../src/views/on-import.js'
import { type Required, requiredBy } from '../../src/views/required.js'

export default rule({
  id: 'import-asks-missing-distribution',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Standard Library, "importlib.metadata"',
  url: 'https://docs.python.org/3/library/importlib.metadata.html#distribution-versions',
  summary: 'A module asks for the version of a distribution that is not the one it is in, and that nothing requires.',
  why: 'Importing the package raises PackageNotFoundError: `importlib.metadata` knows distributions by their own names, not those of their packages.',
  fix: 'Use the name of the distribution, as `project.name` has it.',
  byHand: 'The code has to be changed.',
  precision: 'high',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    {
      wheel: {
        files: {
          'demo/__init__.py': 'from importlib.metadata import version\n\n__version__ = version("demo-project")\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py': '',
          'demo_app/__init__.py': 'from importlib import metadata\n\n__version__ = metadata.version(__name__)\n',
        },
        metadata: { 'Requires-Dist': 'attrs' },
      },
    },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'from importlib.metadata import version\n\n\ndef find(lock, version):\n    with lock:\n        return version("demo-project")\n    return None\n\n\nfind(open(__file__), len)\nVERSIONS = (version(name) for name in ["demo-project"])\nVENDORED = version("demo-words")\n',
          'demo/_vendor/demo_words-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: demo-words\nVersion: 1.0\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import importlib.metadata as metadata\n\n__version__ = metadata.version("Demo")\ntry:\n    other = metadata.version("demo-project")\nexcept metadata.PackageNotFoundError:\n    other = None\n\n\ndef version():\n    return metadata.version("demo-app")\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': ['fastapi'] },
        files: { 'dem_addons/__init__.py': 'from importlib.metadata import version\n\nBASE = version("dem")\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': ['pandas'] },
        files: { 'demo/__init__.py': 'from importlib.metadata import version\n\nNUMPY = version("numpy")\n' },
      },
    },
  ],
  *check(dist) {
    const { asks } = onImport(dist)
    const required = asks.length > 0 ? requiredBy(dist) : undefined
    if (!required || dist.project === undefined) return
    const own = new Set([
      dist.project,
      ...importChain(dist).modules.map(({ module }) => canonicalName(module.split('.', 1)[0] ?? '')),
    ])
    const told = new Set<string>()
    // Its metadata may be vendored.
    const described = new Set(
      dist.members.files.flatMap(({ path }) => {
        const [, name] = DESCRIBED.exec(path) ?? []
        return name === undefined ? [] : [canonicalName(name)]
      }),
    )
    for (const { member, path, line, column, text, call } of asks) {
      // `require` takes a requirement.
      const name = canonicalName(/^\s*([\w.-]*)/.exec(text)?.[1] ?? '')
      if (
        name === '' ||
        name === dist.project ||
        told.has(name) ||
        described.has(name) ||
        mayProvide(dist, required, name, own)
      )
        continue
      told.add(name)
      yield finding(
        { member, line, column },
        `${quote(path)} calls ${call} for ${quote(text)} when it is imported (line ${line}): the name of this distribution is ${quote(dist.metadata?.value('Name') ?? dist.project)}, and no requirement installs the other one.`,
        { subject: name },
      )
    }
  },
})

/** Folders of metadata, which are also found where `sys.path` is changed. */
const DESCRIBED = /(?:^|\/)(\w[\w.]*)(?:-[^/-]+)*\.(?:dist|egg)-info(?:\/|$)/

/** May another project install it? One that is required may require it, unless it is named like this one. */
function mayProvide(
  dist: Wheel | Sdist,
  required: readonly Required[],
  name: string,
  own: ReadonlySet<string>,
): boolean {
  const others = required.filter(one => one.name !== dist.project)
  if (others.some(one => one.name === name)) return true
  // One with a part of its name is another project: what `pydantic-demo` requires may require pydantic.
  const isOwn = [...own].some(one => one !== '' && one.replaceAll('-', '') === name.replaceAll('-', ''))
  if (isOwn) return others.some(one => family(one.name) === family(name))
  // Plugins are loaded by what they are for.
  const isPlugin =
    dist.kind === 'sdist' ||
    (dist.entryPoints?.entries ?? []).some(({ group }) => !/^(?:console|gui)_scripts$/.test(group))
  return others.length > 0 || isPlugin || /^(?:pip|setuptools|wheel|distribute)$/.test(name)
}

const family = (name: string) => name.split('-', 1)[0]
