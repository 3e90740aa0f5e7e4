import { expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { elf } from '../../fixtures/make/elf.js'
import { withBinaries } from '../../fixtures/make/native.js'
import { shownNatives } from '../../src/show/natives.js'
import { nativeWheel } from '../support/native-wheel.js'

it('finds a library by the search path of the module that loads the one that needs it', async () => {
  const filename = 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl'
  const binaries = {
    'demo/_x.cpython-312-x86_64-linux-gnu.so': elf({
      needed: ['liba.so.1'],
      rpath: '$ORIGIN/../demo.libs',
      exports: ['PyInit__x'],
    }),
    'demo.libs/liba.so.1': elf({ soname: 'liba.so.1', needed: ['libb.so.2', 'libc.so.6', 'libd.so.4'] }),
    'demo.libs/libb.so.2': elf({ soname: 'libb.so.2' }),
    // Nobody that loads it has a search path.
    'demo/libe.so.5': elf({ soname: 'libe.so.5', needed: ['libf.so.6'] }),
    'demo/libf.so.6': elf({ soname: 'libf.so.6' }),
  }
  const wheel = nativeWheel(filename, withBinaries(await buildWheel({ filename }), binaries))
  const origins = Object.fromEntries(
    shownNatives(await wheel).map(({ path, libraries }) => [path, libraries.map(({ from }) => from)]),
  )
  expect(origins).toMatchObject({
    'demo/_x.cpython-312-x86_64-linux-gnu.so': ['wheel'],
    'demo.libs/liba.so.1': ['wheel', 'system', 'unknown'],
    'demo/libe.so.5': ['unknown'],
  })
})
