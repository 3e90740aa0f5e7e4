import assert from 'node:assert/strict'
import { test } from 'node:test'
import { named } from '../src/files.ts'
import { AddressError, readAddress } from '../src/remote.ts'

const OWN = 'https://own.example'
const PYPI = ['https://files.pythonhosted.org']
const read = (text: string) => readAddress(text, OWN, PYPI)

test('the address of a file on PyPI is opened, and what it says of the hash is known', () => {
  const hash = 'ab'.repeat(32)
  const { url, filename, sha256 } = read(
    ` https://files.pythonhosted.org/packages/a/demo-1.0%2Bcpu-py3-none-any.whl#sha256=${hash.toUpperCase()} `,
  )
  assert.equal(url.href, 'https://files.pythonhosted.org/packages/a/demo-1.0%2Bcpu-py3-none-any.whl')
  assert.equal(filename, 'demo-1.0+cpu-py3-none-any.whl')
  assert.equal(sha256, hash)
  assert.equal(read(`${OWN}/a/demo-1.0.tar.gz`).filename, 'demo-1.0.tar.gz')
})

test('nobody else is asked', () => {
  for (const text of [
    'https://files.pythonhosted.org.example/a.whl',
    'http://files.pythonhosted.org/a.whl',
    'https://files.pythonhosted.org:8443/a.whl',
    'https://example.org/a.whl',
    'https://user:word@files.pythonhosted.org/a.whl',
    'https://files.pythonhosted.org/packages/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'file:///etc/passwd',
    'demo-1.0-py3-none-any.whl',
    '',
  ])
    assert.throws(() => read(text), AddressError, text)
})

test('a name has no folder, and one that cannot be decoded stays', () => {
  assert.equal(read(`${OWN}/..%2F..%5Cdemo-1.0.zip`).filename, '.._.._demo-1.0.zip')
  assert.equal(read(`${OWN}/demo%zz.whl`).filename, 'demo%zz.whl')
})

test('files of one name stay apart', () => {
  const files = ['a.whl', 'b.whl', 'a.whl'].map(name => new File(['x'], name))
  assert.deepEqual(
    named(files).map(input => 'name' in input && input.name),
    ['a.whl', 'b.whl', '2/a.whl'],
  )
})
