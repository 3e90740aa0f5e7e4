import { describe, expect, it } from 'vitest'
import type { SourceLocation } from '../../src/finding.js'
import { parseSetupPy } from '../../src/project/setup-py.js'

const marked = (text: string, found: SourceLocation | undefined) =>
  found &&
  `${found.line}: ${text.split('\n')[found.line - 1]?.slice((found.column ?? 0) - 1, (found.endColumn ?? 0) - 1)}`

const call = (text: string) => parseSetupPy('setup.py', text).call

describe('the call of setup', () => {
  it.each([
    ['from setuptools import setup\nsetup(name="a")\n', 2, 1],
    ['import setuptools\nif True:\n    setuptools.setup (\n', 3, 16],
    ['import numpy.distutils.core\nnumpy.distutils.core.setup()\n', 2, 22],
    ['import setuptools as st\nst.setup()\n', 2, 4],
    ['from setuptools import setup as run\nrun()\n', 2, 1],
    ['# setup(\n"""setup("""\n\'setup(\'\nsetup()\n', 4, 1],
    ['x = "\\"setup("\nsetup()\n', 2, 1],
    ["x = r'''\nit's setup(\n'''\nsetup()\n", 4, 1],
    ['x = "not closed\nsetup()\n', 2, 1],
    ['logging.setup()\nself.setup()\nsetup()\n', 3, 1],
    ['presetup()\nsetup_all()\nsetup()\n', 3, 1],
    ['import setuptools\ndef setup():\n    setuptools.setup()\nsetup()\n', 3, 16],
    ['if a:\n    setup(x)\nelse:\n    setup(y)\n', 2, 5],
    ['from setuptools import setup\r\nsetup()\r\n', 2, 1],
  ])('%j', (text, line, column) => {
    expect(call(text)).toMatchObject({ path: 'setup.py', line, column })
  })

  it.each(['', 'import setup\n', 'def setup(): pass\n', 'obj.setup()\n', '"setup("', "'''setup()", '# setup()'])(
    'is none in %j',
    text => {
      expect(call(text)).toBeUndefined()
    },
  )
})

describe('its keyword arguments', () => {
  const text = `from setuptools import setup, find_packages
import os
VERSION = dict(version="0.1", license="None")
setup(
    name="demo", version=VERSION['version'],
    description='Reads ' 'files',
    long_description=open("README.md").read(),
    license = "MIT License",  # license="x"
    author_email='ann@demo.dev',
    packages=find_packages(exclude=("tests",), license="no"),
    classifiers=[
        "Programming Language :: Python",
        'Private :: Do Not Upload',
    ],
    project_urls={"Source": "https://demo.dev"},
    python_requires=">=3.8" if os.name == "nt" else ">=3.9",
    install_requires=["Requests >= 2", "rich"],
    extras_require={'dev': ['pytest >= 8'], "docs": []},
    entry_points={'console_scripts': ['demo = demo:main']},
    **{"url": "x"},
)
setup(url="later")
`
  const setup = parseSetupPy('setup.py', text)
  it.each([
    ['Name', 'demo', '5: "demo"'],
    ['Version', '1.0', '5: version'],
    ['Summary', 'Reads files', '6: description'],
    ['Description', undefined, '7: long_description'],
    ['License', 'MIT License', '8: "MIT License"'],
    ['License-Expression', 'MIT', '8: "MIT License"'],
    ['Author-email', 'ann@demo.dev', "9: 'ann@demo.dev'"],
    ['Classifier', 'Private :: Do Not Upload', "13: 'Private :: Do Not Upload'"],
    ['Classifier', undefined, '11: classifiers'],
    ['Project-URL', 'Source, https://demo.dev', '15: "Source"'],
    ['Requires-Python', '>=3.9', '16: ">=3.9"'],
    ['Requires-Dist', 'requests>=2.0', '17: "Requests >= 2"'],
    ['Requires-Dist', 'attrs', '17: install_requires'],
    ['Requires-Dist', 'pytest>=8; extra == "dev"', "18: 'pytest >= 8'"],
    ['Provides-Extra', 'docs', '18: "docs"'],
    ['entry-points', 'console_scripts.demo', "19: 'demo = demo:main'"],
    ['Home-page', 'x', undefined],
    ['Keywords', undefined, undefined],
    ['tags', 'py3-none-any', undefined],
  ])('%s %s', (field, value, expected) => {
    expect(marked(text, setup.locate(field, value))).toBe(expected)
  })
})

it('reads a text of 4 MB in one string, and one of quotes alone', () => {
  expect(call(`"""${'\\"x'.repeat(1_300_000)}"""\nsetup()\n`)).toMatchObject({ line: 2 })
  expect(call(`${"'".repeat(1_000_002)}\nsetup()\n`)).toMatchObject({ line: 2 })
})
