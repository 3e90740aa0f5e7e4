import type { Sdist } from '../../src/distribution/distribution.js'
import { type TrackedFiles, trackedOf } from '../../src/project/tracked.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { setting } from '../shared/advice.js'
import { missing } from '../shared/missing.js'
import { missingInputs } from './_build-inputs.js'
import type { MissingInput } from './_missing-input.js'
import { sourceTree } from './_tree.js'

const pyproject = (requires: string, backend: string, rest: string) =>
  `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n\n${rest}`
const PROJECT = '[project]\nname = "demo"\nversion = "1.0"\n\n'

export default rule({
  id: 'build-input-missing',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 517, "Source distributions"',
  url: 'https://peps.python.org/pep-0517/#source-distributions',
  summary: 'The sdist does not contain a file that the build needs.',
  why: 'The build fails when it opens the file, or produces a wheel without it.',
  breaks: 'Nobody can install from the sdist: if no wheel matches the platform, pip fails with a build error.',
  fix: project =>
    `Include the file in the sdist (${setting(project, 'includeInSdist')}), or change the build so that it does not need the file.`,
  byHand: 'Only a person knows whether the path is wrong, or the file was forgotten.',
  precision: 'high',
  absence: 'member',
  bad: [
    {
      tree: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          'setup.py':
            'from setuptools import setup\n\nwith open("requirements.txt") as f:\n    required = f.read().split()\nsetup(name="demo", version="1.0", packages=["demo"], install_requires=required)\n',
          'requirements.txt': 'attrs\n',
          'MANIFEST.in': 'include CHANGES.md\n',
          'CHANGES.md': '# 1.0\n',
          'demo/__init__.py': '',
        },
      },
    },
    {
      tree: {
        pyproject: pyproject(
          'hatchling',
          'hatchling.build',
          `${PROJECT}[tool.hatch.build.targets.sdist]\nonly-include = ["src"]\n\n[tool.hatch.build.targets.wheel.force-include]\n"assets/logo.svg" = "demo/logo.svg"\n`,
        ),
        files: { 'assets/logo.svg': '<svg/>\n' },
      },
    },
    {
      tree: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          'setup.cfg':
            '[metadata]\nname = demo\nversion = 1.0\nlong_description = file: README.rst\n[options]\npackages = demo\n',
          'README.md': '# demo\n',
          'demo/__init__.py': '',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'from pathlib import Path\n\nfrom setuptools import Extension, setup\n\nHERE = Path(__file__).parent\nwith open("requirements.txt") as f:\n    required = f.read().split()\nsetup(\n    name="demo",\n    version="1.0",\n    package_dir={"": "src"},\n    packages=["demo"],\n    install_requires=required,\n    long_description=(HERE / "CHANGES.md").read_text(),\n    ext_modules=[Extension("demo._c", ["src/demo/_c.c"])],\n)\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: { '{top}/setup.cfg': '[metadata]\nname = demo\nversion = file: VERSION\n[options]\npackages = demo\n' },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'setuptools',
          'setuptools.build_meta',
          `${PROJECT}[tool.setuptools]\npackages = ["demo", "demo.sub"]\npackage-dir = { "" = "src" }\npy-modules = ["tool"]\n`,
        ),
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'hatchling',
          'hatchling.build',
          `${PROJECT}[tool.hatch.build.targets.wheel.force-include]\n"words.txt" = "demo/words.txt"\n`,
        ),
      },
    },
    { sdist: { pyproject: pyproject('meson-python', 'mesonpy', PROJECT) } },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'from setuptools import Extension, setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    ext_modules=[Extension("demo._c", ["src/demo/_c.c"])],\n)\n',
          '{top}/src/demo/_c.c': '#include <Python.h>\n#include "table.h"\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('maturin>=1.9,<2.0', 'maturin', PROJECT),
        files: {
          '{top}/Cargo.toml': '[package]\nname = "demo"\nversion.workspace = true\nedition = "2021"\n',
          '{top}/src/lib.rs': '',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'import subprocess\nimport sys\n\nfrom setuptools import setup\n\nsubprocess.check_call([sys.executable, "tools/make.py"])\nsetup(name="demo", version="1.0", packages=["demo"], package_dir={"": "src"})\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'from setuptools import find_packages, setup\n\nsetup(name="demo", version="1.0", packages=find_packages("src"))\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'import importlib.util as util\nimport os\n\nfrom setuptools import setup\n\nHERE, _ = os.path.split(os.path.abspath(__file__))\n\n\nclass Files:\n    folder = "requires"\n\n    @staticmethod\n    def read(*parts):\n        with open(os.path.join(HERE, *parts)) as file:\n            return file.read()\n\n    @classmethod\n    def required(cls, name):\n        return cls.read(cls.folder, name).split()\n\n    def changes(self):\n        return open(HERE + "/" + "CHANGES").read()\n\n\nspec = util.spec_from_file_location("about", "src/demo/about.py")\nabout = util.module_from_spec(spec)\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    install_requires=Files.required("base.txt"),\n    long_description=Files().changes(),\n)\nspec.loader.exec_module(about)\n',
        },
      },
    },
    {
      tree: {
        pyproject: pyproject(
          'pdm-backend',
          'pdm.backend',
          `${PROJECT}[tool.pdm.build]\ncustom-hook = "hook.py"\n\n[tool.pdm.build.wheel-data]\nscripts = ["bin/demo.sh"]\n`,
        ),
        files: { 'src/demo/__init__.py': '' },
      },
    },
    {
      sdist: {
        pyproject: pyproject('maturin>=1.9,<2.0', 'maturin', PROJECT),
        files: {
          '{top}/Cargo.toml': '[workspace]\n[package]\nname = "demo"\nversion = "1.0.0"\nedition.workspace = true\n',
          '{top}/src/lib.rs': '',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('maturin>=1.9,<2.0', 'maturin', PROJECT),
        files: {
          '{top}/Cargo.toml':
            '[workspace]\n[package]\nname = "demo"\nversion = "1.0.0"\n[target."cfg(unix)".dependencies]\nlibc.workspace = true\n',
          '{top}/src/lib.rs': '',
        },
      },
    },
  ],
  good: [
    {
      sdist: {
        // flit keeps the hyphen of a package of stubs.
        filename: 'my_demo_stubs-1.0.tar.gz',
        metadata: { Name: 'my-demo-stubs' },
        pyproject: pyproject('flit_core', 'flit_core.buildapi', '[project]\nname = "my-demo-stubs"\nversion = "1.0"\n'),
        files: { '{top}/my_demo-stubs/__init__.pyi': 'x: int\n' },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'setuptools',
          'setuptools.build_meta',
          '[project]\nname = "demo"\ndynamic = ["version"]\n\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { demo = "lib" }\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n',
        ),
        files: { '{top}/lib/__init__.py': '__version__ = "1.0"\n' },
      },
    },
    {
      tree: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          'setup.py':
            'from setuptools import setup\n\nwith open("requirements/base.txt") as f:\n    required = f.read().split()\nsetup(name="demo", version="1.0", packages=["demo"], install_requires=required)\n',
          'requirements/base.txt': 'attrs\n',
          'MANIFEST.in': 'recursive-include requirements *.txt\n',
          'demo/__init__.py': '',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'pdm-backend',
          'pdm.backend',
          `${PROJECT}[tool.pdm.build]\nincludes = ["demo"]\npackage-dir = "lib"\n`,
        ),
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'from setuptools import Extension, setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    ext_modules=[\n        Extension("demo._c", ["src/demo/_c.c"], libraries=["zstd"]),\n        Extension("demo.zstd", ["src/zstd.c"], include_dirs=["include"], libraries=["zstd"]),\n    ],\n)\n',
          '{top}/src/demo/_c.c':
            '#include "Python.h"\n#include "table.h"\n#include "getopt.h"\n#ifdef _WIN32\n#include "win.h"\n#endif\n/* #include "old.h" */\n#include "made_api.h"\n',
          '{top}/src/demo/made.pyx': '',
          '{top}/include/table.h': '',
          '{top}/src/zstd.c': '#include "zstd.h"\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'import sys\n\nfrom setuptools import Extension, setup\n\nsys.path.insert(0, ".")\nimport maker\n\nmaker.run()\nsetup(name="demo", version="1.0", packages=["demo"], package_dir={"": "src"}, ext_modules=[Extension("demo._c", ["src/demo/_c.c"])])\n',
          '{top}/maker.py': 'def run():\n    open("src/demo/made.h", "w").close()\n',
          '{top}/src/demo/_c.c': '#include "getopt.h"\n#include "made.h"\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'maturin>=1.9,<2.0',
          'maturin',
          `${PROJECT}[tool.maturin]\nmanifest-path = "py/Cargo.toml"\n`,
        ),
        files: {
          '{top}/Cargo.toml':
            '[workspace]\nmembers = ["py"]\n[workspace.package]\nversion = "1.0.0"\n[workspace.dependencies]\nunused = { path = "unused" }\n',
          '{top}/py/Cargo.toml': '[package]\nname = "demo"\nversion.workspace = true\nedition = "2021"\n',
          '{top}/py/src/lib.rs': '',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/tools/make.py': 'print("Hello")\n',
          '{top}/setup.py':
            'import subprocess\nimport sys\n\nfrom setuptools import setup\n\nsubprocess.run([sys.executable, "make.py"], cwd="tools", check=True)\nsubprocess.run([sys.executable, "tools/make.py"], check=True)\nsubprocess.run([sys.executable, "-c", "pass"], check=True)\ntry:\n    subprocess.check_call([sys.executable, "none.py"])\nexcept subprocess.CalledProcessError:\n    pass\nsetup(name="demo", version="1.0", packages=["demo"], package_dir={"": "src"})\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('maturin>=1.9,<2.0', 'maturin', PROJECT),
        files: {
          '{top}/Cargo.toml':
            '[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\n[package.metadata]\nworkspace = true\n',
          '{top}/src/lib.rs':
            '/* old: /* words */ mod old; */\n#[cfg(test)]\nstatic BYTES: &[u8; 3] = include_bytes!("words.bin");\n#[cfg(test)]\nstatic TEXT: Text = Text { id: 1 }.with(include_str!("words.txt"));\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'setuptools',
          'setuptools.build_meta',
          `${PROJECT}[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\npy-modules = ["demo"]\n`,
        ),
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'setuptools',
          'setuptools.build_meta',
          `${PROJECT}[tool.setuptools]\npy-modules = ["tool"]\n[tool.setuptools.packages.find]\nwhere = ["src"]\n`,
        ),
        files: { '{top}/src/tool.py': 'x = 1\n' },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'scikit-build-core',
          'scikit_build_core.build',
          `${PROJECT}[tool.scikit-build]\nwheel.packages = ["src/demo", "tool", "tool.sub", "_tool"]\n`,
        ),
        files: {
          '{top}/CMakeLists.txt': 'python_add_library(_tool MODULE tool.c)\n',
          '{top}/tool.c': '',
          '{top}/tool/__init__.py': '',
          '{top}/tool/sub/__init__.py': '',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'from setuptools import setup\n\n\nclass Files:\n    path = "CHANGES"\n    other = "CHANGES"\n\n    def read(self):\n        return open(self.path).read() + open(self.other).read()\n\n    def text(self):\n        return open("CHANGES").read()\n\n    text = str\n\n\nfiles = Files()\nfiles.path, mode = "setup.py", "r"\nfor files.other in ["setup.py"]:\n    pass\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    description=files.text(),\n    long_description=files.read(),\n)\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'from setuptools import setup\n\n\nclass File:\n    path = "CHANGES"\n\n    def __init__(self, **values):\n        self.__dict__.update(values)\n\n    def read(self):\n        return open(self.path).read()\n\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    long_description=File(path="setup.py").read(),\n)\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'import os\n\nfrom setuptools import Command, setup\n\n\nclass Check(Command):\n    def run(self):\n        open("report.txt")\n\n\nclass Files:\n    def __init__(self, name):\n        self.name = name\n\n    def read(self):\n        return open(self.name).read() if os.path.exists(self.name) else ""\n\n    @property\n    def text(self):\n        return open("CHANGES").read()\n\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    long_description=Files("CHANGES").read(),\n    cmdclass={"check": Check},\n)\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'import os\n\nfrom setuptools import find_packages, setup\n\n\ndef read(name):\n    if not os.path.exists(name):\n        return ""\n    return open(name).read()\n\n\ntry:\n    extra = open("extra.txt").read()\nexcept OSError:\n    extra = ""\nsetup(\n    name="demo",\n    version="1.0",\n    package_dir={"": "src"},\n    packages=find_packages("src"),\n    long_description=read("CHANGES.md"),\n)\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'hatchling',
          'hatchling.build',
          `${PROJECT}[tool.hatch.build.targets.wheel]\npackages = ["tool", "tool.sub"]\n`,
        ),
        files: { '{top}/tool/__init__.py': '', '{top}/tool/sub/__init__.py': '' },
      },
    },
    {
      sdist: {
        pyproject: pyproject('setuptools', 'setuptools.build_meta', ''),
        files: {
          '{top}/setup.py':
            'from setuptools import setup\nfrom setuptools.command.build_scripts import build_scripts\n\n\nclass Build(build_scripts):\n    def run(self):\n        with open("demo", "w") as file:\n            file.write("#!python\\n")\n        super().run()\n\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    scripts=["demo"],\n    cmdclass={"build_scripts": Build},\n)\n',
        },
      },
    },
    {
      sdist: {
        pyproject: pyproject(
          'hatchling',
          'hatchling.build',
          '[project]\nname = "demo"\ndynamic = ["version"]\n\n[tool.hatch.version]\npath = "src/demo/about.py"\n',
        ),
      },
    },
  ],
  *check(sdist, { tracked }) {
    if (sdist.tree?.isWhole === false) return
    const told = new Set<string>()
    for (const one of [...missingInputs(sdist)].sort(byWeight)) {
      const { at, who, path, instead, help, table, isLeftOut } = one
      if (table !== undefined) {
        if (told.has(`${path}#${table}`)) continue
        told.add(`${path}#${table}`)
        yield finding(at, `${who} \`${table}\`, which ${quote(path)} does not set: the build fails.`, { help })
        continue
      }
      if (isBelow(path, told)) continue
      told.add(path)
      yield finding(
        at,
        `${who} ${quote(path)}, which ${isLeftOut ? 'the sdist will not contain' : `is not in ${placeOfFiles(sdist)}`}: ${(instead ?? (isLeftOut ? 'the build from it fails' : 'the build fails')).replace(/\.$/, '')}${instead?.endsWith('?') ? '' : '.'}`,
        {
          ...(instead !== undefined && { severity: 'warning' }),
          help: help ?? (told.size > MOST_CORRECTED ? undefined : correction(sdist, one, tracked)),
          ...(at.field === 'project.name' && { follows: [missing.named] }),
          explains: [missing.file(path), ...(explained(who) ?? [])],
        },
      )
    }
  },
})

