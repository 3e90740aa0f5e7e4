import { describe, expect, it } from 'vitest'
import { globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { cpuSeconds } from '../support/cpu.js'

describe('patterns of license-files', () => {
  it.each(['LICENSE', 'LICEN[CS]E*', 'licenses/**/*.txt', 'a b/c-d_e.md', '**', 'Lizenz-ä.txt', 'LICENSE?'])(
    'takes %j',
    pattern => {
      expect(globProblem(pattern)).toBeUndefined()
    },
  )

  it.each([
    ['', 'empty'],
    ['../LICENSE', "'..'"],
    ['a..b', "'..'"],
    ['/LICENSE', 'absolute'],
    ['a\\b', "'\\'"],
    ['LICEN{S,C}E', 'character'],
    ['~/LICENSE', 'character'],
    ['!LICENSE', 'character'],
    ['a**/b', "'**'"],
  ])('refuses %j: %s', (pattern, why) => {
    expect(globProblem(pattern)).toContain(why)
  })

  it.each([
    ['LICENSE', 'LICENSE', true],
    ['LICENSE', 'license', false],
    ['LICENSE', 'docs/LICENSE', false],
    ['LICEN[CS]E*', 'LICENCE.txt', true],
    ['LICEN[a-z]E', 'LICENSE', false],
    ['LICEN[A-Z]E', 'LICENSE', true],
    ['*', 'a/b', false],
    ['*/LICENSE', 'a/LICENSE', true],
    ['*/LICENSE', 'LICENSE', false],
    ['**/LICENSE', 'LICENSE', true],
    ['**/LICENSE', 'a/b/LICENSE', true],
    ['a/**', 'a/b/c', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b', false],
    ['LICENSE?', 'LICENSE', false],
    ['licenses/', 'licenses/', true],
    ['./LICENSE', 'LICENSE', true],
    ['[', '[', true],
  ])('%j and %j: %s', (pattern, path, expected) => {
    expect(globMatcher(pattern, globBudget())(path)).toBe(expected)
  })

  it('needs no exponential time', async () => {
    const taken = await cpuSeconds(2, () => {
      expect(globMatcher(`${'*a'.repeat(200)}b`, globBudget())('a'.repeat(2000))).toBe(false)
      expect(globMatcher(`${'**/a/'.repeat(200)}b`, globBudget())('a/'.repeat(2000))).toBe(false)
    })
    expect(taken).toBeLessThan(2)
  })
})
