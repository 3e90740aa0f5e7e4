/** Source trees as sdists hold them, and what the newest backends made of each: `npm run builds` builds them all anew. */
export interface BuildCase {
  readonly name: string
  readonly files: Readonly<Record<string, string | null>>
  /** `fails`, or the name and version of the wheel. */
  readonly outcome: string
  /** What is told of it. `certain`: an error; `weak`: less than one; `nothing`. */
  readonly told: 'certain' | 'weak' | 'nothing'
}

const INFO = 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n'
const MODULE = { 'demo/__init__.py': '__version__ = "1.0"\n' }
const tree = (files: Readonly<Record<string, string>>) => ({ 'PKG-INFO': INFO, ...MODULE, ...files })

const system = (requires: string, backend: string) =>
  `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n\n`
const SETUPTOOLS = system('setuptools', 'setuptools.build_meta')
const PROJECT = '[project]\nname = "demo"\nversion = "1.0"\n'
const DYNAMIC = '[project]\nname = "demo"\ndynamic = ["version"]\n'
const HATCH = system('hatchling', 'hatchling.build')
const FLIT = system('flit_core', 'flit_core.buildapi')
const PDM = system('pdm-backend', 'pdm.backend')
const POETRY = system('poetry-core', 'poetry.core.masonry.api')
const UV = system('uv_build', 'uv_build')
const SKBUILD = system('scikit-build-core', 'scikit_build_core.build')
const MESON = system('meson-python', 'mesonpy')
const MATURIN = system('maturin', 'maturin')
const POETRY_TABLE = '[tool.poetry]\nname = "demo"\nversion = "1.0"\ndescription = ""\nauthors = ["A <a@demo.dev>"]\n'

const setup = (text: string, more: Readonly<Record<string, string>> = {}) =>
  tree({ 'setup.py': text, 'pyproject.toml': SETUPTOOLS, ...more })
const requirements = (text: string) =>
  tree({
    'pyproject.toml': `${SETUPTOOLS}${PROJECT}dynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n`,
    'requirements.txt': text,
  })
const call = (keywords: string) =>
  `from setuptools import Extension, find_packages, setup\nsetup(name="demo", version="1.0", ${keywords})\n`

const fails = (name: string, files: BuildCase['files']): BuildCase => ({
  name,
  files,
  outcome: 'fails',
  told: 'certain',
})
const builds = (name: string, files: BuildCase['files'], more: Partial<BuildCase> = {}): BuildCase => ({
  name,
  files,
  outcome: 'demo-1.0',
  told: 'nothing',
  ...more,
})

const meson = (text: string, more: BuildCase['files'] = {}) => ({
  ...tree({
    'pyproject.toml': `${MESON}${PROJECT}`,
    'meson.build': `project('demo', version: '1.0')\npy = import('python').find_installation(pure: true)\n${text}`,
  }),
  ...more,
})
const cmake = (text: string, more: BuildCase['files'] = {}, languages = 'NONE') => ({
  ...tree({
    'pyproject.toml': `${SKBUILD}${PROJECT}`,
    'CMakeLists.txt': `cmake_minimum_required(VERSION 3.15...3.30)\nproject(demo LANGUAGES ${languages})\n${text}`,
  }),
  ...more,
})
const cargo = (text: string, more: BuildCase['files'] = {}, table = 'bindings = "bin"\n') => ({
  ...tree({
    'pyproject.toml': `${MATURIN}${PROJECT}[tool.maturin]\n${table}`,
    'Cargo.toml': `[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\n${text}`,
    'src/main.rs': 'fn main() {}\n',
  }),
  ...more,
})

