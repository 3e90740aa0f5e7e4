import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { unifiedDiff } from '../../src/report/diff.js'
import fc from '../support/fc.js'

it('shows what changes with three lines around', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `l${i + 1}\n`)
  const before = lines.join('')
  const after = lines.map((line, i) => (i === 1 ? 'x\n' : i === 15 ? '' : line)).join('')
  expect(unifiedDiff('a/b.toml', before, after)).toBe(
    `--- a/a/b.toml\n+++ b/a/b.toml\n@@ -1,5 +1,5 @@\n l1\n-l2\n+x\n l3\n l4\n l5\n@@ -13,7 +13,6 @@\n l13\n l14\n l15\n-l16\n l17\n l18\n l19\n`,
  )
  expect(unifiedDiff('a', before, before)).toBe('')
})

it('keeps line ends and tabs, and says where the last one is missing', () => {
  expect(unifiedDiff('a', '\tx\r\ny', '\tx\r\nz')).toBe(
    '--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n \tx\r\n-y\n\\ No newline at end of file\n+z\n\\ No newline at end of file\n',
  )
})

it('shows nothing that moves a cursor or starts a command of a CI runner', () => {
  const shown = unifiedDiff('a', 'x = "\u001b[2J"\n', 'x = "##vso[task]\u202e\r"\n')
  expect(shown).toBe('--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x = "\\x1b[2J"\n+x = "##vso\\u005btask]\\u202e\\r"\n')
})

it('is quick where everything differs', () => {
  const text = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}\n`).join('')
  expect(unifiedDiff('a', text('x'), text('y')).split('\n').length).toBe(10_004)
})

it('is applied by patch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'distaudit-diff-'))
  const line = fc.constantFrom('a\n', 'b\n', '\n', 'c\n')
  try {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.array(line, { maxLength: 30 }), (one, other) => {
        const [before, after] = [`first\n${one.join('')}`, `first\n${other.join('')}`]
        const shown = unifiedDiff('x', before, after)
        fc.pre(shown !== '')
        writeFileSync(join(folder, 'x'), before)
        writeFileSync(join(folder, 'diff'), shown)
        execFileSync('git', ['apply', '--unidiff-zero', 'diff'], { cwd: folder, stdio: 'pipe' })
        expect(readFileSync(join(folder, 'x'), 'utf8')).toBe(after)
      }),
      { numRuns: 30 },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
