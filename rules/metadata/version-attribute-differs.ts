import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { readModule } from '../../src/python/module.js'
import { absolute, PACKAGE_ROOTS } from '../../src/python/module-name.js'
import { finding, quote, rule } from '../../src/rule.js'
import { comparePublic, tryVersion, type Version } from '../../src/standards/version.js'
import { splitLines } from '../../src/text/lines.js'
import { type ModuleEntry, pythonModules } from '../../src/views/python-modules.js'
import { coreMetadata } from '../shared/specifications.js'

/** Values that a tool rewrites or that were never set. */
const PLACEHOLDER =
  /^(?:0+(?:\.0+)*(?:[.+-]?(?:dev|unknown|post|a|rc)\S*)?|0\.0\.1|.*(?:unknown|placeholder|\$|\{|<|@|not[ -]?set).*|9+(?:\.9+)*|)$/is

export default rule({
  id: 'version-attribute-differs',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Python Packaging User Guide, "Single-sourcing the Project Version"',
  url: coreMetadata('version'),
  summary: 'The `__version__` of the package differs from the version of the release.',
  why: 'Code that reads `__version__` gets a different version than the one that is installed.',
  fix: 'Define the version in one place, and read it from there.',
  precision: 'high',
  follows: ['version'],
  needs: ['python-imports'],
  inCode: true,
  bad: [
    { wheel: { files: { 'demo/__init__.py': '__version__ = "0.9.1"\n' } } },
    { tree: { files: { 'src/demo/__init__.py': '__version__ = "0.9.1"\n' } } },
    {
      wheel: {
        files: { 'demo/__init__.py': 'from .about import __version__\n', 'demo/about.py': '__version__ = "0.9.1"\n' },
      },
    },
  ],
  good: [
    { tree: { files: { 'src/demo/__init__.py': '__version__ = "1.0.0"\n' } } },
    { wheel: { files: { 'demo/__init__.py': '__version__ = "1.0.0"\n' } } },
    { wheel: { files: { 'demo/__init__.py': '__version__ = "0.0.0"\n' } } },
    { wheel: { files: { 'demo/__init__.py': 'x = 1\n', 'demo/vendored/__init__.py': '__version__ = "3.2"\n' } } },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'from importlib.metadata import version\n\n__version__ = "0.9"\n__version__ = version("demo")\n',
        },
      },
    },
    { wheel: { files: { 'demo/__init__.py': 'VERSION_STRING = "1.0"\n__version__ = "2.2"\n' } } },
  ],
  *check(wheel) {
    if (wheel.kind === 'sdist') {
      yield* ofTree(wheel)
      return
    }
    const field = wheel.metadata?.first('Version')
    const version = field && tryVersion(field.value)
    if (!field || !version) return
    // A file of another version is told by its name.
    const named = tryVersion(wheel.name?.version ?? field.value)
    if (!named || comparePublic(named, version) !== 0) return
    const modules = pythonModules(wheel)
    for (const name of packagesOf(wheel.project)) {
      const entry = modules.get(name)
      if (!entry?.installed || !entry.file || entry.kind === 'binary') continue
      const { said, member } = versionOf(modules, name, entry.installed.member.path)
      if (!said || PLACEHOLDER.test(said.value)) continue
      const own = tryVersion(said.value)
      if (!own || comparePublic(baseOf(own), baseOf(version)) === 0) continue
      if (hasOther(modules.get(name)?.file?.text ?? '', field.value)) continue
      yield finding(
        { member, line: said.line, column: said.column },
        `${name}.__version__ is ${quote(said.value)}, but the version of the release is ${quote(field.value)}.`,
        { related: [{ ...field, message: 'Version of the release' }] },
      )
    }
  },
})

/** What the package of a source tree says, where the version is written in the build file as well. */
function* ofTree({ metadata, project, top, texts, python }: Sdist): Generator<Draft> {
  const field = metadata?.first('Version')
  const version = field && tryVersion(field.value)
  if (!field || !version) return
  for (const name of packagesOf(project)) {
    const found = PACKAGE_ROOTS.flatMap(root => {
      const member = `${top}/${root}${name.replaceAll('.', '/')}/__init__.py`
      const text = (python.get(member) ?? texts.get(member))?.text
      return text === undefined ? [] : [{ member, text }]
    })
    const [only, ...others] = found
    const said = only && others.length === 0 ? readModule(only.text).version : undefined
    const own = said && !PLACEHOLDER.test(said.value) ? tryVersion(said.value) : undefined
    if (!only || !said || !own || comparePublic(baseOf(own), baseOf(version)) === 0) continue
    if (hasOther(only.text, field.value)) continue
    yield finding(
      { member: only.member, line: said.line, column: said.column },
      `${name}.__version__ is ${quote(said.value)}, but the version of the project is ${quote(field.value)}.`,
      { related: [{ ...field, message: 'Version of the project' }] },
    )
  }
}

/** Does another name of the module have the version? PyMySQL's `__version__` is that of the mysqlclient it stands in for. */
const hasOther = (text: string, version: string): boolean =>
  splitLines(text).some(line => {
    const [, name, value] = ASSIGNED.exec(line) ?? []
    return value === version && name !== '__version__'
  })
const ASSIGNED = /^(\w{1,40}) {0,3}= {0,3}["']([^"']{1,40})["']/

/** The literal, in the package itself or in the module of its own that it takes the name from. */
function versionOf(modules: ReadonlyMap<string, ModuleEntry>, name: string, member: string) {
  const facts = modules.get(name)?.file?.module
  const alias = facts?.aliases.get('__version__')
  if (facts?.version || alias?.name !== '__version__') return { said: facts?.version, member }
  const base = absolute(name, modules.get(name)?.kind === 'package', alias.level, alias.module)
  const entry = base === undefined || base === name ? undefined : modules.get(base)
  return { said: entry?.file?.module.version, member: entry?.installed?.member.path ?? member }
}

/** The package that a project is named after. */
function packagesOf(project: string | undefined): readonly string[] {
  if (project === undefined) return []
  const plain = project.replaceAll('-', '_')
  return [...new Set([plain, plain.replace(/^(?:py|python)_?/, ''), project.replaceAll('-', '.')])].filter(
    name => name !== '',
  )
}

/** A release candidate, or the build of a day, often has the version that it leads to. */
const baseOf = (version: Version) => ({ ...version, pre: undefined, post: undefined, dev: undefined })
