import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { backendOf, isSetuptools, isTable } from '../../src/views/pyproject.js'
import { ofCargo, ofMaturin, ofMeson, ofScikitBuild } from './_inputs-of-compiled.js'
import { ofFlit, ofHatch, ofPdm, ofPoetry, ofUv } from './_inputs-of-pure.js'
import { ofSetupCfg, ofSetupScript, ofSetuptools } from './_inputs-of-setuptools.js'
import { leftOut } from './_left-out.js'
import type { MissingInput, OfBackend, Say } from './_missing-input.js'
import { sourceTree, treePath } from './_tree.js'

/** What backend tables, setup.cfg and setup.py refer to and the sdist does not contain; each kind was built once: test/builds. */
export function* missingInputs(sdist: Sdist): Generator<MissingInput> {
  const { pyproject, top } = sdist
  if (top === undefined || sdist.members.files.length === 0 || pyproject?.error) return
  const tree = sourceTree(sdist)
  const lost = leftOut(sdist)
  const say: Say = function* (at, who, path, instead) {
    const clean = treePath(path)
    if (clean === undefined || clean === '') return
    const help = tree.has(clean) && instead === undefined ? lost?.(who, clean) : undefined
    if (!tree.has(clean)) yield { at, who, path, ...(instead !== undefined && { instead }) }
    else if (help !== undefined) yield { at, who, path, help, isLeftOut: true }
  }
  if (isSetuptools(sdist)) {
    yield* ofSetupScript(sdist, say)
    yield* ofSetupCfg(sdist, say)
    if (pyproject) yield* ofSetuptools(pyproject, sdist, say)
    // The extension of setuptools-rust is the crate at the top, unless a path is given.
    const script = sdist.texts.get(`${top}/setup.py`)?.text ?? ''
    if (tree.files.has('Cargo.toml') && script.includes('RustExtension(') && !script.includes('path'))
      yield* ofCargo(sdist, 'Cargo.toml', say)
    for (const { at, path } of pyproject ? cratesOf(pyproject) : []) {
      yield* say(at, 'setuptools-rust needs', path)
      const manifest = treePath(path)
      if (manifest !== undefined && tree.files.has(manifest)) yield* ofCargo(sdist, manifest, say)
    }
  } else if (pyproject) {
    const of = BY_BACKEND.get(backendOf(pyproject) ?? '')
    if (of) yield* of(pyproject, sdist, say)
  }
}

/** `[[tool.setuptools-rust.ext-modules]]`: each has its crate, at the top unless a path is given. */
function* cratesOf({ get, place }: Pyproject) {
  for (const kind of ['ext-modules', 'bins']) {
    const modules = get('tool', 'setuptools-rust', kind)
    for (const [index, one] of (Array.isArray(modules) ? modules : []).entries()) {
      const written = isTable(one) ? (one.path ?? 'Cargo.toml') : undefined
      if (typeof written !== 'string' || (isTable(one) && one.optional === true)) continue
      yield {
        at: place('tool', 'setuptools-rust', kind, index, ...(written === 'Cargo.toml' ? [] : ['path'])),
        path: written,
      }
    }
  }
}

const BY_BACKEND: ReadonlyMap<string, OfBackend> = new Map<string, OfBackend>([
  ['hatchling', ofHatch],
  ['flit-core', ofFlit],
  ['flit', ofFlit],
  ['pdm-backend', ofPdm],
  ['poetry-core', ofPoetry],
  ['poetry', ofPoetry],
  ['uv-build', ofUv],
  ['scikit-build-core', ofScikitBuild],
  ['meson-python', ofMeson],
  ['maturin', ofMaturin],
])
