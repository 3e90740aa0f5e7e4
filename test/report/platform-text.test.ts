import { expect, it } from 'vitest'
import { platformLines } from '../../src/report/platform-text.js'

it('says what a wheel can run on, and leaves out what there is nothing to say of', () => {
  expect(
    platformLines({
      fits: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
      symbolVersions: { GLIBC: ['2.2.5', '2.14'] },
      external: { 'libz.so.1': ['demo/core.so'] },
      missing: {},
      minimumOs: {},
      pythonAbi: { tag: 'cp38-abi3', abi3Lowest: '3.7', nonStable: [], tooNew: { PyType_GetName: '3.11' } },
    }),
  ).toEqual([
    ['fits', 'manylinux_2_17_x86_64, manylinux2014_x86_64'],
    ['symbols', 'GLIBC 2.2.5 2.14'],
    ['from outside', 'libz.so.1'],
    ['Python ABI', 'cp38-abi3, works from Python 3.7 on'],
    ['too new for the tag', 'PyType_GetName (3.11)'],
  ])
})