export const BUILD_CASES: readonly BuildCase[] = [
  fails('setuptools: requirements with an option of pip', requirements('attrs\n-r base.txt\n')),
  fails('setuptools: requirements with hashes', requirements('attrs==25.3.0 \\\n    --hash=sha256:00\n')),
  fails('setuptools: requirements with an address alone', requirements('git+https://demo.dev/demo\n')),
  builds('setuptools: requirements with comments', requirements('# one\n  attrs>=23  # two\n\nrich>=\\\n13\n')),
  fails(
    'setup.py opens',
    setup('from setuptools import setup\nopen("requirements.txt")\nsetup(name="demo", version="1.0")\n'),
  ),
  builds(
    'setup.py opens a file that is there',
    setup('from setuptools import setup\nopen("requirements.txt")\nsetup(name="demo", version="1.0")\n', {
      'requirements.txt': '',
    }),
  ),
  fails(
    'setup.py opens by an f-string',
    setup(
      'import os\nfrom setuptools import setup\nhere = os.path.dirname(os.path.abspath(__file__))\nopen(f"{here}/README.md")\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  fails(
    'setup.py opens by a format',
    setup(
      'import os\nfrom setuptools import setup\nhere = os.path.dirname(os.path.abspath(__file__))\nopen("%s/README.md" % here)\nopen("{}/LICENSE".format(here))\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  fails(
    'setup.py opens the default of a helper',
    setup(
      'from setuptools import setup\n\n\ndef required(path="requirements.txt"):\n    return open(path).read().split()\n\n\nsetup(name="demo", version="1.0", install_requires=required())\n',
    ),
  ),
  fails(
    'setup.py opens in the body of a class',
    setup(
      'from setuptools import setup\n\n\nclass Project:\n    readme = open("README.md").read()\n\n\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  builds(
    'setup.py opens in a method',
    setup(
      'from setuptools import setup\n\n\nclass Project:\n    def readme(self, path="README.md"):\n        return open(path).read()\n\n\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  fails(
    'setup.py joins',
    setup(
      'import os\nfrom setuptools import setup\nhere = os.path.abspath(os.path.dirname(__file__))\nwith open(os.path.join(here, "demo", "version.txt")) as f:\n    v = f.read()\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  fails(
    'setup.py with pathlib',
    setup(
      'from pathlib import Path\nfrom setuptools import setup\nsetup(name="demo", version="1.0", long_description=(Path(__file__).parent / "README.md").read_text())\n',
    ),
  ),
  fails(
    'setup.py with a function',
    setup(
      'import os\nfrom setuptools import setup\ndef read(*names):\n    return open(os.path.join(os.path.dirname(__file__), *names)).read()\nsetup(name="demo", version="1.0", long_description=read("README.rst") + read("CHANGES.rst"))\n',
      { 'README.rst': '' },
    ),
  ),
  builds(
    'setup.py in try',
    setup(
      'from setuptools import setup\ntry:\n    x = open("README.md").read()\nexcept IOError:\n    x = ""\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  builds(
    'setup.py asks first',
    setup(
      'import os\nfrom setuptools import setup\nx = open("README.md").read() if os.path.exists("README.md") else ""\nif os.path.isfile("HISTORY"):\n    x += open("HISTORY").read()\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  builds(
    'setup.py never calls',
    setup(
      'from setuptools import setup\ndef read():\n    return open("README.md").read()\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  builds(
    'setup.py asks in the function',
    setup(
      'import os\nfrom setuptools import setup\ndef read(name):\n    if not os.path.exists(name):\n        return ""\n    return open(name).read()\nsetup(name="demo", version="1.0", long_description=read("README.md"))\n',
    ),
  ),
  builds(
    'setup.py writes first',
    setup(
      'from setuptools import setup\nwith open("v.txt", "w") as f:\n    f.write("1.0")\nsetup(name="demo", version=open("v.txt").read())\n',
    ),
  ),
  builds(
    'setup.py for a command',
    setup(
      'import sys\nfrom setuptools import setup\nif sys.argv[-1] == "publish":\n    open("token.txt")\n    sys.exit()\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  builds(
    'setup.py goes elsewhere',
    setup(
      'import os\nfrom setuptools import setup\nos.chdir("demo")\nopen("words.txt")\nos.chdir("..")\nsetup(name="demo", version="1.0", packages=["demo"])\n',
      { 'demo/words.txt': '' },
    ),
  ),
  fails('packages', setup(call('packages=["demo", "demo.sub"]'))),
  fails('package_dir', setup(call('packages=["demo"], package_dir={"": "src"}'))),
  builds(
    'package_dir of one package',
    setup(call('packages=["demo.sub"], package_dir={"demo.sub": "other"}'), { 'other/__init__.py': '' }),
  ),
  fails(
    'find_packages in a folder that is not there',
    setup(call('packages=find_packages("src"), package_dir={"": "src"}')),
  ),
  builds('find_packages alone in a folder that is not there', setup(call('packages=find_packages("src")')), {
    told: 'weak',
  }),
  builds('find_packages in a folder that is there', setup(call('packages=find_packages("demo")'))),
  builds('license_files in setup.py', setup(call('packages=["demo"], license_files=["COPYING"]')), { told: 'weak' }),
  builds('license_files in setup.py, a pattern', setup(call('packages=["demo"], license_files=["COPYING*"]')), {
    told: 'weak',
  }),
  fails(
    'setup.cfg: find in a folder that is not there',
    tree({
      'setup.cfg':
        '[metadata]\nname = demo\nversion = 1.0\n[options]\npackages = find:\n[options.packages.find]\nwhere = source\n',
      'pyproject.toml': SETUPTOOLS,
    }),
  ),
  builds(
    'setup.cfg: find in a folder that is not there, with another root',
    tree({
      'setup.cfg':
        '[metadata]\nname = demo\nversion = 1.0\n[options]\npackage_dir =\n    = src\npackages = find:\n[options.packages.find]\nwhere = source\n',
      'src/demo/__init__.py': '',
      'pyproject.toml': SETUPTOOLS,
    }),
    { told: 'weak' },
  ),
  builds(
    'setuptools: where names a folder that is not there, and one that is',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools.packages.find]\nwhere = ["src", "source"]\n`,
      'src/demo/__init__.py': '',
    }),
    { told: 'weak' },
  ),
  builds('py_modules', setup(call('py_modules=["tool"]')), { told: 'weak' }),
  fails('scripts', setup(call('scripts=["bin/demo"]'))),
  fails('data_files', setup(call('data_files=[("share", ["words.txt"])]'))),
  builds('package_data', setup(call('packages=["demo"], package_data={"demo": ["*.txt", "a.json"]}'))),
  fails(
    'extension',
    setup(call('ext_modules=[Extension("demo._c", ["demo/_c.c", "demo/util.c"])]'), {
      'demo/_c.c':
        '#include <Python.h>\nstatic struct PyModuleDef m = {PyModuleDef_HEAD_INIT, "_c"};\nPyMODINIT_FUNC PyInit__c(void) { return PyModule_Create(&m); }\n',
    }),
  ),
  builds(
    'extension from C, without Cython',
    setup(call('ext_modules=[Extension("demo._c", ["demo/_c.pyx"])]'), {
      'demo/_c.c':
        '#include <Python.h>\nstatic struct PyModuleDef m = {PyModuleDef_HEAD_INIT, "_c"};\nPyMODINIT_FUNC PyInit__c(void) { return PyModule_Create(&m); }\n',
    }),
  ),
  fails('extension from Cython, nothing there', setup(call('ext_modules=[Extension("demo._c", ["demo/_c.pyx"])]'))),
  builds('optional extension', setup(call('ext_modules=[Extension("demo._c", ["demo/_c.c"], optional=True)]'))),
  fails('import of what is not required', setup(`import sphinx_never_there\n${call('')}`)),
  fails('import of a module beside it', setup(`import helper\n${call('')}`, { 'helper.py': '' })),
  fails('import of the package', setup(`from demo import __version__\n${call('')}`)),
  builds(
    'import of a module beside it, with the path set',
    setup(`import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nimport helper\n${call('')}`, {
      'helper.py': '',
    }),
  ),
  builds(
    'import of a module beside it, old backend',
    tree({
      'setup.py': `import helper\n${call('')}`,
      'helper.py': '',
      'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n',
    }),
  ),
  builds(
    'import of a module beside it, legacy by name',
    tree({
      'setup.py': `import helper\n${call('')}`,
      'helper.py': '',
      'pyproject.toml': system('setuptools', 'setuptools.build_meta:__legacy__'),
    }),
  ),
  fails(
    'a backend that is not in backend-path',
    tree({
      'setup.py': `import helper\n${call('')}`,
      'helper.py': '',
      'pyproject.toml': `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\nbackend-path = ["."]\n`,
    }),
  ),
  fails('stat of a missing file', setup(`import os\nos.stat("SIZES")\n${call('')}`)),
  fails('a missing file that is copied', setup(`import shutil\nshutil.copy("defaults.cfg", "demo")\n${call('')}`)),
  builds('a folder that may not be there', setup(`import os\nfor one in os.walk("parts"): pass\n${call('')}`)),
  fails(
    'docstring of flit',
    tree({ 'pyproject.toml': `${FLIT}[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n` }),
  ),
  builds(
    'version of flit beside the module',
    tree({
      'demo/__init__.py': '"""Demo."""\n',
      'demo/_version.py': '__version__ = "1.0"\n',
      'pyproject.toml': `${FLIT}[project]\nname = "demo"\ndynamic = ["version", "description"]\n`,
    }),
  ),
  fails(
    'version that imports what is not there',
    tree({
      'demo/__init__.py': 'import sphinx_never_there\n__version__ = ".".join(["1", "0"])\n',
      'pyproject.toml': `${SETUPTOOLS}${DYNAMIC}[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n`,
    }),
  ),
  builds(
    'version of a module in a package that imports what is not there',
    tree({
      'demo/__init__.py': 'import sphinx_never_there\n',
      'demo/about.py': 'VERSION = ".".join(["1", "0"])\n',
      'pyproject.toml': `${SETUPTOOLS}${DYNAMIC}[tool.setuptools.dynamic]\nversion = { attr = "demo.about.VERSION" }\n`,
    }),
  ),
  builds(
    'version of attr that differs',
    tree({
      'demo/__init__.py': '__version__ = "1.1"\n',
      'pyproject.toml': `${SETUPTOOLS}${DYNAMIC}[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n`,
    }),
    { outcome: 'demo-1.1', told: 'certain' },
  ),
  builds(
    'an empty version file',
    tree({
      VERSION: '',
      'pyproject.toml': `${SETUPTOOLS}${DYNAMIC}[tool.setuptools.dynamic]\nversion = { file = "VERSION" }\n`,
    }),
    { outcome: 'demo-0.0.0', told: 'certain' },
  ),
  fails(
    'a source of cythonize that is missing',
    tree({
      'setup.py': `from Cython.Build import cythonize\n${call('ext_modules=cythonize("demo/fast.pyx")')}`,
      'pyproject.toml':
        '[build-system]\nrequires = ["setuptools", "cython"]\nbuild-backend = "setuptools.build_meta"\n',
    }),
  ),
  builds('import in try', setup(`try:\n    import sphinx_never_there\nexcept ImportError:\n    pass\n${call('')}`)),
  builds('import in a function', setup(`def docs():\n    import sphinx_never_there\n${call('')}`)),
  builds('import of pkg_resources', setup(`import pkg_resources\n${call('')}`), { outcome: 'fails', told: 'weak' }),
  builds('setup.py of another version', setup('from setuptools import setup\nsetup(name="demo", version="0.9")\n'), {
    outcome: 'demo-0.9',
    told: 'certain',
  }),
  builds(
    'setup.py of another name',
    setup('from setuptools import setup\nsetup(name="other", version="1.0", packages=["demo"])\n'),
    { outcome: 'other-1.0', told: 'certain' },
  ),
  builds(
    'setup.py with another spelling',
    setup('from setuptools import setup\nsetup(name="Demo", version="1.0.0")\n'),
    { outcome: 'demo-1.0.0' },
  ),
  builds(
    'setup.cfg with a tag',
    {
      ...setup('from setuptools import setup\nsetup(name="demo", version="1.0")\n', {
        'setup.cfg': '[egg_info]\ntag_build = .post2\n',
      }),
      'PKG-INFO': INFO.replace('1.0\n', '1.0.post2\n'),
    },
    { outcome: 'demo-1.0.post2' },
  ),
  builds(
    'setup.cfg of another version',
    tree({ 'setup.cfg': '[metadata]\nname = demo\nversion = 0.9\n', 'pyproject.toml': SETUPTOOLS }),
    { outcome: 'demo-0.9', told: 'certain' },
  ),
  builds(
    'setup.py beats setup.cfg',
    setup('from setuptools import setup\nsetup(version="0.9")\n', {
      'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\n',
    }),
    { outcome: 'demo-0.9', told: 'certain' },
  ),
  fails(
    'setup.cfg: version file',
    tree({ 'setup.cfg': '[metadata]\nname = demo\nversion = file: VERSION\n', 'pyproject.toml': SETUPTOOLS }),
  ),
  fails(
    'setup.cfg: version attr',
    tree({
      'setup.cfg': '[metadata]\nname = demo\nversion = attr: demo.version.VERSION\n',
      'pyproject.toml': SETUPTOOLS,
    }),
  ),
  builds(
    'setup.cfg: long_description',
    tree({
      'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\nlong_description = file: README.md\n',
      'pyproject.toml': SETUPTOOLS,
    }),
    { told: 'weak' },
  ),
  builds(
    'setup.cfg: install_requires',
    tree({
      'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\n[options]\ninstall_requires = file: requirements.txt\n',
      'pyproject.toml': SETUPTOOLS,
    }),
    { told: 'weak' },
  ),
  fails(
    'setup.cfg: packages',
    tree({
      'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\n[options]\npackages =\n    demo\n    demo.sub\n',
      'pyproject.toml': SETUPTOOLS,
    }),
  ),
  fails(
    'setup.cfg: find',
    tree({
      'setup.cfg':
        '[metadata]\nname = demo\nversion = 1.0\n[options]\npackages = find:\npackage_dir =\n    = src\n[options.packages.find]\nwhere = src\n',
      'pyproject.toml': SETUPTOOLS,
    }),
  ),
  fails(
    'setup.cfg: scripts',
    tree({
      'setup.cfg': '[metadata]\nname = demo\nversion = 1.0\n[options]\nscripts = bin/demo\n',
      'pyproject.toml': SETUPTOOLS,
    }),
  ),
  builds(
    'setuptools: version file',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${DYNAMIC}[tool.setuptools]\npackages = ["demo"]\n[tool.setuptools.dynamic]\nversion = { file = "VERSION" }\n`,
    }),
    { outcome: 'demo-0.0.0', told: 'certain' },
  ),
  fails(
    'setuptools: version attr',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${DYNAMIC}[tool.setuptools]\npackages = ["demo"]\n[tool.setuptools.dynamic]\nversion = { attr = "demo.version.VERSION" }\n`,
    }),
  ),
  builds(
    'setuptools: version attr that is there',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${DYNAMIC}[tool.setuptools]\npackages = ["demo"]\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n`,
    }),
  ),
  builds(
    'setuptools: dependencies file',
    tree({
      'pyproject.toml': `${SETUPTOOLS}[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["dependencies"]\n[tool.setuptools]\npackages = ["demo"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n`,
    }),
    { told: 'weak' },
  ),
  fails(
    'setuptools: packages',
    tree({ 'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools]\npackages = ["demo", "demo.sub"]\n` }),
  ),
  fails(
    'setuptools: package-dir',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\n`,
    }),
  ),
  fails(
    'setuptools: where',
    tree({ 'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools.packages.find]\nwhere = ["src"]\n` }),
  ),
  builds(
    'setuptools: py-modules',
    tree({ 'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools]\npy-modules = ["tool"]\n` }),
    { told: 'weak' },
  ),
  fails(
    'setuptools: script-files',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools]\npackages = ["demo"]\nscript-files = ["bin/demo"]\n`,
    }),
  ),
  fails(
    'setuptools: data-files',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools]\npackages = ["demo"]\n[tool.setuptools.data-files]\n"share/demo" = ["words.txt"]\n`,
    }),
  ),
  builds(
    'setuptools: data-files by pattern',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools]\npackages = ["demo"]\n[tool.setuptools.data-files]\n"share/demo" = ["*.words"]\n`,
    }),
  ),
  fails(
    'setuptools: ext-modules',
    tree({
      'pyproject.toml': `${SETUPTOOLS}${PROJECT}[tool.setuptools]\npackages = ["demo"]\next-modules = [{ name = "demo._c", sources = ["demo/_c.c"] }]\n`,
    }),
  ),
  builds(
    'hatch: version file',
    tree({ 'pyproject.toml': `${HATCH}${DYNAMIC}[tool.hatch.version]\npath = "demo/about.py"\n` }),
  ),
  fails(
    'hatch: force-include',
    tree({
      'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.wheel.force-include]\n"data/words.txt" = "demo/words.txt"\n`,
    }),
  ),
  builds(
    'hatch: force-include of the sdist',
    tree({
      'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.sdist.force-include]\n"data/words.txt" = "demo/words.txt"\n`,
    }),
  ),
  fails(
    'hatch: force-include of every target',
    tree({
      'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.force-include]\n"data/words.txt" = "demo/words.txt"\n`,
    }),
  ),
  builds(
    'hatch: shared-data',
    tree({
      'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.wheel.shared-data]\n"words.txt" = "share/words.txt"\n`,
    }),
    { told: 'weak' },
  ),
  builds(
    'hatch: shared-scripts',
    tree({
      'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.wheel.shared-scripts]\n"tool.sh" = "tool"\n`,
    }),
    { told: 'weak' },
  ),
  fails('hatch: custom hook', tree({ 'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.hooks.custom]\n` })),
  fails(
    'hatch: custom hook of the wheel, by path',
    tree({
      'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.wheel.hooks.custom]\npath = "tools/hook.py"\n`,
    }),
  ),
  builds(
    'hatch: custom hook of the sdist',
    tree({ 'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.sdist.hooks.custom]\n` }),
  ),
  fails(
    'hatch: metadata hook',
    tree({
      'pyproject.toml': `${HATCH}${DYNAMIC}[tool.hatch.version]\npath = "demo/__init__.py"\n[tool.hatch.metadata.hooks.custom]\n`,
    }),
  ),
  fails(
    'hatch: metadata hook with nothing dynamic',
    tree({ 'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.metadata.hooks.custom]\n` }),
  ),
  builds(
    'hatch: build script of another name',
    tree({ 'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.custom]\n` }),
  ),
  fails('hatch: no package', {
    ...tree({ 'pyproject.toml': `${HATCH}${PROJECT}` }),
    'demo/__init__.py': null,
    'other/__init__.py': '',
  }),
  builds(
    'hatch: packages that are not there',
    tree({ 'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.wheel]\npackages = ["src/demo"]\n` }),
    { told: 'weak' },
  ),
  builds('hatch: src', {
    ...tree({ 'pyproject.toml': `${HATCH}${PROJECT}`, 'src/demo/__init__.py': '' }),
    'demo/__init__.py': null,
  }),
  builds('hatch: namespace', {
    ...tree({ 'pyproject.toml': `${HATCH}${PROJECT}`, 'ns/demo/__init__.py': '' }),
    'demo/__init__.py': null,
  }),
  builds('hatch: bypass', {
    ...tree({ 'pyproject.toml': `${HATCH}${PROJECT}[tool.hatch.build.targets.wheel]\nbypass-selection = true\n` }),
    'demo/__init__.py': null,
  }),
  fails('flit: no module', {
    ...tree({ 'pyproject.toml': `${FLIT}${PROJECT}description = "Demo"\n` }),
    'demo/__init__.py': null,
  }),
  fails(
    'flit: module by name',
    tree({ 'pyproject.toml': `${FLIT}${PROJECT}description = "Demo"\n[tool.flit.module]\nname = "tool"\n` }),
  ),
  builds('flit: src module', {
    ...tree({ 'pyproject.toml': `${FLIT}${PROJECT}description = "Demo"\n`, 'src/demo.py': '"""Demo."""\n' }),
    'demo/__init__.py': null,
  }),
  fails(
    'flit: external-data',
    tree({
      'pyproject.toml': `${FLIT}${PROJECT}description = "Demo"\n[tool.flit.external-data]\ndirectory = "data"\n`,
    }),
  ),
  fails(
    'pdm: version file',
    tree({ 'pyproject.toml': `${PDM}${DYNAMIC}[tool.pdm.version]\nsource = "file"\npath = "demo/version.py"\n` }),
  ),
  builds('pdm: build hook', tree({ 'pyproject.toml': `${PDM}${PROJECT}[tool.pdm.build]\ncustom-hook = "hook.py"\n` }), {
    told: 'weak',
  }),
  fails('pdm: package-dir', tree({ 'pyproject.toml': `${PDM}${PROJECT}[tool.pdm.build]\npackage-dir = "src"\n` })),
  fails('pdm: version from git', tree({ 'pyproject.toml': `${PDM}${DYNAMIC}[tool.pdm.version]\nsource = "scm"\n` })),
  builds(
    'pdm: version from git with a fallback',
    tree({ 'pyproject.toml': `${PDM}${DYNAMIC}[tool.pdm.version]\nsource = "scm"\nfallback_version = "1.0"\n` }),
  ),
  fails(
    'poetry: packages',
    tree({ 'pyproject.toml': `${POETRY}${POETRY_TABLE}packages = [{ include = "demo" }, { include = "more" }]\n` }),
  ),
  fails(
    'poetry: from',
    tree({ 'pyproject.toml': `${POETRY}${POETRY_TABLE}packages = [{ include = "demo", from = "src" }]\n` }),
  ),
  builds(
    'poetry: packages of the sdist',
    tree({
      'pyproject.toml': `${POETRY}${POETRY_TABLE}packages = [{ include = "demo" }, { include = "tests", format = "sdist" }]\n`,
    }),
  ),
  builds(
    'poetry: include',
    tree({
      'pyproject.toml': `${POETRY}${POETRY_TABLE}include = ["CHANGES.md", { path = "data/*.txt", format = "wheel" }]\n`,
    }),
  ),
  fails('poetry: no package', { ...tree({ 'pyproject.toml': `${POETRY}${POETRY_TABLE}` }), 'demo/__init__.py': null }),
  fails('poetry: readme', tree({ 'pyproject.toml': `${POETRY}${POETRY_TABLE}readme = "README.md"\n` })),
  fails(
    'poetry: build script',
    tree({ 'pyproject.toml': `${POETRY}${POETRY_TABLE}[tool.poetry.build]\nscript = "build.py"\n` }),
  ),
  builds(
    'poetry: package-mode',
    { ...tree({ 'pyproject.toml': `${POETRY}${POETRY_TABLE}package-mode = false\n` }) },
    { outcome: 'fails' },
  ),
  builds('poetry of another version', tree({ 'pyproject.toml': `${POETRY}${POETRY_TABLE.replace('1.0', '0.9')}` }), {
    outcome: 'demo-0.9',
    told: 'certain',
  }),
  builds(
    'poetry of another name',
    tree({
      'pyproject.toml': `${POETRY}${POETRY_TABLE.replace('"demo"', '"other"')}packages = [{ include = "demo" }]\n`,
    }),
    { outcome: 'other-1.0', told: 'certain' },
  ),
  fails('uv: no module', { ...tree({ 'pyproject.toml': `${UV}${PROJECT}` }), 'demo/__init__.py': '' }),
  fails(
    'uv: module-name',
    tree({ 'pyproject.toml': `${UV}${PROJECT}[tool.uv.build-backend]\nmodule-root = ""\nmodule-name = "tool"\n` }),
  ),
  builds('uv: module-root', tree({ 'pyproject.toml': `${UV}${PROJECT}[tool.uv.build-backend]\nmodule-root = ""\n` })),
  fails('scikit-build-core: CMakeLists.txt', tree({ 'pyproject.toml': `${SKBUILD}${PROJECT}` })),
  fails(
    'scikit-build-core: source-dir',
    tree({ 'pyproject.toml': `${SKBUILD}${PROJECT}[tool.scikit-build]\ncmake.source-dir = "cpp"\n` }),
  ),
  builds(
    'scikit-build-core without CMake',
    tree({ 'pyproject.toml': `${SKBUILD}${PROJECT}[tool.scikit-build]\nwheel.cmake = false\n` }),
  ),
  builds(
    'scikit-build-core: packages',
    tree({
      'pyproject.toml': `${SKBUILD}${PROJECT}[tool.scikit-build]\nwheel.cmake = false\nwheel.packages = ["src/demo"]\n`,
    }),
    { told: 'weak' },
  ),
  fails(
    'scikit-build-core: version by regex',
    tree({
      'pyproject.toml': `${SKBUILD}${DYNAMIC}[tool.scikit-build]\nwheel.cmake = false\n[tool.scikit-build.metadata.version]\nprovider = "scikit_build_core.metadata.regex"\ninput = "demo/version.py"\n`,
    }),
  ),
  fails('meson-python: meson.build', tree({ 'pyproject.toml': `${MESON}${PROJECT}` })),
  fails('meson: subdir', meson("subdir('src')\n")),
  fails('meson: a file in a folder', meson("subdir('src')\n", { 'src/meson.build': "py.install_sources('a.py')\n" })),
  fails('meson: files', meson("sources = files('demo/a.py', 'demo/__init__.py')\n")),
  fails('meson: install_sources', meson("py.install_sources([\n  'demo/a.py', # more\n], subdir: 'demo')\n")),
  fails('meson: configure_file', meson("configure_file(input: 'a.in', output: 'a', configuration: {'v': 1})\n")),
  fails('meson: install_data', meson("install_data('demo/a.json')\n")),
  fails('meson: fs.read', meson("import('fs').read('a.txt')\nfs = import('fs')\nfs.read('b.txt')\n")),
  builds(
    'meson asks first',
    meson(
      "fs = import('fs')\nif fs.exists('a')\n  subdir('a')\nendif\nx = fs.exists('b') ? files('b') : []\nforeach y : []\n  files(y, 'c')\nendforeach\n# files('d')\nmessage('''files('e')''')\npy.install_sources('demo' / '__init__.py', subdir: 'demo')\n",
    ),
  ),
  builds('meson leaves', meson("if true\n  subdir_done()\nendif\nsubdir('src')\n")),
  fails('CMake: add_subdirectory', cmake('add_subdirectory(native)\n')),
  fails(
    'CMake: a file in a folder',
    cmake('add_subdirectory(native)\n', { 'native/CMakeLists.txt': 'install(FILES a.txt DESTINATION demo)\n' }),
  ),
  fails('CMake: include', cmake(`include(\${CMAKE_CURRENT_SOURCE_DIR}/cmake/a.cmake)\n`)),
  fails('CMake: configure_file', cmake('configure_file(a.h.in a.h @ONLY)\n')),
  fails('CMake: file', cmake('file(READ VERSION v)\n')),
  fails('CMake: add_library', cmake('add_library(a MODULE a.c)\ninstall(TARGETS a DESTINATION demo)\n', {}, 'C')),
  builds(
    'CMake asks first',
    cmake(
      `include(cmake/a.cmake OPTIONAL)\ninclude(GNUInstallDirs OPTIONAL)\nif(EXISTS \${CMAKE_CURRENT_SOURCE_DIR}/a)\n  add_subdirectory(a)\nendif()\noption(B "b" OFF)\nif(B)\n  configure_file(b.in b)\nendif()\nfunction(later)\n  file(READ c c)\nendfunction()\ninstall(FILES d DESTINATION demo OPTIONAL)\n# include(e.cmake)\n#[[ include(f.cmake) ]]\n`,
    ),
  ),
  builds('CMake leaves', cmake('if(TRUE)\n  return()\nendif()\nadd_subdirectory(native)\n')),
  builds(
    'CMake makes a source',
    cmake(
      `file(WRITE \${CMAKE_CURRENT_SOURCE_DIR}/a.txt "a")\nfile(READ a.txt a)\ninstall(FILES a.txt DESTINATION demo)\n`,
    ),
  ),
  fails('Cargo: no source', cargo('', { 'src/main.rs': null })),
  fails(
    'Cargo: an inherited version',
    cargo('', { 'Cargo.toml': '[package]\nname = "demo"\nversion.workspace = true\nedition = "2021"\n' }),
  ),
  fails('Cargo: inherited lints', cargo('[lints]\nworkspace = true\n')),
  fails('Cargo: a patch', cargo('[patch.crates-io]\nserde = { path = "../serde" }\n')),
  fails(
    'Cargo: a dependency of the workspace',
    cargo(
      '[dependencies]\nother = { workspace = true }\n[workspace]\n[workspace.dependencies]\nother = { path = "other" }\n',
    ),
  ),
  builds(
    'Cargo: an unused dependency of the workspace',
    cargo('[workspace]\n[workspace.dependencies]\nother = { path = "other" }\n'),
  ),
  fails(
    'setup.py runs a script and wants it to succeed',
    setup(
      'import subprocess\nimport sys\nfrom setuptools import setup\nsubprocess.run([sys.executable, "make.py"], check=True)\nsetup(name="demo", version="1.0")\n',
    ),
  ),
  builds(
    'setup.py runs a script',
    setup(
      'import subprocess\nimport sys\nfrom setuptools import setup\nsubprocess.run([sys.executable, "make.py"])\nsetup(name="demo", version="1.0")\n',
    ),
    { told: 'weak' },
  ),
  fails(
    'a header',
    setup(call('ext_modules=[Extension("demo._c", ["demo/_c.c"])]'), { 'demo/_c.c': '#include "_c.h"\n' }),
  ),
  fails(
    'setup.py imports from its own folder',
    setup(`import os\nimport sys\nsys.path.insert(0, os.path.dirname(__file__))\nimport helper\n${call('')}`),
  ),
  fails('Cargo.toml', cargo('', { 'Cargo.toml': null })),
  fails('Cargo: bin.path', cargo('[[bin]]\nname = "other"\npath = "src/other.rs"\n')),
  fails('Cargo: lib.path', cargo('[lib]\npath = "src/other.rs"\n')),
  fails('Cargo: build', cargo('build = "tools/build.rs"\n')),
  fails('Cargo: readme', cargo('readme = "TEXT.md"\n')),
  fails(
    'Cargo: a member inherits what the workspace does not have',
    cargo('[workspace]\nmembers = ["a"]\n', {
      'a/Cargo.toml': '[package]\nname = "a"\nversion.workspace = true\nedition = "2021"\n',
      'a/src/lib.rs': '',
    }),
  ),
  fails(
    'Cargo: the workspace that the package names does not have a key',
    cargo('', {
      'Cargo.toml': '[package]\nname = "demo"\nversion.workspace = true\nedition = "2021"\nworkspace = "ws"\n',
      'ws/Cargo.toml': '[workspace]\nmembers = [".."]\n',
    }),
  ),
  fails('Cargo: a program without its file', cargo('[[bin]]\nname = "other"\n')),
  fails('Cargo: a library without its file', cargo('[lib]\ncrate-type = ["cdylib"]\n')),
  fails('Cargo: a member built by default', cargo('[workspace]\ndefault-members = [".", "other"]\n')),
  fails('Cargo: a dependency of tests, as it was spelled', cargo('[dev_dependencies]\nother = { path = "other" }\n')),
  builds('Cargo: both spellings', cargo('[dev-dependencies]\n[dev_dependencies]\nother = { path = "other" }\n')),
  builds(
    'Cargo: a module of a member that nothing needs',
    cargo('[workspace]\nmembers = ["a"]\n', {
      'a/Cargo.toml': '[package]\nname = "a"\nversion = "1.0.0"\nedition = "2021"\n',
      'a/src/lib.rs': 'mod gone;\n',
    }),
  ),
  builds(
    'Cargo: an inherited edition',
    cargo('', {
      'Cargo.toml':
        '[package]\nname = "demo"\nversion = "1.0.0"\nedition.workspace = true\n[workspace]\n[workspace.package]\nedition = "2021"\n',
    }),
  ),
  builds('Cargo: programs where cargo looks for them', cargo('[[bin]]\nname = "demo"\n')),
  builds(
    'Cargo: a dependency in a workspace of its own, below a folder that is excluded',
    cargo('[dependencies]\na = { path = "v/a" }\n[workspace]\nexclude = ["v"]\n', {
      'v/Cargo.toml': '[workspace]\nmembers = ["a"]\n[workspace.package]\nversion = "1.0.0"\n',
      'v/a/Cargo.toml': '[package]\nname = "a"\nversion.workspace = true\nedition = "2021"\n',
      'v/a/src/lib.rs': '',
    }),
  ),
  fails('Cargo: a dependency', cargo('[dependencies]\nother = { path = "crates/other" }\n')),
  fails('Cargo: a dependency of tests', cargo('[dev-dependencies]\nother = { path = "crates/other" }\n')),
  fails(
    'Cargo: a dependency of no feature',
    cargo('[dependencies]\nother = { path = "crates/other", optional = true }\n'),
  ),
  builds(
    'Cargo: what only the workspace of a dependency needs',
    cargo(
      '',
      {
        'rust/Cargo.toml':
          '[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\n[workspace]\n[dependencies]\nother = { path = "../crates/other" }\n',
        'rust/src/main.rs': 'fn main() {}\n',
        'crates/other/Cargo.toml':
          '[package]\nname = "other"\nversion = "1.0.0"\nedition = "2021"\n[dependencies]\nmore = { path = "../more", optional = true }\n[dev-dependencies]\ntests = { path = "../tests" }\n',
        'crates/other/src/lib.rs': '',
      },
      'bindings = "bin"\nmanifest-path = "rust/Cargo.toml"\n',
    ),
  ),
  fails('Cargo: a member', cargo('[workspace]\nmembers = ["crates/other"]\n')),
  fails('maturin: manifest-path', cargo('', {}, 'bindings = "bin"\nmanifest-path = "rust/Cargo.toml"\n')),
  fails('maturin: python-source', cargo('', {}, 'bindings = "bin"\npython-source = "python"\n')),
  builds(
    'Cargo: what is there',
    cargo(
      'build = false\n[[bin]]\nname = "demo"\npath = "src/main.rs"\n[dependencies]\nother = { path = "crates/other" }\n[workspace]\nmembers = ["crates/*"]\n',
      {
        'crates/other/Cargo.toml': '[package]\nname = "other"\nversion = "1.0.0"\nedition = "2021"\n',
        'crates/other/src/lib.rs': '',
      },
    ),
  ),
  fails(
    'setup.cfg: data_files',
    tree({
      'pyproject.toml': SETUPTOOLS,
      'setup.cfg':
        '[metadata]\nname = demo\nversion = 1.0\n[options]\npackages = demo\n[options.data_files]\netc =\n    a.conf\n',
    }),
  ),
  builds(
    'setup.cfg: data_files by a pattern',
    tree({
      'pyproject.toml': SETUPTOOLS,
      'setup.cfg':
        '[metadata]\nname = demo\nversion = 1.0\n[options]\npackages = demo\n[options.data_files]\netc =\n    *.conf\n',
    }),
  ),
  fails(
    'poetry: a script that is a file',
    tree({
      'pyproject.toml': `${POETRY}${POETRY_TABLE}[tool.poetry.scripts]\ndemo = { reference = "bin/demo", type = "file" }\n`,
    }),
  ),
  fails(
    'uv: a list of modules',
    tree({
      'pyproject.toml': `${UV}${PROJECT}[tool.uv.build-backend]\nmodule-root = ""\nmodule-name = ["demo", "other"]\n`,
    }),
  ),
  fails(
    'uv: data',
    tree({
      'pyproject.toml': `${UV}${PROJECT}[tool.uv.build-backend]\nmodule-root = ""\ndata = { scripts = "bin" }\n`,
    }),
  ),
]
