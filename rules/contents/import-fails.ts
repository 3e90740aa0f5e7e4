import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { importChain, type Link, type MissingImport } from '../../src/views/import-chain.js'

export default rule({
  id: 'import-fails',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'The Python Language Reference, "The import system"',
  url: 'https://docs.python.org/3/reference/import.html',
  summary: 'A package imports a module of its own that is not in the wheel.',
  why: 'Whoever imports the package, or starts its command, gets ModuleNotFoundError or ImportError.',
  breaks: 'The import stops with ModuleNotFoundError or ImportError on every machine.',
  fix: 'See that the build includes the module, or correct the import.',
  precision: 'high',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    { wheel: { files: { 'demo/__init__.py': '"""Demo."""\n\nfrom demo.data import rows\n' } } },
    {
      release: [
        {
          sdist: {
            files: { '{top}/src/demo/__init__.py': 'from . import core\n', '{top}/src/demo/_model.py': 'x = 1\n' },
          },
        },
        { wheel: { files: { 'demo/__init__.py': 'from . import core\n', 'demo/core.py': 'from ._model import x\n' } } },
      ],
    },
    { wheel: { files: { 'demo/__init__.py': 'from .core import Modle\n', 'demo/core.py': 'class Model: ...\n' } } },
    { wheel: { files: { 'demo/extra.py': 'import demo.lost\n' } } },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'from typing import TYPE_CHECKING\n\ntry:\n    from ._version import version\nexcept ImportError:\n    version = "0"\nif TYPE_CHECKING:\n    from .data import Row\n\n\ndef load():\n    from .data import rows\n',
        },
      },
    },
    {
      wheel: {
        files: { 'demo/__init__.py': '__path__.append("/opt/demo")\n', 'demo/core.py': 'from .data import rows\n' },
      },
    },
    { wheel: { files: { 'demo/core.py': 'from .data import rows\n', 'demo/data.cpython-312-darwin.so': 'x' } } },
    { wheel: { metadata: { 'Requires-Dist': 'demo-data' }, files: { 'demo/core.py': 'from .data import rows\n' } } },
  ],
  *check(subject) {
    if (subject.kind === 'wheel') {
      // The texts of a wheel are not kept for the release: it is read here.
      importChain(subject)
      return
    }
    for (const wheel of subject.wheels)
      for (const one of importChain(wheel).missing) {
        const last = one.chain.at(-1)
        if (!last) continue
        const source = one.name === undefined ? sourceOf(subject.sdists, one.module) : ''
        yield finding(
          { member: last.member, line: last.line, column: last.column },
          one.onChain
            ? `${startOf(wheel, one)} fails: ${chainOf(one.chain)} ${whatOf(one)}${source}.${hintOf(one)}`
            : `${chainOf([last])} ${whatOf(one)}${source}.${hintOf(one)}`,
          {
            path: wheel.path,
            subject: one.name === undefined ? one.module : `${one.module}:${one.name}`,
            ...(!one.onChain && { severity: 'info' }),
          },
        )
      }
  },
})

/** The import that fails for the user. */
function startOf(wheel: Wheel, { chain }: MissingImport): string {
  const [first] = chain
  const module = first?.module ?? ''
  const command = wheel.entryPoints?.entries.find(entry => entry.module === module)
  return `${quote(`import ${module}`)}${command ? `, for the command ${quote(command.name)},` : ''}`
}

/** The longest chain that is shown whole. */
const LONGEST = 4

/** `a.py:1 imports a.b, a/b.py:3`: what the last of them imports is for the caller. */
function chainOf(chain: readonly Link[]): string {
  const links = chain.map(({ path, line }, index) => {
    const next = chain[index + 1]
    return `${path}:${line}${next ? ` imports ${next.module}` : ''}`
  })
  return (links.length > LONGEST ? [...links.slice(0, 2), '…', ...links.slice(-1)] : links).join(', ')
}

const whatOf = ({ module, name }: MissingImport): string =>
  name === undefined
    ? `imports ${module}, which is not in the wheel`
    : `imports ${quote(name)} from ${module}, which has no such name`

function hintOf({ module, name, candidates }: MissingImport): string {
  const wanted = name ?? module.slice(module.lastIndexOf('.') + 1)
  const found = nearest(wanted, candidates)
  if (found === undefined) return ''
  return ` Did you mean ${quote(name === undefined ? `${module.slice(0, -wanted.length)}${found}` : found)}?`
}

/** Where a file of the module lies in the sdist. */
function sourceOf(
  sdists: readonly { readonly members: { readonly files: readonly { readonly path: string }[] } }[],
  module: string,
): string {
  const path = module.replaceAll('.', '/')
  const ends = [`/${path}.py`, `/${path}/__init__.py`, `/${path}.pyx`]
  const isThere = sdists.some(({ members }) => members.files.some(file => ends.some(end => file.path.endsWith(end))))
  return isThere ? '; the sdist contains it' : ''
}
