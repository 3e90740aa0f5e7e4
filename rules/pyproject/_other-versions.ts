/** Versions that meson.build and Cargo.toml state, next to that of `[project]`. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import { linesOf } from '../../src/text/lines.js'
import { tomlFile } from '../../src/views/toml-file.js'

/** The call of `project()` in meson.build, where only comments precede it; undefined where it is not found. */
export const projectCall = (text: string): string | undefined =>
  /^(?:#[^\n]*\n|\s)*project\s*\([^()]*(?:\([^()]*\)[^()]*)*\)/.exec(text)?.[0]

interface Stated {
  readonly file: string
  readonly version: string
  readonly at: Place
}

/** The version in the build file of meson-python or maturin. */
export function statedVersion(sdist: Sdist, backend: string): Stated | undefined {
  if (backend === 'maturin') {
    const cargo = tomlFile(sdist, 'Cargo.toml')
    const version = cargo?.get('package', 'version')
    return cargo && typeof version === 'string'
      ? { file: 'Cargo.toml', version, at: cargo.place('package', 'version') }
      : undefined
  }
  const member = `${sdist.top}/meson.build`
  const text = backend === 'meson-python' ? (sdist.texts.get(member)?.text ?? '') : ''
  const call = projectCall(text)
  const [all = '', version] = (call && /\bversion\s*:\s*'([\w.+-]+)'(?=\s*[,)])/.exec(call)) || []
  if (version === undefined) return undefined
  const at = linesOf(text).position(text.indexOf(all) + all.lastIndexOf(version))
  return { file: 'meson.build', version, at: { member, ...at, value: version } }
}
