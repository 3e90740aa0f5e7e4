import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import external from '../../rules/native/external-library.js'
import { auditBuilt } from '../support/audit-built.js'

const LOAD = `import ctypes
from pathlib import Path


def load(name):
    return ctypes.CDLL(str(Path(__file__).with_name(name)))


def core():
    return load("libdemo_core.so")


def heic():
    return load("libdemo_heic.so")
`

async function found(files: Readonly<Record<string, string>>) {
  const wheel = { filename: 'demo-1.0-py3-none-manylinux_2_17_x86_64.whl', make: 'elf-opened', files }
  const { findings, errors } = await auditBuilt(await buildExample({ wheel }), [external])
  expect(errors).toEqual([])
  return findings.map(({ severity, message }) => `${severity}: ${message}`)
}

const LATE = [
  "warning: 'demo/libdemo_heic.so' needs 2 libraries, which are neither in the wheel nor guaranteed by manylinux_2_17_x86_64. The package can be imported without them: 'libde265.so.0' and 'libheif.so.1'.",
]
const ERROR = [
  "error: 'demo/libdemo_heic.so' needs 2 libraries, which are neither in the wheel nor guaranteed by manylinux_2_17_x86_64: 'libde265.so.0' and 'libheif.so.1'.",
]

describe('a library that Python code opens by its path', () => {
  it('may be missing where only a function opens it, and another library is opened by the import', async () => {
    const files = {
      'demo/_load.py': LOAD,
      'demo/__init__.py':
        'from ._load import core, heic\n\ncore()\n\n\ndef decode(data):\n    return heic().decode(data)\n',
    }
    expect(await found(files)).toEqual(LATE)
  })

  it.each([
    ['the import opens it too', 'from ._load import core, heic\n\ncore()\nheic()\n'],
    [
      'the import calls what opens it',
      'from ._load import core, heic\n\ncore()\n\n\ndef find():\n    return heic()\n\n\nfound = find()\n',
    ],
    [
      'an instance opens it',
      'from ._load import core, heic\n\ncore()\n\n\nclass Lib:\n    def __init__(self):\n        self.lib = heic()\n\n\nlib = Lib()\n',
    ],
    ['nothing is opened by the import', 'from ._load import core, heic\n\n\ndef all():\n    return core(), heic()\n'],
  ])('may not where %s', async (_, text) => {
    expect(await found({ 'demo/_load.py': LOAD, 'demo/__init__.py': text })).toEqual(ERROR)
  })
})
