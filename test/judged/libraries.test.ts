import { expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { type ElfSpec, elf } from '../../fixtures/make/elf.js'
import { type MachoSpec, macho } from '../../fixtures/make/macho.js'
import { withBinaries } from '../../fixtures/make/native.js'
import { type PeSpec, pe } from '../../fixtures/make/pe.js'
import { RULES } from '../../rules/registry/index.js'
import type { ExampleFile } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

const LINUX = 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl'
const MACOS = 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl'
const WINDOWS = 'demo-1.0-cp312-cp312-win_amd64.whl'

const inLinux = (module: string) => `demo/${module}.cpython-312-x86_64-linux-gnu.so`
const inMacos = (module: string) => `demo/${module}.cpython-312-darwin.so`
const inWindows = (module: string) => `demo/${module}.cp312-win_amd64.pyd`
const so = (needed: readonly string[] = [], spec: ElfSpec = {}) => elf({ needed: [...needed, 'libc.so.6'], ...spec })
const dylib = (dylibs: readonly string[] = [], spec: MachoSpec = {}) => macho({ type: 6, dylibs, ...spec })
const dll = (dlls: readonly string[] = [], spec: PeSpec = {}) =>
  pe({ dlls: Object.fromEntries(['kernel32.dll', ...dlls].map(name => [name, []])), ...spec })

/** `severity message`, a line a finding of the rule. */
async function found(rule: string, file: ExampleFile, binaries: Readonly<Record<string, Uint8Array>>) {
  const built = await buildWheel(file)
  const rules = RULES.filter(one => one.id === rule)
  const { findings, errors } = await auditBuilt([{ ...built, bytes: withBinaries(built, binaries) }], rules)
  expect(errors).toEqual([])
  return findings.map(one => `${one.severity} ${one.message}`)
}
const severities = async (...args: Parameters<typeof found>) => (await found(...args)).map(one => one.split(' ', 1)[0])
const requiring = (filename: string, ...lines: readonly string[]): ExampleFile => ({
  filename,
  metadata: {
    'Requires-Dist': lines,
    ...(lines.some(line => line.includes('extra')) && { 'Provides-Extra': 'more' }),
  },
})

it('takes a distribution pinned to the own version for the provider of what is named like it', async () => {
  const binaries = { [inMacos('_x')]: macho({ dylibs: ['@rpath/libdemo.dylib'], rpaths: ['@loader_path/lib'] }) }
  const of = (line: string) => severities('macho-missing-dylib', requiring(MACOS, line), binaries)
  expect(await of('demo-metal==1.0; platform_system == "Darwin"')).toEqual(['info'])
  expect(await of('demo-metal==1.0.140')).toEqual(['info'])
  expect(await of('demo-metal==2.0')).toEqual(['error'])
  // On another system nothing brings it.
  expect(await of('demo-metal==1.0; sys_platform == "win32"')).toEqual(['error'])
  // Of what is listed the makers are known.
  const listed = { [inMacos('_x')]: macho({ dylibs: ['@rpath/libtensorflow_framework.2.dylib'] }) }
  const io = {
    ...requiring(MACOS, 'tensorflow-io==1.0'),
    name: 'tensorflow-x',
    filename: MACOS.replace('demo', 'tensorflow_x'),
  }
  expect(await severities('macho-missing-dylib', io, listed)).toEqual(['error'])
  expect(await of('demo-metal==1.0; extra == "more"')).toEqual(['error'])
})

it('takes a distribution for the provider of what a part of its name says', async () => {
  const of = (line: string, ...dlls: readonly string[]) =>
    severities('missing-dll', requiring(WINDOWS, line), { [inWindows('_x')]: dll(dlls) })
  expect(await of('kivy_deps.sdl2~=0.8.0; sys_platform == "win32"', 'SDL2.dll', 'SDL2_mixer.dll')).toEqual(['info'])
  expect(await of('kivy_deps.glew', 'glew32.dll')).toEqual(['info'])
  expect(await of('kivy_deps.sdl2', 'sdl2x.dll')).toEqual(['error'])
  expect(await of('other-core', 'core.dll')).toEqual(['error'])
  expect(await of('intel-cmplr-lib-rt', 'libmmd.dll')).toEqual(['info'])
})

it('knows what dyld finds in /usr/lib without a search path', async () => {
  const of = (name: string) =>
    severities('macho-missing-dylib', { filename: MACOS }, { [inMacos('_x')]: macho({ dylibs: [name] }) })
  expect(await of('@rpath/libc++.1.dylib')).toEqual([])
  expect(await of('@rpath/libomp.dylib')).toEqual(['error'])
  expect(await of('/opt/homebrew/lib/libc++.1.dylib')).toEqual(['error'])
})

it('tells in one finding what one distribution brings, the C++ runtime with it', async () => {
  const file = requiring(WINDOWS, 'PyQt6-Qt6 (>=6.12.0, <6.13.0)')
  const qt = ['Qt6Core.dll', 'Qt6Gui.dll', 'msvcp140.dll']
  expect(await found('missing-dll', file, { [inWindows('_x')]: dll(qt), [inWindows('_y')]: dll(qt) })).toEqual([
    "info 'demo/_x.cp312-win_amd64.pyd' and 'demo/_y.cp312-win_amd64.pyd' import 3 libraries, which the required project 'pyqt6-qt6' is expected to provide: 'qt6core.dll', 'qt6gui.dll' and 'msvcp140.dll'.",
  ])
  // One of the files loads the runtime for itself.
  const alone = { [inWindows('_x')]: dll(qt), [inWindows('_y')]: dll(['msvcp140.dll']) }
  expect(await severities('missing-dll', file, alone)).toEqual(['warning', 'info'])
})

it('knows the libraries of Windows 10', async () => {
  const of = (name: string, filename = WINDOWS) =>
    severities('missing-dll', { filename }, { [inWindows('_x')]: dll([name]) })
  for (const name of [
    'icuuc.dll',
    'icu.dll',
    'XInput1_4.dll',
    'dxcore.dll',
    'DirectML.dll',
    'webauthn.dll',
    'd3d12.dll',
  ])
    expect(await of(name), name).toEqual([])
  for (const name of ['xinput1_3.dll', 'd3dx9_43.dll', 'glew32.dll', 'openal32.dll'])
    expect(await of(name), name).toEqual(['error'])
  expect(await of('vcomp140.dll')).toEqual(['warning'])
})

it('knows the runtime by the names that delvewheel gives it', async () => {
  const hash = '0123456789abcdef0123456789abcdef'
  const delayed = { delayed: { 'concrt140.dll': [] } }
  const of = (name: string) =>
    severities(
      'missing-dll',
      { filename: WINDOWS },
      { [inWindows('_x')]: dll([name]), [`demo.libs/${name}`]: dll([], delayed) },
    )
  expect(await of(`msvcp140-${hash}.dll`)).toEqual([])
  expect(await of(`other-${hash}.dll`)).toEqual(['warning'])
})

it('asks only the copy of a library that is loaded', async () => {
  const binaries = { [inWindows('_x')]: dll(['libx.dll']), 'demo/libx.dll': dll(['zstd.dll']) }
  const of = (more: Readonly<Record<string, Uint8Array>>) =>
    severities('missing-dll', { filename: WINDOWS }, { ...binaries, ...more })
  expect(await of({ 'demo.libs/libx.dll': dll() })).toEqual([])
  expect(await of({})).toEqual(['error'])
  expect(await of({ 'demo.libs/libx.dll': dll(['zstd.dll']) })).toEqual(['error'])
})

it('takes the library of a driver for information, in every format', async () => {
  const of = (needed: string) => severities('external-library', { filename: LINUX }, { [inLinux('_x')]: so([needed]) })
  for (const name of ['libOpenCL.so.1', 'libcuda.so.1', 'libvulkan.so.1', 'libze_loader.so.1', 'libnvidia-ml.so.1'])
    expect(await of(name), name).toEqual(['info'])
  expect(await of('libopencv_core.so.4')).toEqual(['error'])
  const vulkan = { [inMacos('_x')]: macho({ dylibs: ['@rpath/libvulkan.1.dylib'] }) }
  expect(await severities('macho-missing-dylib', { filename: MACOS }, vulkan)).toEqual(['info'])
})

it('takes what is imported where that may fail for optional', async () => {
  const binaries = { [inLinux('_x')]: so(), [inLinux('_pool')]: so(['libtbb.so.12']) }
  const of = (files: Readonly<Record<string, string>>, ...lines: readonly string[]) =>
    severities('external-library', { ...requiring(LINUX, ...lines), files }, binaries)
  const guarded = 'try:\n    from demo import _pool\nexcept ImportError:\n    _pool = None\n'
  expect(await of({ 'demo/pools.py': guarded })).toEqual(['warning'])
  expect(await of({ 'demo/__init__.py': guarded })).toEqual(['warning'])
  expect(await of({ 'demo/pools.py': 'def start():\n    from . import _pool\n' })).toEqual(['warning'])
  // A provider in an extra excuses such a module, and no other.
  expect(await of({ 'demo/pools.py': guarded }, 'tbb; extra == "more"')).toEqual(['info'])
  expect(await of({ 'demo/pools.py': 'from . import _pool\n' }, 'tbb; extra == "more"')).toEqual(['error'])
  // A player that its package opens by name.
  expect(
    await of({
      'demo/lib.py': 'from demo._pool import Pool\n',
      'demo/audio.py': 'try:\n    from demo.lib import Pool\nexcept ImportError:\n    pass\n',
      'demo/audio_pool.py': 'from demo.lib import Pool\n',
    }),
  ).toEqual(['warning'])
})

it('does not take for optional what the package cannot do without', async () => {
  const binaries = { [inLinux('_x')]: so(), [inLinux('_pool')]: so(['libtbb.so.12']) }
  const of = (files: Readonly<Record<string, string>>, more: Readonly<Record<string, Uint8Array>> = binaries) =>
    severities('external-library', { filename: LINUX, files }, more)
  expect(await of({})).toEqual(['error'])
  const lazy = 'def start():\n    from . import _pool\n'
  expect(await of({ 'demo/pools.py': lazy, 'demo/__init__.py': 'from . import _pool\n' })).toEqual(['error'])
  // Anyone who imports the lazy importer's friend gets the failure.
  expect(
    await of({ 'demo/ui.py': 'from . import _pool\n', 'demo/load.py': 'def f():\n    from . import ui\n' }),
  ).toEqual(['error'])
  // Unless the friend says what is missing.
  const says = 'try:\n    from . import _pool\nexcept ImportError:\n    raise RuntimeError("no tbb")\n'
  expect(await of({ 'demo/ui.py': says, 'demo/load.py': 'def f():\n    from . import ui\n' })).toEqual(['warning'])
  const raised = 'try:\n    from demo import _pool\nexcept ImportError as e:\n    raise ImportError("no tbb") from e\n'
  expect(await of({ 'demo/__init__.py': raised })).toEqual(['error'])
  // It is the only module.
  const guarded = 'try:\n    from demo import _pool\nexcept ImportError:\n    pass\n'
  expect(await of({ 'demo/__init__.py': guarded }, { [inLinux('_pool')]: so(['libtbb.so.12']) })).toEqual(['error'])
})

it('excuses the only module where it is guarded and an extra brings the library', async () => {
  const of = (start: string) =>
    severities(
      'external-library',
      { ...requiring(LINUX, 'tbb; extra == "more"'), files: { 'demo/__init__.py': start } },
      { [inLinux('_pool')]: so(['libtbb.so.12']) },
    )
  expect(await of('try:\n    from demo import _pool\nexcept ImportError:\n    _pool = None\n')).toEqual(['warning'])
  expect(await of('from demo import _pool\n')).toEqual(['error'])
})

it('takes the variants of a library for a choice', async () => {
  const filename = 'demo-1.0-py3-none-manylinux_2_17_x86_64.whl'
  const of = (binaries: Readonly<Record<string, Uint8Array>>) => severities('external-library', { filename }, binaries)
  const cpu = { 'demo/libdemo_cpu.so': so() }
  expect(await of({ ...cpu, 'demo/libdemo_xpu2025.so': so(['libsycl.so.8']) })).toEqual(['warning'])
  expect(await of({ 'demo/libdemo_cpu.so': so(['libgomp.so.1']), 'demo/libdemo_xpu.so': so() })).toEqual(['error'])
  expect(await of({ 'demo/libdemo_xpu.so': so(['libsycl.so.8']) })).toEqual(['error'])
  const versions = { 'demo/libio_4.2.so': so(['libavutil.so.56']), 'demo/libio_3.4.so': so(['libavutil.so.55']) }
  expect(await of(versions)).toEqual(['warning'])
  expect(await of({ 'demo/libio_4.2.so': so(['libavutil.so.56']), 'demo/libother.so': so() })).toEqual(['error'])
  const loading = { 'demo/libdemo.so': so(['libdemo_xpu.so'], { rpath: '$ORIGIN' }) }
  expect(await of({ ...loading, 'demo/libdemo_xpu.so': so(['libsycl.so.8']) })).toEqual(['error'])
})

it('tells of plug-ins of Qt in one finding', async () => {
  const binaries = {
    [inLinux('_x')]: so(),
    'demo/Qt/plugins/sqldrivers/libqsqlmimer.so': so(['libmimerapi.so']),
    'demo/Qt/plugins/tls/libqgost.so': so(['libgost.so.1']),
  }
  expect(await severities('external-library', { filename: LINUX }, binaries)).toEqual(['warning'])
  // The wheel has Qt alone, which another's modules load.
  const { [inLinux('_x')]: _, ...qt } = binaries
  const lib = { 'demo/Qt/lib/libQt6Gui.so.6': so(['libxkbcommon.so.0']) }
  expect(await severities('external-library', { filename: LINUX }, { ...qt, ...lib })).toEqual(['error', 'warning'])
  const other = { [inLinux('_x')]: so(), 'demo/vendor/plugin/auth.so': so(['libudev.so.1']) }
  expect(await severities('external-library', { filename: LINUX }, other)).toEqual(['error'])
})

it('asks of a search path whether anything is looked for there', async () => {
  const apple = (dylibs: readonly string[], rpaths: readonly string[], ...lines: readonly string[]) =>
    severities('macho-rpath-absolute', requiring(MACOS, ...lines), { [inMacos('_x')]: macho({ dylibs, rpaths }) })
  expect(await apple(['/usr/lib/libSystem.B.dylib'], ['/Users/ann/lib'])).toEqual(['info'])
  expect(await apple(['@rpath/libdemo.dylib'], ['/Users/ann/lib'])).toEqual(['error'])
  expect(await apple(['@rpath/libtorch.dylib'], ['/Users/ann/lib'], 'torch')).toEqual(['info'])
  const linux = (needed: readonly string[], rpath: string) =>
    severities(
      'rpath-absolute',
      { filename: LINUX },
      {
        [inLinux('_x')]: so(needed, { runpath: rpath }),
        'demo/libown.so': so(),
      },
    )
  expect(await linux([], '/usr/local/lib64')).toEqual(['info'])
  expect(await linux(['libz.so.1'], '/opt/build/lib')).toEqual(['warning'])
  expect(await linux(['libz.so.1'], '/tmp/build')).toEqual(['error'])
  expect(await linux(['libown.so'], '$ORIGIN:/tmp/build')).toEqual(['info'])
  expect(await linux(['libown.so'], '/tmp/build:$ORIGIN')).toEqual(['error'])
})

it('does not tell twice of what lies on the build machine alone', async () => {
  const of = (rpath: string) =>
    severities(
      'macho-missing-dylib',
      { filename: MACOS },
      {
        [inMacos('_x')]: macho({ dylibs: ['@rpath/libomp.dylib'], rpaths: [rpath] }),
      },
    )
  expect(await of('/opt/homebrew/opt/libomp/lib')).toEqual([])
  expect(await of('/usr/local/lib')).toEqual(['error'])
})

it('knows that a required distribution fills a folder', async () => {
  const of = (...lines: readonly string[]) =>
    severities('rpath-outside-wheel', requiring(LINUX, ...lines), {
      [inLinux('_x')]: so(['libQt6Core.so.6'], { runpath: '$ORIGIN/Qt6/lib' }),
    })
  expect(await of('PyQt6-Qt6')).toEqual([])
  expect(await of()).toEqual(['info'])
})

it('takes what is in the process already for found', async () => {
  const base = {
    [inLinux('_x')]: so(['libdemo.so'], { rpath: '$ORIGIN/lib' }),
    'demo/lib/libdemo.so': so([], { soname: 'libdemo.so' }),
    'demo/lib/plugins/libone.so': so(['libdemo.so'], { soname: 'libone.so' }),
  }
  const of = (more: Readonly<Record<string, Uint8Array>> = {}) =>
    severities('vendored-unreachable', { filename: LINUX }, { ...base, ...more })
  expect(await of()).toEqual([])
  expect(await of({ [inLinux('_x')]: so(['libdemo.so']) })).toEqual(['warning', 'info'])
  expect(await of({ 'demo/lib/plugins/libtwo.so': so(['libone.so']) })).toEqual(['info'])
  expect(await of({ 'demo/bin/tool': so(['libdemo.so'], { type: 2 }) })).toEqual(['warning'])
  const apple = { [inMacos('_x')]: macho({ dylibs: ['@rpath/libd.dylib'], rpaths: ['@loader_path'] }) }
  const plugin = { 'demo/plugins/libp.dylib': dylib(['@rpath/libd.dylib']) }
  const named = (id: string) => ({ ...apple, ...plugin, 'demo/libd.dylib': dylib([], { id }) })
  expect(await severities('vendored-unreachable', { filename: MACOS }, named('@rpath/libd.dylib'))).toEqual([])
  expect(await severities('vendored-unreachable', { filename: MACOS }, named('/opt/libd.dylib'))).toEqual(['info'])
})

it('takes what no import statement can load, or none loads, for a part of the package', async () => {
  const file = (text: string): ExampleFile => ({ filename: WINDOWS, files: { 'demo/__init__.py': text } })
  const other = { [inWindows('_codec')]: dll() }
  const lacking = (module: string) => ({ ...other, [inWindows(module)]: dll(['heif.dll']) })
  // Opened by its name: `importlib.import_module(f'.{name}', 'demo')`.
  const lazy = 'import importlib\n\nfrom ._codec import x\n'
  expect(await severities('missing-dll', file(lazy), lacking('_heif'))).toEqual(['warning'])
  expect(await severities('missing-dll', file('from ._codec import x\n'), lacking('_heif'))).toEqual(['error'])
  expect(await severities('missing-dll', file(`${lazy}from ._heif import x\n`), lacking('_heif'))).toEqual(['error'])
  // Users import it.
  expect(await severities('missing-dll', file(lazy), lacking('heif'))).toEqual(['error'])
  // Nothing of the package works.
  expect(
    await severities('missing-dll', file('import importlib\n'), { [inWindows('_heif')]: dll(['heif.dll']) }),
  ).toEqual(['error'])
  // One for each implementation of MPI, which a finder of the package chooses.
  const variants = { [inWindows('MPI.impi')]: dll(['impi.dll']), [inWindows('MPI.msmpi')]: dll(['msmpi.dll']) }
  expect(await severities('missing-dll', file('from demo import MPI\n'), variants)).toEqual(['warning'])
  const homebrew = { dylibs: ['@rpath/libmpi.12.dylib'], rpaths: ['/opt/homebrew/lib'] }
  const macos = { [inMacos('MPI.mpich')]: macho(homebrew) }
  expect(await severities('macho-rpath-absolute', { filename: MACOS }, macos)).toEqual(['warning'])
  expect(await severities('macho-rpath-absolute', { filename: MACOS }, { [inMacos('MPI')]: macho(homebrew) })).toEqual([
    'error',
  ])
})

it('takes a part that is split off in the own version for the provider of what is searched beside it', async () => {
  const of = (line: string, runpath?: string) =>
    severities('external-library', requiring(LINUX, line), {
      [inLinux('_x')]: so(['libonnxruntime.so'], runpath === undefined ? {} : { runpath }),
    })
  expect(await of('demo-core==1.0', '$ORIGIN')).toEqual(['info'])
  expect(await of('demo-core==1.0')).toEqual(['error'])
  expect(await of('demo-core>=1.0', '$ORIGIN')).toEqual(['error'])
  expect(await of('other-core==1.0', '$ORIGIN')).toEqual(['error'])
})

it('takes libraries that differ in a version with underscores for a choice', async () => {
  const file = { filename: LINUX.replace('cp312-cp312', 'py3-none') }
  const bound = so(['libhwloc.so.15'])
  const both = { 'demo/libtbbbind_2_0.so.3': bound, 'demo/libtbbbind_2_5.so.3': bound, 'demo/libtbb.so.12': so() }
  expect(await severities('external-library', file, both)).toEqual(['warning'])
  expect(await severities('external-library', file, { 'demo/libtbbbind_2_0.so.3': bound })).toEqual(['error'])
})

it('looks for the libraries of a program where `@executable_path` leads', async () => {
  const program = macho({
    type: 2,
    dylibs: ['@rpath/libgmp.dylib'],
    rpaths: ['@executable_path/libs', '/opt/homebrew/lib'],
  })
  const binaries = { 'demo/bin/core': program, 'demo/bin/libs/libgmp.dylib': dylib() }
  for (const rule of ['macho-rpath-absolute', 'vendored-unreachable', 'macho-missing-dylib'])
    expect((await severities(rule, { filename: MACOS }, binaries)).filter(one => one !== 'info')).toEqual([])
  // A library is loaded by Python, which lies elsewhere.
  const library = { ...binaries, 'demo/bin/core': dylib(['@executable_path/libs/libgmp.dylib']) }
  expect(await severities('vendored-unreachable', { filename: MACOS }, library)).toEqual(['warning'])
})

it('knows plug-ins by the library that loads them', async () => {
  const module = elf({
    needed: ['libcasadi.so'],
    rpath: '$ORIGIN',
    exports: ['PyInit__x'],
    imports: ['PyModuleDef_Init'],
  })
  const base = { [inLinux('_x')]: module, 'demo/libcasadi.so': so([], { soname: 'libcasadi.so' }) }
  const of = (name: string, needed = 'libmosek64.so') =>
    severities('external-library', { filename: LINUX }, { ...base, [`demo/${name}`]: so([needed]) })
  expect(await of('libcasadi_conic_mosek.so')).toEqual(['warning'])
  // Of what authentication_client.so is a plug-in, nobody says.
  expect(await of('authentication_client.so')).toEqual(['error'])
  const poor = { 'demo/libcasadi.so': so(['libmosek64.so'], { soname: 'libcasadi.so' }) }
  expect(await severities('external-library', { filename: LINUX }, { ...base, ...poor })).toEqual(['error'])
})

it('takes several parts of a name for the name of a library', async () => {
  const of = (line: string, library = 'libtvm_ffi.so') =>
    severities('external-library', requiring(LINUX, line), { [inLinux('_x')]: so([library]) })
  expect(await of('apache-tvm-ffi')).toEqual(['info'])
  expect(await of('apache-tvm-ffi', 'libtvm_ffi_testing.so')).toEqual(['info'])
  expect(await of('apache-tvm-ffi', 'libtvm.so')).toEqual(['error'])
})

it('knows that PyTorch is in the process of a package that imports it first', async () => {
  const of = (text: string) =>
    found(
      'external-library',
      { filename: LINUX, files: { 'demo/__init__.py': text, 'demo/cpu.py': 'import torch\n' } },
      { [inLinux('_x')]: so(['libc10.so', 'libtorch_cpu.so']) },
    )
  const [one, ...more] = await of('import torch\n')
  expect(one).toMatch(
    /^warning .* 2 libraries, which come with 'torch': the package imports it, but does not require it/,
  )
  expect(more).toEqual([])
  // Only a part of the package does.
  expect(await of('x = 1\n')).toEqual([expect.stringMatching(/^error .* 2 libraries, which are neither/)])
})