/** Paths that are near are looked for among all of the tree; more findings than this are only counted. */
const MOST_CORRECTED = 250

/** What is missing when the build goes on without the file, by the key that names it. */
function explained(who: string): readonly string[] | undefined {
  if (/license/.test(who)) return ['License-File', 'license text']
  if (/`(?:long_description|readme)`/.test(who)) return ['Description', 'Description-Content-Type']
  return /package_data|package-data/.test(who) || !/package|module|`where`|include/.test(who) ? undefined : ['packages']
}

/** Errors first, and folders before what is in them: a folder that is not there is the cause of all below it. */
const byWeight = (a: MissingInput, b: MissingInput) =>
  Number(a.instead !== undefined) - Number(b.instead !== undefined) || a.path.length - b.path.length

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (folders.has(path.slice(0, end))) return true
  return false
}

/**
 * What to do: the path that is near, where there is one in the same folder or one of that name elsewhere. Undefined where the sdist may
 * have lost a file that is in the source tree.
 */
function correction(
  sdist: Sdist,
  { path, who, at }: MissingInput,
  tracked: TrackedFiles | undefined,
): string | undefined {
  const from = (at.member ?? '').slice(`${sdist.top}/`.length)
  const split = (one: string) => [one.slice(0, one.lastIndexOf('/') + 1), one.slice(one.lastIndexOf('/') + 1)] as const
  const [folder, name] = split(path)
  const paths = new Set<string>()
  const ofProject = trackedOf(sdist, tracked)
  // The path is right: the sdist has lost the file.
  if (ofProject.includes(path)) return undefined
  for (const file of [...sourceTree(sdist).files, ...ofProject])
    for (let end = file.length; end > 0; end = file.lastIndexOf('/', end - 1)) paths.add(file.slice(0, end))
  const others = [...paths].map(one => [one, ...split(one)] as const)
  const beside = new Map(others.flatMap(([one, where, what]) => (where === folder ? [[what, one]] : [])))
  const elsewhere = EVERYWHERE.test(name)
    ? []
    : others.filter(([one, , what]) => what === name && one !== from).map(([one]) => one)
  const alike = [...beside].filter(([what]) => documentName(what) !== '' && documentName(what) === documentName(name))
  const isRoot =
    elsewhere.length === 0 && !path.includes('/') && /`(?:package[_-]dir|where)`|looks for packages/.test(who)
  const meant =
    (isRoot && paths.has('src') ? 'src' : undefined) ??
    beside.get(nearest(name, beside.keys()) ?? '') ??
    (alike.length === 1 ? alike[0]?.[1] : elsewhere.length === 1 ? elsewhere[0] : undefined)
  if (meant === undefined && !sdist.tree && mayBeTracked(sdist, path, tracked)) return undefined
  return meant === undefined
    ? 'Correct the path, or add the file.'
    : `Correct the path (${quote(meant)}?), or add the file.`
}

/** Files that each folder of a project may have. */
const EVERYWHERE = /^(?:meson\.build|CMakeLists\.txt|__init__\.py|Makefile)$/

/** May the file, or a folder of that path, be in the source tree? */
function mayBeTracked(sdist: Sdist, path: string, tracked: TrackedFiles | undefined): boolean {
  const paths = trackedOf(sdist, tracked)
  return paths.length === 0 || paths.some(one => `/${one}/`.includes(`/${path.replace(/^\.\//, '')}/`))
}

/** `README` of README.md, README.rst and README: nothing for a file that is not a document. */
const documentName = (name: string): string => /^([^.]+)(?:\.(?:md|rst|txt))?$/i.exec(name)?.[1] ?? ''
