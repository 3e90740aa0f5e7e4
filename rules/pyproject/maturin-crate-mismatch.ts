import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Draft } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { textAt } from '../../src/project/document.js'
import { finding, quote, rule } from '../../src/rule.js'
import { admits } from '../../src/standards/python-versions.js'
import { linesOf } from '../../src/text/lines.js'
import { nearest } from '../../src/text/nearest.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { backendOf, entries, isTable, texts } from '../../src/views/pyproject.js'
import { tomlFile } from '../../src/views/toml-file.js'
import { missing } from '../shared/missing.js'
import { builtWith, DEMO } from './_backends.js'

const PYO3 = '[dependencies]\npyo3 = { version = "0.26", features = ["abi3-py312"] }\n'
const CRATE = '[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\n\n[lib]\nname = "_core"\n'
const LIB = 'use pyo3::prelude::*;\n\n#[pymodule]\nfn _core(_m: &Bound<PyModule>) -> PyResult<()> {\n    Ok(())\n}\n'
const made = (module: string, crate: string) => ({
  pyproject: `${builtWith('maturin', DEMO, 'requires-python = ">=3.10"')}\n[tool.maturin]\nmodule-name = "${module}"\n`,
  metadata: { 'Requires-Python': '>=3.10' },
  files: { '{top}/Cargo.toml': crate, '{top}/src/lib.rs': LIB },
})

export default rule({
  id: 'maturin-crate-mismatch',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'maturin user guide, "Configuration" and "Bindings"',
  url: 'https://www.maturin.rs/config',
  summary: 'The crate does not fit what maturin makes of it.',
  why: 'maturin stops at a feature that the crate does not have. Otherwise it builds an extension module that Python cannot import: Python looks for an init function with the name of the module.',
  breaks: 'The build fails, or the import of the extension module does.',
  fix: 'Make Cargo.toml, the `#[pymodule]` and `[tool.maturin]` agree.',
  byHand: 'The sample projects are not built with maturin.',
  precision: 'high',
  bad: [
    { sdist: made('demo._native', `${CRATE}crate-type = ["cdylib"]\n\n${PYO3.replace('312', '310')}`) },
    { sdist: made('demo._core', `${CRATE}crate-type = ["cdylib"]\n\n${PYO3}`) },
  ],
  good: { sdist: made('demo._core', `${CRATE}crate-type = ["cdylib", "rlib"]\n\n${PYO3.replace('312', '310')}`) },
  *check(sdist) {
    const { pyproject } = sdist
    if (!pyproject || backendOf(pyproject) !== 'maturin' || sdist.tree?.isWhole === false) return
    const written = pyproject.get('tool', 'maturin', 'manifest-path')
    const path = typeof written === 'string' ? written.replace(/^\.\//, '') : 'Cargo.toml'
    const cargo = tomlFile(sdist, path)
    const pyo3 = cargo?.get('dependencies', 'pyo3')
    const bindings = pyproject.get('tool', 'maturin', 'bindings')
    if (!cargo) return
    yield* unknownFeatures(pyproject, cargo)
    // Other bindings have other crates.
    if (pyo3 === undefined || (bindings !== undefined && bindings !== 'pyo3') || !isTable(cargo.get('lib'))) return
    yield* moduleName(pyproject, cargo, sdist, path.slice(0, path.lastIndexOf('/') + 1))
    yield* stableAbi(cargo, sdist)
  },
})

/** Features that maturin turns on. */
function* unknownFeatures(pyproject: Pyproject, cargo: Pyproject): Iterable<Draft> {
  const known = new Set(entries(cargo.get('features')).map(([name]) => name))
  const optional = ['dependencies', 'build-dependencies', 'target'].flatMap(key => entries(cargo.get(key)))
  for (const [index, name] of texts(pyproject.get('tool', 'maturin', 'features'))) {
    // Those of a dependency, and a dependency itself.
    if (name === 'default' || /[/:]/.test(name) || known.has(name) || optional.some(([one]) => one === name)) continue
    if (cargo.get('target') !== undefined || cargo.get('workspace') !== undefined) continue
    const meant = nearest(name, known)
    yield finding(
      pyproject.place('tool', 'maturin', 'features', index),
      `\`features\` lists ${quote(name)}, which [features] of Cargo.toml does not contain: the build fails.${meant === undefined ? '' : ` Did you mean ${quote(meant)}?`}`,
      { help: meant === undefined ? 'Correct the name, or add it to `[features]`.' : `Write \`"${meant}"\`.` },
    )
  }
}

/** The name that Python imports, and the one of the only `#[pymodule]`. */
function* moduleName(pyproject: Pyproject, cargo: Pyproject, sdist: Sdist, folder: string): Iterable<Draft> {
  const module = pyproject.get('tool', 'maturin', 'module-name')
  const source = textAt(cargo, 'lib', 'path') ?? 'src/lib.rs'
  const member = `${sdist.top}/${folder}${source}`
  const code = sdist.texts.get(member)
  if (typeof module !== 'string' || !code || code.cut) return
  const found = [...code.text.matchAll(MODULE)]
  const [only] = found
  const [, name] = only ?? []
  const last = module.slice(module.lastIndexOf('.') + 1)
  // A macro may write another one, and one of a submodule has a name of its own.
  if (!only || name === undefined || found.length > 1 || name === last) return
  if ((code.text.match(/pymodule|PyInit_/g) ?? []).length > 1) return
  const at = linesOf(code.text).position(only.index + only[0].length - name.length)
  yield finding(
    within(pyproject.place('tool', 'maturin', 'module-name'), last),
    `\`module-name\` ends with ${quote(last)}, but the \`#[pymodule]\` is ${quote(name)}: \`import ${module}\` fails.`,
    {
      help: `Write \`module-name = "${module.slice(0, module.length - last.length)}${name}"\`, or rename the function to \`${last}\`.`,
      related: [{ member, ...at, message: 'the module' }],
      explains: [missing.initFunction(module)],
    },
  )
}

const MODULE =
  /^#\[(?:pyo3::)?pymodule(?:\(gil_used = (?:true|false)\))?\]\s*\n(?:pub(?:\(crate\))? )?(?:fn|mod) (\w+)/gm

/** `abi3-py312` makes a module that older Pythons do not load. */
function* stableAbi(cargo: Pyproject, sdist: Sdist): Iterable<Draft> {
  const supported = specifiersOf(sdist.metadata?.first('Requires-Python'))
  const path = ['dependencies', 'pyo3', 'features'] as const
  const floors = texts(cargo.get(...path)).flatMap(([index, text]) => {
    const minor = /^abi3-py3([0-9]{1,2})$/.exec(text)?.[1]
    return minor === undefined ? [] : [{ index, text, minor: Number(minor) }]
  })
  const [only, ...others] = floors
  if (!only || others.length > 0 || !supported) return
  const below = Array.from({ length: only.minor }, (_, minor) => minor).find(
    minor => minor >= OLDEST && admits(supported, `3.${minor}`),
  )
  if (below === undefined) return
  yield finding(
    cargo.place(...path, only.index),
    `The feature ${quote(only.text)} builds for Python 3.${only.minor} and later, but Requires-Python allows 3.${below}.`,
    {
      severity: 'warning',
      help: project =>
        `Write \`"abi3-py3${below}"\`, or set ${project.setting('Requires-Python', `>=3.${only.minor}`)}.`,
    },
  )
}

/** What PyO3 itself supports. */
const OLDEST = 7
