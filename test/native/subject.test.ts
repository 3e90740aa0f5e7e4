import { expect, it } from 'vitest'
import { elf } from '../../fixtures/make/elf.js'
import { nativeFinding } from '../../rules/shared/native.js'
import { parseNative } from '../../src/native/index.js'

function subject(path: string, value?: string): string | undefined {
  const file = parseNative(path, elf())
  return file && nativeFinding(file, value, 'x').subject
}

it('names a module the same in the wheels for two versions of Python and two systems', () => {
  const names = [
    'demo/_x.cpython-312-x86_64-linux-gnu.so',
    'demo/_x.cpython-313t-darwin.so',
    'demo/_x.abi3.so',
    'demo/_x.cp312-win_amd64.pyd',
  ]
  expect(new Set(names.map(name => subject(name)))).toEqual(new Set(['demo/_x']))
})

it('leaves out versions and the hashes that repair tools add', () => {
  expect(subject('demo.libs/libx-1a2b3c4d.so.1.2', 'libssl.so.3')).toBe(
    subject('demo.libs/libx-9f8e7d6c.so.1.3', 'libssl.so.1.1'),
  )
  expect(subject('demo/a.so', 'libssl.so.3')).not.toBe(subject('demo/a.so', 'libcrypto.so.3'))
})
