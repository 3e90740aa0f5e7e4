import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { elf } from '../../fixtures/make/elf.js'
import { fat, macho } from '../../fixtures/make/macho.js'
import { pe } from '../../fixtures/make/pe.js'
import { wasm } from '../../fixtures/make/wasm.js'
import { looksNative, type NativeFile, parseNative } from '../../src/native/index.js'

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/native/${name}`, import.meta.url)))

function built<F extends NativeFile['format']>(name: string, format: F): Extract<NativeFile, { format: F }> {
  return as(parseNative('demo/module.so', bytesOf(name)), format)
}

function as<F extends NativeFile['format']>(
  file: NativeFile | undefined,
  format: F,
): Extract<NativeFile, { format: F }> {
  if (file?.format !== format) throw new Error(`read as ${file?.format}`)
  return file as Extract<NativeFile, { format: F }>
}

const text = (value: string) => new TextEncoder().encode(value)

describe('a binary is known by its first bytes', () => {
  it.each([
    'elf-x86_64.so',
    'elf-ppc64.so',
    'macho-arm64.so',
    'macho-fat.so',
    'pe-amd64.dll',
    'wasm-side.so',
    'static.a',
    'thin.a',
  ])('takes %s', name => {
    expect(looksNative(bytesOf(name).subarray(0, 8))).toBe(true)
    expect(parseNative('any.name', bytesOf(name))).toMatchObject({ problems: [] })
  })

  it('takes a Java class for none, though it begins like a fat Mach-O file', () => {
    expect(looksNative(new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52]))).toBe(false)
    expect(looksNative(new Uint8Array([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2]))).toBe(true)
  })

  it('takes MZ without a PE signature for none', () => {
    const dos = new Uint8Array(200)
    dos.set(text('MZ'))
    expect(parseNative('old.exe', dos)).toBeUndefined()
  })

  it.each(['', 'PK', '#!/usr/bin/python', 'import os\nimport sys\n'])('takes the text %j for none', value => {
    expect(parseNative('x.so', text(value))).toBeUndefined()
  })
})

describe('ELF', () => {
  it('reads what gcc and GNU ld wrote', () => {
    expect(built('elf-x86_64.so', 'elf')).toMatchObject({
      bits: 64,
      little: true,
      type: 3,
      arch: 'x86_64',
      stack: 6,
      textRelocations: false,
      debugSize: 0,
      imports: new Set(['PyModuleDef_Init']),
      exports: new Set(['PyInit_module']),
    })
  })

  it.each([
    ['elf-aarch64.so', 'aarch64', 64, true],
    ['elf-i686.so', 'i686', 32, true],
    ['elf-armv7.so', 'armv7l', 32, true],
    ['elf-ppc64.so', 'ppc64', 64, false],
    ['elf-ppc64le.so', 'ppc64le', 64, true],
    ['elf-riscv64.so', 'riscv64', 64, true],
  ] as const)('reads %s as %s', (name, arch, bits, little) => {
    expect(built(name, 'elf')).toMatchObject({ arch, bits, little, type: 3, problems: [] })
  })

  it('sees an executable stack, small pages, writable code, an instruction set and a search path', () => {
    expect(built('elf-execstack.so', 'elf').stack).toBe(7)
    expect(built('elf-4k.so', 'elf').loads.map(load => load.align)).toContain(4096)
    expect(built('elf-wx.so', 'elf').loads.some(load => (load.flags & 3) === 3)).toBe(true)
    expect(built('elf-isa-v3.so', 'elf').isaNeeded & 4).toBe(4)
    expect(built('elf-rpath-cwd.so', 'elf').rpath).toBe('$ORIGIN:')
  })

  it('keeps names that policies forbid', () => {
    expect(built('elf-blacklist.so', 'elf')).toMatchObject({
      needed: ['libz.so.1'],
      imports: new Set(['inflate_fast']),
    })
  })

  it('reads the dynamic tables without section headers', () => {
    const file = as(
      parseNative(
        '_x.so',
        elf({
          sections: false,
          needed: ['libc.so.6'],
          versions: { 'libc.so.6': ['GLIBC_2.17', 'GLIBC_2.34'] },
          imports: ['PyList_New'],
        }),
      ),
      'elf',
    )
    expect(file).toMatchObject({
      sections: 0,
      needed: ['libc.so.6'],
      versionNeeds: [{ library: 'libc.so.6', versions: ['GLIBC_2.17', 'GLIBC_2.34'] }],
      imports: new Set(['PyList_New']),
    })
  })

  it('reads 32-bit big-endian files', () => {
    expect(
      parseNative('x.so', elf({ bits: 32, little: false, machine: 8, needed: ['libc.so'], soname: 'x.so' })),
    ).toMatchObject({
      arch: 'mips',
      needed: ['libc.so'],
      soname: 'x.so',
      problems: [],
    })
  })

  it('reads the processor from .ARM.attributes and the level from the Android note', () => {
    expect(parseNative('x.so', elf({ bits: 32, machine: 40, flags: 0x05000400, armCpu: 6 }))).toMatchObject({
      arch: 'armv7l',
      armCpu: 6,
      armVfp: 1,
    })
    expect(parseNative('x.so', elf({ machine: 183, androidApi: 24 }))).toMatchObject({ androidApi: 24 })
  })

  it('says what lies outside a file that was cut', () => {
    const whole = bytesOf('elf-x86_64.so')
    expect(parseNative('x.so', whole.subarray(0, 4000))?.problems).not.toEqual([])
    expect(parseNative('x.so', whole.subarray(0, 20))?.problems).toContain('the file ends inside its header')
  })
})

describe('Mach-O', () => {
  it('reads what lld wrote', () => {
    const [slice] = built('macho-arm64.so', 'macho').slices
    expect(slice).toMatchObject({
      arch: 'arm64',
      type: 8,
      versions: [{ platform: 1, minimum: 11 << 16 }],
      imports: new Set(['PyModuleDef_Init']),
      exports: new Set(['PyInit_module']),
      signature: { state: 'valid' },
    })
    expect(slice?.dylibs.map(one => one.name)).toEqual(['/usr/lib/libSystem.B.dylib'])
  })

  it('reads every slice of a fat file', () => {
    expect(built('macho-fat.so', 'macho').slices.map(slice => slice.arch)).toEqual(['x86_64', 'arm64'])
  })

  it('tells the simulator from the system', () => {
    expect(built('macho-iossim.so', 'macho').slices[0]?.versions).toMatchObject([{ platform: 7, minimum: 14 << 16 }])
  })

  it('compares page hashes with the content', () => {
    expect(built('macho-bad-page.so', 'macho').slices[0]?.signature).toEqual({
      state: 'invalid',
      reason: 'the hash of the page at 0 differs',
    })
    expect(built('macho-unsigned.so', 'macho').slices[0]?.signature).toEqual({ state: 'absent' })
  })

  it('refuses slices that overlap or lie outside the file', () => {
    const file = fat(macho(), macho({ arch: 'x86_64' }))
    new DataView(file.buffer).setUint32(8 + 12, file.length - 4096)
    expect(parseNative('x.so', file)?.problems).toContain('architecture 1 overlaps another')
    expect(parseNative('x.so', file.subarray(0, 8192))?.problems).not.toEqual([])
  })
})

describe('PE', () => {
  it.each([
    ['pe-amd64.dll', 'amd64', true],
    ['pe-arm64.dll', 'arm64', true],
    ['pe-x86.dll', 'x86', false],
  ] as const)('reads %s, which lld wrote', (name, arch, plus) => {
    const file = built(name, 'pe')
    expect(file).toMatchObject({ arch, plus, dll: true, imports: new Set(['PyModuleDef_Init']) })
    expect(file.dlls).toEqual([{ dll: 'python312.dll', delayed: false }])
    expect([...file.exports].join()).toMatch(/PyInit_module/)
  })

  it('reads protections, sections and the path of the debug file', () => {
    expect(
      parseNative('x.pyd', pe({ characteristics: 0x4160, sectionFlags: 0xe0000040, pdb: 'C:\\build\\x.pdb' })),
    ).toMatchObject({
      subsystem: 2,
      dllCharacteristics: 0x4160,
      writable: ['.rdata'],
      pdb: 'C:\\build\\x.pdb',
    })
  })
})

describe('WebAssembly', () => {
  it('reads a side module', () => {
    expect(built('wasm-side.so', 'wasm')).toMatchObject({
      dylink: true,
      imports: new Set(['PyModuleDef_Init']),
      exports: new Set(['PyInit_module']),
    })
    expect(built('wasm-plain.so', 'wasm').dylink).toBe(false)
  })

  it('reads NEEDED and RUNTIME_PATH of dylink.0', () => {
    expect(
      parseNative('x.so', wasm({ needed: ['a.so', 'b.so'], runtimePaths: ['$ORIGIN'], shared: true })),
    ).toMatchObject({
      needed: ['a.so', 'b.so'],
      runtimePaths: ['$ORIGIN'],
      shared: true,
    })
  })
})

it('counts the members of an archive, thin or not', () => {
  // The object, and the table of its symbols.
  expect(built('static.a', 'ar')).toMatchObject({ thin: false, count: 2, problems: [] })
  expect(built('thin.a', 'ar')).toMatchObject({ thin: true, problems: [] })
})

it('never throws on a file that ends anywhere', () => {
  for (const name of ['elf-ppc64.so', 'elf-armv7.so', 'macho-x86_64.so', 'pe-amd64.dll', 'wasm-side.so', 'static.a']) {
    const whole = bytesOf(name).subarray(0, 4000)
    for (let length = 0; length < whole.length; length += 7) parseNative(name, whole.subarray(0, length))
  }
})
