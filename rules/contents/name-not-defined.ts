import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { type PythonModule, readModule } from '../../src/python/module.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importChain } from '../../src/views/import-chain.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { isForPython3 } from '../../src/views/python-modules.js'
import { pythonList, wheelPythons } from '../../src/views/wheel-pythons.js'
import { chainText, startText } from './_chain.js'

type UndefinedName = NonNullable<PythonModule['undefinedName']>

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
const SETUP = 'setup(name="demo", version="1.0")\n'

export default rule({
  id: 'name-not-defined',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Language Reference, "Resolution of names"',
  url: 'https://docs.python.org/3/reference/executionmodel.html#resolution-of-names',
  summary:
    'setup.py, a module that the package imports, or the function of a command uses a name that nothing defines.',
  why: 'Running it raises NameError: the build, the import of the package, or the command fails.',
  fix: 'Import the name, or define it before it is used.',
  byHand: 'The code has to be changed.',
  precision: 'high',
  needs: ['python-imports'],
  inCode: true,
  bad: [
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: { '{top}/setup.py': `from setuptools import setup\n\nhere = os.path.dirname(__file__)\n${SETUP}` },
      },
    },
    { wheel: { files: { 'demo/__init__.py': 'import os\n\nROOT = pathlib.Path(os.curdir)\n' } } },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
        files: {
          'demo/app.py':
            'import argparse\n\n\ndef main():\n    parser = argparse.ArgumentParser()\n    run(parser.parse_args())\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'class Options:\n    kinds = ["a"]\n    end = "s"\n    all = [kind + end for kind in kinds]\n',
        },
      },
    },
    { wheel: { files: { 'demo/__init__.py': 'import os\n\ndel os\n\nHOME = os.environ.get("HOME")\n' } } },
  ],
  good: [
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/setup.py': `from setuptools import setup\n\nexec(open("src/demo/__init__.py").read())\nprint(VERSION)\n${SETUP}`,
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'try:\n    unicode\nexcept NameError:\n    unicode = str\n\n\ndef later():\n    return missing\n\n\nif False:\n    print(missing)\nTYPES = [kind for kind in (str, unicode)]\n',
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
        files: {
          'demo/app.py':
            'def main(more=()):\n    global limit\n    limit = 1\n    show(limit, [one for one in more])\n    if more:\n        return missing\n    cli()\n    return missing\n\n\ndef show(*words): ...\n\n\nfrom click import command as cli\n',
          'demo/__init__.py':
            'import os\n\ndel os\nimport os\n\n\nclass Options:\n    kinds = ["a"]\n    all = [kind for kind in kinds]\n    pairs = [(kind, os) for kind in kinds]\n    none = [kinds for kind in []]\n',
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\ntwo = demo.two:main\n',
        files: {
          'demo/app.py':
            'import sys\nfrom sys import exit as bye\n\n\ndef main():\n    App().run()\n    moved()\n    return missing\n\n\ndef moved():\n    if sys.argv:\n        bye(1)\n    else:\n        raise SystemExit\n\n\nclass App:\n    def run(self):\n        return missing\n',
          'demo/two.py':
            'from . import app\n\n\ndef main():\n    app.App.run = print\n    print(f"{word if (word := 1) else 2}", word)\n',
        },
      },
    },
    {
      wheel: {
        files: { 'demo/__init__.py': 'from .core import run\n\nprint(core.run)\n', 'demo/core.py': 'def run(): ...\n' },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'from __future__ import (\n    annotations,\n)\n\n\ndef run(one: Later) -> Later: ...\n\n\nclass Later:\n    __key = 1\n    key = _Later__key\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Python': '>=3.12' },
        files: { 'demo/__init__.py': 'class Pair[K, V](dict[K, V]): ...\n' },
      },
    },
  ],
  *check(dist) {
    yield* inSetupScript(dist)
    for (const { chain, ...found } of importChain(dist).undefinedNames) {
      const { name } = found
      const last = chain.at(-1)
      if (!last || isOfPython2(dist, name) || isNeverEvaluated(dist, found)) continue
      yield finding(
        { member: last.member, line: last.line, column: last.column, mark: name },
        `${startText(dist, chain)} fails: ${chainText(chain)} ${useOf(dist, found)}.`,
        { subject: name },
      )
    }
  },
})

function* inSetupScript(dist: Wheel | Sdist) {
  if (dist.kind !== 'sdist' || !isSetuptools(dist)) return
  const member = `${dist.top}/setup.py`
  const kept = dist.texts.get(member)
  const found = kept && !kept.cut && kept.utf8 ? readModule(kept.text).undefinedName : undefined
  if (!found || isOfPython2(dist, found.name) || isNeverEvaluated(dist, found)) return
  const { name, line, column } = found
  yield finding(
    { member, line, column, mark: name },
    `setup.py ${useOf(dist, found)}: the build fails with NameError.`,
    {
      subject: name,
    },
  )
}

/** Python 3.14 evaluates no annotation that nobody asks for. */
const evaluating = (dist: Wheel | Sdist) => wheelPythons(dist).filter(minor => minor < 14)

const isNeverEvaluated = (dist: Wheel | Sdist, { isAnnotation }: UndefinedName): boolean =>
  isAnnotation && evaluating(dist).length === 0

function useOf(dist: Wheel | Sdist, { name, isAnnotation, isLater, gone }: UndefinedName): string {
  const what =
    gone === 'deleted'
      ? `${quote(name)} after \`del ${name}\``
      : gone === 'class'
        ? `${quote(name)} of a class in a comprehension, which does not see the names of the class`
        : isLater
          ? `${quote(name)} before it is defined`
          : `${quote(name)}, which nothing defines`
  return isAnnotation
    ? `uses, in an annotation that Python ${pythonList(evaluating(dist))} evaluates, ${what}`
    : `uses ${what}`
}

/** An sdist that does not say for which Pythons it is may be for that one. */
const isOfPython2 = (dist: Wheel | Sdist, name: string): boolean => OF_PYTHON_2.test(name) && !isForPython3(dist)

const OF_PYTHON_2 =
  /^(?:StandardError|apply|basestring|buffer|cmp|coerce|execfile|file|intern|long|raw_input|reduce|reload|unichr|unicode|xrange)$/
