import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import type { AnyRule } from '../../src/rule.js'
import { corpusWheel } from '../support/native-wheel.js'

const folder = fileURLToPath(new URL('../../rules/native/', import.meta.url))
const rules = await Promise.all(
  readdirSync(folder).map(
    async file => ((await import(/* @vite-ignore */ `../../rules/native/${file}`)) as { default: AnyRule }).default,
  ),
)

/** `rule` or `rule:severity`, for every finding that is worse than info. */
function verdict(wheel: Wheel): readonly string[] {
  const found = rules
    .filter(rule => rule.status !== 'strict')
    .flatMap(rule =>
      [...rule.check(wheel, { preview: true, limits: DEFAULT_LIMITS })].map(
        draft => `${rule.id}:${draft.severity ?? rule.severity}`,
      ),
    )
  return [...new Set(found)].sort()
}

/** Real wheels, each looked at by hand: what must be found, and whether nothing else above info may be. */
const WHEELS: readonly (readonly [string, readonly string[], 'only'?])[] = [
  [
    'isystem_connect-9.26.11.2.316513-cp312-none-manylinux1_x86_64.whl',
    ['libc-version-above-tag:error', 'libpython-linked:error', 'soname-path:warning'],
  ],
  [
    'vllm-0.2.5-cp39-cp39-manylinux1_x86_64.whl',
    ['libc-version-above-tag:error', 'external-library:info', 'rpath-absolute:warning'],
  ],
  ['certora_cli-7.6.3-py3-none-manylinux_2_28_x86_64.whl', ['libc-version-above-tag:error'], 'only'],
  ['uuid_utils-1.2.0-cp314-cp314t-musllinux_1_2_x86_64.whl', [], 'only'],
  ['awkward_cpp-9-cp38-cp38-musllinux_1_1_aarch64.whl', [], 'only'],
  ['ladybug-0.22.0-cp311-cp311-musllinux_1_2_aarch64.whl', ['external-library:error'], 'only'],
  ['lightgbm-4.7.0-py3-none-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl', ['external-library:error'], 'only'],
  ['bmtrain-1.0.0-cp38-cp38-manylinux2014_x86_64.whl', ['rpath-absolute:error', 'external-library:info']],
  ['mkl_umath-0.5.0-0-cp310-cp310-manylinux_2_28_x86_64.whl', ['rpath-absolute:error', 'external-library:info']],
  ['pylerc-4.2.0-py3-none-manylinux_2_28_x86_64.whl', ['native-in-purelib:error', 'rpath-cwd:error']],
  ['maturin-1.9.6-py3-none-manylinux_2_17_ppc64le.manylinux2014_ppc64le.musllinux_1_1_ppc64le.whl', [], 'only'],
  ['RPi.GPIO-0.7.1a4-cp38-cp38-linux_armv6l.whl', [], 'only'],
  ['lucit_ubdcc_dcn-0.1.4-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl', [], 'only'],
  ['pymongo-4.9-cp313-cp313-win_amd64.whl', ['extension-suffix-mismatch:info'], 'only'],
  [
    'snowflake_connector_python-5.2.0-cp313-cp313-manylinux_2_28_x86_64.whl',
    ['extension-suffix-mismatch:info'],
    'only',
  ],
  ['rapidfuzz-3.9.7-cp312-cp312-win_arm64.whl', ['extension-suffix-mismatch:error']],
  ['mercurial-7.2rc1-cp312-cp312-win_arm64.whl', ['wrong-architecture:error', 'interpreter-library-bundled:warning']],
  ['shiboken6-6.9.3-cp39-abi3-win_arm64.whl', ['wrong-architecture:error']],
  ['debugpy-1.8.9-cp39-cp39-win_amd64.whl', ['wrong-architecture:info']],
  ['protobuf-7.37.0rc1-cp310-abi3-macosx_10_9_universal2.whl', ['macos-version-above-tag:error'], 'only'],
  ['confluent_kafka-2.9.0-cp310-cp310-macosx_10_9_x86_64.whl', ['macos-version-above-tag:error']],
  [
    'fscript-1.1.3-py3-none-macosx_10_13_universal2.whl',
    ['macos-arch-missing:error', 'native-in-purelib:warning'],
    'only',
  ],
  ['markupsafe-3.0.4-cp313-cp313-ios_13_0_arm64_iphonesimulator.whl', ['macho-id-build-path:info'], 'only'],
  ['cryptography-50.0.2-cp315-abi3.abi3t-musllinux_1_2_x86_64.whl', [], 'only'],
  ['transformations-2026.8.8-cp312-abi3-pyemscripten_2026_5_wasm32.whl', ['extension-suffix-mismatch:error']],
]

describe('wheels of PyPI, looked at by hand', () => {
  it.for(WHEELS.map(([name, wanted, only]) => ({ name, wanted, only })))(
    '$name',
    async ({ name, wanted, only }, { skip }) => {
      const wheel = await corpusWheel(name)
      if (!wheel) return skip(`${name} is neither in ../corpus/train nor in $DISTAUDIT_WHEELS`)
      const found = verdict(wheel)
      expect(found).toEqual(expect.arrayContaining([...wanted]))
      if (only) expect(found.filter(one => !one.endsWith(':info') && !wanted.includes(one))).toEqual([])
    },
  )
})
