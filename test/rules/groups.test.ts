import { describe, expect, it } from 'vitest'
import { groupIncludes } from '../../rules/pyproject/_groups.js'
import cycle from '../../rules/pyproject/dependency-group-cycle.js'
import notNormalized from '../../rules/pyproject/dependency-group-not-normalized.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import { parsePyproject } from '../../src/distribution/pyproject.js'
import { backendOf, kindOf, texts } from '../../src/views/pyproject.js'

function pyproject(text: string) {
  const bytes = new TextEncoder().encode(text)
  return parsePyproject({ member: 'demo-1.0/pyproject.toml', bytes, cut: false, size: bytes.length })
}

const groups = (lines: string) => pyproject(`[dependency-groups]\n${lines}`)
const circles = (lines: string) => [
  ...cycle.check({ pyproject: groups(lines) } as Sdist, { preview: false, limits: DEFAULT_LIMITS }),
]

describe('dependency groups', () => {
  it('are found by normalized name', () => {
    const includes = groupIncludes(groups('A_b = [{ include-group = "C.d" }, "attrs"]\n"c-D" = []'))
    expect([...includes.keys()]).toEqual(['a-b', 'c-d'])
    expect(includes.get('a-b')?.map(({ included }) => included)).toEqual(['C.d'])
  })

  it.each([
    ['a = [{ include-group = "a" }]', 1],
    ['a = [{ include-group = "b" }]\nb = [{ include-group = "A" }]', 1],
    ['x = [{ include-group = "a" }]\na = [{ include-group = "b" }]\nb = [{ include-group = "a" }]', 1],
    ['a = [{ include-group = "b" }, { include-group = "c" }]\nb = [{ include-group = "c" }]\nc = []', 0],
    ['a = [{ include-group = "missing" }]', 0],
  ])('%j: %i circle', (lines, count) => {
    expect(circles(lines)).toHaveLength(count)
  })
})

describe('groups in another spelling', () => {
  it.each([
    ['A_b = []\n"not a name!" = []', 1],
    ['A_b = []\na-b = []', 0],
  ])('%j: %i', (lines, count) => {
    const subject = { pyproject: groups(lines) } as Sdist
    expect([...notNormalized.check(subject, { preview: false, limits: DEFAULT_LIMITS })]).toHaveLength(count)
  })
})

describe('pyproject.toml', () => {
  it.each([
    ['[build-system]\nrequires = []\nbuild-backend = "setuptools.build_meta:__legacy__"', 'setuptools'],
    ['[build-system]\nrequires = []\nbuild-backend = "poetry.core.masonry.api"', 'poetry-core'],
    ['[build-system]\nrequires = []\nbuild-backend = "poetry.masonry.api"', 'poetry'],
    ['[build-system]\nrequires = []\nbuild-backend = "setuptools_custom"', undefined],
    ['', 'setuptools'],
  ])('%j is built by %s', (text, backend) => {
    expect(backendOf(pyproject(text))).toBe(backend)
  })

  it('keeps the index of each string of a mixed array', () => {
    expect(texts(['a', 1, 'b'])).toEqual([
      [0, 'a'],
      [2, 'b'],
    ])
    expect(texts('a')).toEqual([])
  })

  it('names values in the words of TOML', () => {
    expect([[], {}, 'a', 1, 1n, true, new Date(0)].map(kindOf)).toEqual([
      'an array',
      'a table',
      'a string',
      'a number',
      'a number',
      'a boolean',
      'a date',
    ])
  })
})
