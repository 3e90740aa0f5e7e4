import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { importChain, type MissingImport } from '../../src/views/import-chain.js'
import { chainText, startText } from './_chain.js'

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
  ofLoneWheel: true,
  needs: ['python-imports'],
  bad: [
    { release: [{ wheel: { files: { 'demo/__init__.py': '"""Demo."""\n\nfrom demo.data import rows\n' } } }] },
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
    {
      release: [
        { wheel: { files: { 'demo/__init__.py': 'from .core import Modle\n', 'demo/core.py': 'class Model: ...\n' } } },
      ],
    },
    { release: [{ wheel: { files: { 'demo/extra.py': 'import demo.lost\n' } } }] },
  ],
  good: [
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                'from typing import TYPE_CHECKING\n\ntry:\n    from ._version import version\nexcept ImportError:\n    version = "0"\nif TYPE_CHECKING:\n    from .data import Row\n\n\ndef load():\n    from .data import rows\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: { 'demo/__init__.py': '__path__.append("/opt/demo")\n', 'demo/core.py': 'from .data import rows\n' },
          },
        },
      ],
    },
    {
      release: [
        { wheel: { files: { 'demo/core.py': 'from .data import rows\n', 'demo/data.cpython-312-darwin.so': 'x' } } },
      ],
    },
    {
      release: [
        {
          wheel: { metadata: { 'Requires-Dist': 'demo-data' }, files: { 'demo/core.py': 'from .data import rows\n' } },
        },
      ],
    },
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
            ? `${startText(wheel, one.chain)} fails: ${chainText(one.chain)} ${whatOf(one)}${source}.${hintOf(one)}`
            : `${chainText([last])} ${whatOf(one)}${source}.${hintOf(one)}`,
          {
            path: wheel.path,
            subject: one.name === undefined ? one.module : `${one.module}:${one.name}`,
            ...(!one.onChain && { severity: 'info' }),
          },
        )
      }
  },
})

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
