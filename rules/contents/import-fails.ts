import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { modulesAbove } from '../../src/distribution/entry-points.js'
import { groupBy } from '../../src/group-by.js'
import { isOfTree, pathsOfProject } from '../../src/project/tracked.js'
import { topOf } from '../../src/python/module-name.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { nearest } from '../../src/text/nearest.js'
import { builtModules } from '../../src/views/built-modules.js'
import { importChain, type MissingImport } from '../../src/views/import-chain.js'
import { provides } from '../../src/views/module-projects.js'
import { hasStartFile, isShared, pythonModules } from '../../src/views/python-modules.js'
import { requiredBy } from '../../src/views/required.js'
import { someQuoted, thousands } from '../../src/wording.js'
import { missing } from '../shared/missing.js'
import { chainText, startText } from './_chain.js'

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

export default rule({
  id: 'import-fails',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'The Python Language Reference, "The import system"',
  url: 'https://docs.python.org/3/reference/import.html',
  summary:
    'A package imports one of its own modules, which is missing from the wheel, or from the sdist if there is no wheel.',
  why: 'Importing the package, or running its command, raises ModuleNotFoundError, ImportError or AttributeError.',
  breaks: 'The import fails with ModuleNotFoundError, ImportError or AttributeError on every machine.',
  fix: 'Include the module in the build, or correct the import.',
  precision: 'high',
  absence: 'content',
  needs: ['native', 'python-imports'],
  bad: [
    {
      release: [
        {
          wheel: {
            files: {
              // They are only called like what ends a program.
              'demo/__init__.py':
                'from ._all import fail\n\n\nclass Item:\n    def skip(self): ...\n\n\ndef quit(): ...\n\n\nitem = Item()\nitem.skip()\nquit()\nfail()\nfrom ._gone import x\n',
              'demo/_all.py':
                'def fail(): ...\n\n\nclass Base:\n    def fail(self):\n        raise NotImplementedError\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'from . import a\n',
              'demo/a.py': 'from . import b\n\nX = 1\n',
              'demo/b.py': 'from . import a\n\nY = a.X\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'from .core import run\n__version__ = "1.0"\n',
              'demo/core.py': 'from . import __version__\n\n\ndef run(): ...\n',
            },
          },
        },
      ],
    },
    {
      release: [{ wheel: { files: { '{data}/scripts/demo': '#!python\nfrom demo.cli import main\n\nmain()\n' } } }],
    },
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
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'from .fields import Field\n',
              'demo/fields.py': 'from .models import Model\n\n\nclass Field: ...\n',
              'demo/models.py': 'from .fields import Field\n\n\nclass Model: ...\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'from . import core\n\ncore.setpu()\n',
              'demo/core.py': 'def setup(): ...\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
            files: { 'demo/app.py': 'def main():\n    from .server import serve\n    serve()\n' },
          },
        },
      ],
    },
    { release: [{ wheel: { files: { 'demo/extra.py': 'import demo.lost\n' } } }] },
    { release: [{ wheel: { files: { 'demo/__init__.py': 'from . import helper\n' } } }] },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                "import sys\n\nif sys.platform == 'win32':\n    from .win import run\nelif sys.platform == 'darwin':\n    from .mac import run\nelse:\n    from .linux import run\n",
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                'try:\n    import json\nexcept ImportError:\n    json = None\nelse:\n    from .encoder import dumps\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'from .core import x\n',
              'demo/core.py': 'import utils\n',
              'demo/utils.py': '',
            },
          },
        },
      ],
    },
    {
      release: [
        { wheel: { files: { 'demo/__init__.py': 'from .templates import page\n', 'demo/templates/page.html': 'x' } } },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'def _load():\n    from .engine import run\n    return run\n\n\nrun = _load()\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'try:\n    from ._fast import run\nexcept ImportError:\n    from ._pure import run\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'from .api import *\n',
              'demo/api.py': '__all__ = ["run", "walk"]\n\n\ndef run(): ...\n',
            },
          },
        },
      ],
    },
    { release: [{ wheel: { files: { 'demo/__init__.py': 'from ..common import x\n' } } }] },
    {
      release: [
        {
          sdist: {
            files: { '{top}/src/demo/__init__.py': 'from tests.help import x\n', '{top}/tests/help.py': 'x = 1\n' },
          },
        },
        { wheel: { files: { 'demo/__init__.py': 'from tests.help import x\n' } } },
      ],
    },
    {
      release: [{ wheel: { files: { 'demo/__init__.py': 'from scripts.common import x\n' } } }],
      tracked: ['pyproject.toml', 'src/demo/__init__.py', 'scripts/common.py'],
    },
    {
      release: [
        { sdist: { files: { '{top}/demo/__init__.py': 'import demo_core\n', '{top}/demo_core.py': 'x = 1\n' } } },
        { wheel: { files: { 'demo/__init__.py': 'import demo_core\n' } } },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: SETUPTOOLS,
            files: {
              '{top}/src/demo.egg-info/top_level.txt': 'demo\n',
              '{top}/src/demo/__init__.py': 'from .core import x\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: `${SETUPTOOLS}\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\n`,
            files: {
              '{top}/src/demo/__init__.py': 'from .sub import x\n',
              '{top}/src/demo/sub/__init__.py': 'x = 1\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: SETUPTOOLS,
            files: {
              '{top}/src/demo.egg-info/top_level.txt': 'demo\n',
              '{top}/src/demo/__init__.py': 'import demo_core\n',
              '{top}/src/demo_core.py': 'x = 1\n',
            },
          },
        },
      ],
    },
  ],
  good: [
    {
      release: [{ wheel: { files: { 'demo/__init__.py': 'import tests\nfrom scripts import common\n' } } }],
      tracked: ['pyproject.toml', 'src/demo/__init__.py', 'tests/__init__.py', 'scripts/common.py'],
    },
    {
      release: [
        {
          wheel: {
            entryPoints: '[console_scripts]\ndemo = demo.app:main\nother = demo.app:other\n',
            files: {
              // The function has a class of its own.
              'demo/__init__.py': '',
              'demo/app.py':
                'class App:\n    def run(self):\n        from ._gone import x\n\n\nclass Other:\n    def run(self): ...\n\n\ndef main(App=Other):\n    app = App()\n    app.run()\n\n\ndef other():\n    class App:\n        def run(self): ...\n\n    App().run()\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              // The class has a property of the module's name.
              'demo/__init__.py':
                'from demo import core\n\n\nclass Demo:\n    @property\n    def core(self):\n        return 1\n\n    @core.setter\n    def core(self, value):\n        pass\n',
              'demo/core.py': 'x = 1\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              // Modules that import one another use each other later.
              'demo/__init__.py': 'from . import a\n',
              'demo/a.py': 'X = 1\nfrom . import b\nY = 2\n',
              'demo/b.py': 'from . import a\n\nZ = a.X\n\n\ndef later():\n    return a.Y\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
            files: {
              // The program ends before the import that would fail.
              'demo/__init__.py': '',
              'demo/_exit.py': 'import sys\n\n\ndef stop():\n    sys.exit()\n',
              'demo/_again.py': 'from ._exit import stop\n',
              'demo/app.py':
                'from ._again import stop\n\n\ndef main():\n    stop()\n    from ._made import x\n    print(x)\n',
              'demo_old/__init__.py': 'from . import _gone\nfrom ._made import x\n',
              'demo_old/_gone.py': 'raise SystemExit("use demo")\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              // What it imports, it may have written.
              'demo/__init__.py':
                'from ._make import make\n\nmake("_made")\nfrom ._made import x\nfrom ._old import y\n',
              'demo/_old.py': '',
              'demo/_make.py':
                'from pathlib import Path\n\n\ndef make(name, old="_old"):\n    Path(__file__).with_name(name).with_suffix(".py").write_text("x = 1")\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                'import subprocess\nimport sys\n\nsubprocess.check_call([sys.executable, "-m", "demo._make"])\nfrom . import late\n',
              'demo/_make.py': 'print("x = 1")\n',
              'demo/late.py': 'from ._made import x\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              // What is private may be imported in one order alone.
              'demo.py': 'X = 1\nfrom _demo_helpers import run\n',
              '_demo_helpers.py': 'from demo import X\n\n\ndef run(): ...\n',
              'demo_codes/__init__.py': 'from . import codes, _fill\nfrom .codes import FOUND\n',
              'demo_codes/codes.py': '',
              'demo_codes/_fill.py':
                'from . import codes\n\nfor word in ["found", "lost"]:\n    setattr(codes, word.upper(), word)\n',
              'demo_set/__init__.py':
                'from . import core, late\n\ncore.a, core.b = 1, 2\nfor core.c in range(2):\n    ...\nprint(core.a, core.b, core.c, 2 < 1 < core.d)\n',
              'demo_set/core.py': '',
              'demo_set/late.py': 'from . import early\n',
              'demo_set/early.py': 'from ._exports import export\n\nexport("name")\nfrom .user import x\n',
              'demo_set/_exports.py': 'import sys\n\n\ndef export(name):\n    sys._getframe(1).f_globals[name] = 1\n',
              'demo_set/user.py': 'from .early import name\n\nx = name\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                'import os\n\nwith open(os.path.join(os.path.dirname(__file__), "_made.py"), "w") as file:\n    file.write("x = 1")\nfrom ._made import x\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
            files: { 'demo/__init__.py': 'from ._x import *\nfrom .fast import run\n' },
            make: 'elf-bundle',
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                '__version__ = "1.0"\n\nfrom .core import run, users\nfrom .old import Generic\nfrom .two import words\n',
              'demo/two.py':
                'try:\n    text = unicode\n    from ._two import words\nexcept NameError:\n    words = []\n',
              'demo/old.py': 'eval(compile("class Generic: ...", "<old>", "exec"))\n',
              'demo/core.py':
                'from public import public\n\nfrom .__init__ import __version__\n\nusers: dict\npublic(users={})\n\n\ndef run(): ...\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: SETUPTOOLS.replace('"setuptools"', '"setuptools", "cython"'),
            files: {
              '{top}/src/demo.egg-info/top_level.txt': 'demo\n',
              '{top}/src/demo/__init__.py': 'from ._fast import x\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: SETUPTOOLS.replace('"setuptools"', '"setuptools", "setuptools-scm"'),
            files: {
              '{top}/src/demo.egg-info/top_level.txt': 'demo\n',
              '{top}/src/demo/__init__.py': 'from ._version import version\nfrom .words import go\n',
              '{top}/src/demo/words.proto': 'x',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: SETUPTOOLS,
            files: {
              '{top}/setup.py':
                'from setuptools import setup\n\nwith open("src/demo/made.py", "w") as file:\n    file.write("x = 1")\nsetup(name="demo", version="1.0", packages=["demo"], package_dir={"": "src"})\n',
              '{top}/src/demo/__init__.py': 'from .made import x\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'from . import fields, core\n\ncore.limit = 1\nprint(core.limit, core.setup)\n',
              'demo/core.py': 'def setup(): ...\n',
              'demo/fields.py': 'class Field: ...\n\n\nfrom .models import Model\n',
              'demo/models.py': 'from . import fields\nfrom .fields import Field\n\n\nclass Model: ...\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': '__version__ = "1.0"\nfrom .core import run\nlater = 1\n',
              'demo/core.py': 'from . import __version__\n\n\ndef run():\n    from . import later\n    return later\n',
              '{data}/scripts/demo': '#!python\nfrom demo.core import run\n\nrun()\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                "import sys\n\nif sys.platform == 'win32':\n    from .win import run\nelif sys.platform == 'darwin':\n    from .mac import run\nelse:\n    from .linux import run\n\ntry:\n    import numpy\nexcept ImportError:\n    numpy = None\nelse:\n    from .arrays import rows\n",
              'demo/linux.py': 'def run(): ...\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                'def _load(fast=False):\n    if not fast:\n        return None\n    from ._fast import run\n    return run\n\n\nrun = _load()\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            entryPoints: '[console_scripts]\ndemo = demo.app:main\ntwo = demo.app:two\n',
            files: {
              'demo/app.py':
                'import click\n\n\ndef main(argv=None):\n    try:\n        from .server import serve\n    except ImportError:\n        serve = print\n    if argv:\n        from .dev import run\n        return run()\n    serve()\n\n\n@click.command()\ndef two():\n    from .two import run\n    run()\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'try:\n    from ._fast import run\nexcept ImportError:\n    from ._pure import run\n',
              'demo/_pure.py': 'run = print\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py': 'import os\nimport sys\n\nsys.path.append(os.path.dirname(__file__))\nimport utils\n',
              'demo/utils.py': '',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          wheel: {
            metadata: { 'Requires-Dist': 'PyYAML' },
            files: { 'demo/__init__.py': 'import json\nimport yaml\n', 'demo/json.py': '', 'demo/yaml.py': '' },
          },
        },
      ],
    },
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
  ofLoneWheel: true,
  *check(subject, { tracked }) {
    if (subject.kind !== 'release') {
      // The texts of a file are not kept for the release, so they are read here.
      importChain(subject)
      return
    }
    const { name, wheels, sdists } = subject
    // The wheel tells more, and other rules compare it with its sdist.
    for (const sdist of wheels.length === 0 ? sdists : []) yield* whenever(sdist, [], [])
    const sources: Sources[] = sdists.map(sdist => ({ name: 'the sdist', paths: pathsOf(sdist) }))
    if (tracked && isOfTree(name, tracked))
      sources.push({ name: 'the source tree', paths: new Set(pathsOfProject(tracked)) })
    for (const wheel of wheels) {
      yield* whenever(wheel, sdists, sources)
      const beside = alikeIn(wheel, false)
      yield* tell(wheel, beside[0] ?? [], sdists, beside.length - 1)
    }
  },
})

/** What fails whenever the distribution is used. */
function* whenever(dist: Wheel | Sdist, sdists: readonly Sdist[], sources: readonly Sources[]) {
  for (const alike of alikeIn(dist, true)) yield* tell(dist, alike, sdists)
  yield* ownOfSources(dist, sources)
}

/** Where the wheel was built from. */
interface Sources {
  readonly name: string
  /** Below the top directory. */
  readonly paths: ReadonlySet<string>
}

const pathsOf = ({ members }: Sdist): ReadonlySet<string> =>
  new Set(members.files.map(({ path }) => path.replace(/^(?:\.\/)*[^/]+\//, '')))

/** Imports of what is missing, those of one statement together. */
const alikeIn = (dist: Wheel | Sdist, isOnChain: boolean): readonly (readonly MissingImport[])[] => [
  ...groupBy(
    importChain(dist).missing.filter(({ onChain }) => onChain === isOnChain),
    keyOf,
  ).values(),
]

/** The same statement. */
const keyOf = ({ chain, module, name }: MissingImport): string =>
  JSON.stringify([chain.at(-1), module, name === undefined])

/** Top-level modules and packages of the sources that are imported, and not installed. */
function* ownOfSources(dist: Wheel | Sdist, sources: readonly Sources[]) {
  const needed = requiredBy(dist)
  const told = new Set<string>()
  const built = dist.kind === 'sdist' ? builtModules(dist) : undefined
  if (!needed || hasStartFile(dist) || !(built || sources.length > 0)) return
  for (const { chain, module } of importChain(dist).foreign) {
    const top = topOf(module)
    const last = chain.at(-1)
    if (!last || told.has(top) || isStdlibModule(top) || isShared(dist, top)) continue
    if (needed.some(one => provides(one, top))) continue
    const from = built ? undefined : sources.find(({ paths }) => isOwn(paths, chain[0]?.path ?? '', module))
    if (built ? built.mayAdd || ASIDE.test(top) || !built.isLeftOut(top) : !from) continue
    told.add(top)
    yield finding(
      { member: last.member, line: last.line, column: last.column },
      `${startText(dist, chain)} fails: ${chainText(chain)} imports ${module}, which is ${built ? 'in the sdist, but not installed: top_level.txt does not name it' : `not in the wheel; ${from?.name} contains it`}.`,
      { path: dist.path, subject: top },
    )
  }
}

/** Names at the top of a source tree that may be anything: other projects install modules with these names too. */
const ASIDE = /^(?:tests?|docs?|examples?|benchmarks?|scripts?|tools?|build|setup|conftest|vendor|third_party)$/

/** Do the sources contain the module where they contain the file of the wheel, or where commands run? */
function isOwn(paths: ReadonlySet<string>, path: string, module: string): boolean {
  const has = (root: string, name: string) =>
    ['.py', '/__init__.py'].some(end => paths.has(`${root}${name.replaceAll('.', '/')}${end}`))
  const top = topOf(module)
  if (top !== module && has('', module)) return true
  if (ASIDE.test(top)) return false
  for (const one of paths)
    if ((one === path || one.endsWith(`/${path}`)) && has(one.slice(0, one.length - path.length), top)) return true
  return false
}

/** What is missing for one statement; `more` other statements fail in the same way. */
function* tell(dist: Wheel | Sdist, [one, ...others]: readonly MissingImport[], sdists: readonly Sdist[], more = 0) {
  const last = one?.chain.at(-1)
  if (!one || !last) return
  const { module, name, onChain, chain, isAbove, isListed, isLater, isUsed } = one
  const names = [one, ...others].map(({ name = '' }) => name)
  const define = `does not define ${names.length > 1 ? 'them' : 'it'}`
  const what = isAbove
    ? `imports ${quote(module)}, which is outside of its top-level package`
    : name === undefined
      ? `imports ${module}, which is ${whereNot(dist, module)}${one.meant === undefined && isIn(sdists, module) ? '; the sdist contains it' : ''}`
      : isUsed
        ? `uses ${quote(name)} of ${module}, which ${isLater ? 'defines it only after this import has begun' : define}`
        : isListed
          ? `imports * from ${module}, whose __all__ lists ${someQuoted(names, 3)}, but which ${define}`
          : isLater
            ? `imports ${someQuoted(names, 3)} from ${module}, which defines ${names.length > 1 ? 'them' : 'it'} only after this import has begun`
            : `imports ${someQuoted(names, 3)} from ${module}, which ${define}`
  const rest = more > 0 ? ` ${thousands(more)} more ${more > 1 ? 'imports fail' : 'import fails'} in the same way.` : ''
  yield finding(
    { member: last.member, line: last.line, column: last.column },
    `${onChain ? `${startText(dist, chain)} fails: ${chainText(chain)}` : chainText([last])} ${what}.${hintOf(one)}${rest}`,
    {
      path: dist.path,
      subject: onChain ? `${module}:${names.join()}` : 'beside',
      snippet: last.text,
      // A module that the sources do not have either is misspelled, or was never written.
      inCode: name !== undefined || one.meant !== undefined || (sdists.length > 0 && !isIn(sdists, module)),
      ...(name === undefined && !isAbove && { follows: [missing.package(firstMissing(dist, module))] }),
      ...(!onChain && { severity: 'info' }),
      ...(name !== undefined && {
        help: isLater
          ? 'Define the name before the import, or import it in the function that uses it.'
          : `Define ${names.length > 1 ? 'the names' : 'the name'} in ${module}, or correct the ${isUsed ? 'name' : isListed ? 'list' : 'import'}.`,
      }),
    },
  )
}

/** `demo.formats` of `demo.formats.csv`, where the wheel has only `demo`. */
function firstMissing(dist: Wheel | Sdist, module: string): string {
  const modules = dist.kind === 'wheel' ? pythonModules(dist) : builtModules(dist).modules
  return modulesAbove(module).find(name => !modules.has(name)) ?? module
}

/** A module may be in an sdist, and not be installed. */
const whereNot = (dist: Wheel | Sdist, module: string): string =>
  dist.kind === 'wheel'
    ? 'not in the wheel'
    : [...builtModules(dist).unlisted].some(folder => module === folder || module.startsWith(`${folder}.`))
      ? 'in the sdist, but not installed, because setup.py does not list its package'
      : 'not in the sdist'

function hintOf({ module, name, candidates, meant, isLater }: MissingImport): string {
  if (isLater) return ''
  if (meant !== undefined) return ` Did you mean ${quote(meant)}?`
  const wanted = name ?? module.slice(module.lastIndexOf('.') + 1)
  const found = nearest(wanted, candidates)
  if (found === undefined) return ''
  return ` Did you mean ${quote(name === undefined ? `${module.slice(0, -wanted.length)}${found}` : found)}?`
}

/** Does an sdist contain a file of the module? */
function isIn(sdists: readonly Sdist[], module: string): boolean {
  const path = module.replaceAll('.', '/')
  const ends = [`/${path}.py`, `/${path}/__init__.py`, `/${path}.pyx`]
  return sdists.some(({ members }) => members.files.some(file => ends.some(end => file.path.endsWith(end))))
}
