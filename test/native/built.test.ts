import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { withBinaries } from '../../fixtures/make/native.js'
import { RULES } from '../../rules/registry/index.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { nativeWheel } from '../support/native-wheel.js'

const rules = RULES.filter(({ topic }) => topic === 'native' || topic === 'tags')

/** Rules above info that a binary of fixtures/native gives when it is the one module of a wheel. */
async function verdict(tag: string, fixture: string, suffix: string): Promise<readonly string[]> {
  const filename = `demo-1.0-${tag}.whl`
  const bytes = new Uint8Array(readFileSync(new URL(`../../fixtures/native/${fixture}`, import.meta.url)))
  const wheel = await nativeWheel(
    filename,
    withBinaries(await buildWheel({ filename }), { [`demo/module${suffix}`]: bytes }),
  )
  const found = rules.flatMap(rule =>
    [...rule.check(wheel, { preview: true, limits: DEFAULT_LIMITS })].map(
      draft => `${rule.id}:${draft.severity ?? rule.severity}`,
    ),
  )
  return [...new Set(found)].filter(one => !one.endsWith(':info')).sort()
}

const LINUX = ['cp312-cp312-manylinux_2_17_x86_64', '.cpython-312-x86_64-linux-gnu.so'] as const
const ARM = ['cp312-cp312-manylinux_2_17_aarch64', '.cpython-312-aarch64-linux-gnu.so'] as const
const MACOS = ['cp312-cp312-macosx_11_0_arm64', '.cpython-312-darwin.so'] as const
const WINDOWS = ['cp312-cp312-win_amd64', '.cp312-win_amd64.pyd'] as const
const WASM = ['cp313-cp313-pyemscripten_2025_0_wasm32', '.cpython-313-wasm32-emscripten.so'] as const

it.each([
  ['elf-x86_64.so', LINUX, []],
  ['elf-aarch64.so', ARM, []],
  ['macho-arm64.so', MACOS, []],
  ['pe-amd64.dll', WINDOWS, []],
  ['wasm-side.so', WASM, []],
  ['elf-execstack.so', LINUX, ['executable-stack:error']],
  ['elf-wx.so', LINUX, ['writable-executable-segment:warning']],
  ['elf-isa-v3.so', LINUX, ['isa-above-tag:warning']],
  ['elf-blacklist.so', LINUX, ['blacklisted-symbol:error']],
  ['elf-rpath-cwd.so', LINUX, ['rpath-cwd:error']],
  ['elf-aarch64.so', LINUX, ['wrong-architecture:error']],
  ['elf-ppc64.so', LINUX, ['wrong-architecture:error']],
  ['pe-amd64.dll', LINUX, ['wrong-format:error']],
  ['pe-arm64.dll', WINDOWS, ['wrong-architecture:error']],
  ['macho-x86_64.so', MACOS, ['wrong-architecture:error']],
  ['macho-unsigned.so', MACOS, ['macho-unsigned-arm64:error']],
  ['macho-bad-page.so', MACOS, ['macho-signature-invalid:error']],
  ['macho-iossim.so', MACOS, ['macho-unsigned-arm64:error', 'macho-wrong-platform:error']],
  ['wasm-plain.so', WASM, ['wasm-no-dylink:error']],
] as const)('%s in %s gives what its making put there', async (fixture, [tag, suffix], wanted) => {
  expect(await verdict(tag, fixture, suffix)).toEqual(wanted)
})

it('finds an abi3 violation and a symbol newer than the tag', async () => {
  expect(await verdict('cp38-abi3-manylinux_2_17_x86_64', 'elf-abi3-violation.so', '.abi3.so')).toEqual([
    'abi3-symbol-too-new:error',
    'abi3-violation:error',
  ])
})

it('finds 4 KiB pages on Android', async () => {
  expect(await verdict('cp313-cp313-android_24_x86_64', 'elf-4k.so', '.cpython-313-x86_64-linux-android.so')).toContain(
    'page-alignment-too-small:warning',
  )
})

it('misses an architecture of universal2', async () => {
  expect(await verdict('cp312-cp312-macosx_11_0_universal2', 'macho-arm64.so', '.cpython-312-darwin.so')).toEqual([
    'macos-arch-missing:error',
  ])
  expect(await verdict('cp312-cp312-macosx_11_0_universal2', 'macho-fat.so', '.cpython-312-darwin.so')).toEqual([])
})
