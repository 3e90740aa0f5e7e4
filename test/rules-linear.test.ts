import { describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../fixtures/build.js'
import { RULES } from '../rules/registry/index.js'
import { DEFAULT_LIMITS } from '../src/archive/limits.js'
import type { Distribution } from '../src/distribution/distribution.js'
import { readDistribution } from '../src/distribution/read.js'
import { judge } from '../src/judge.js'
import { chooseRules } from '../src/selection.js'
import { bytesSource } from '../src/source/source.js'
import { cpuSeconds } from './support/cpu.js'

const FIELDS = [
  'Name',
  'Version',
  'Summary',
  'Keywords',
  'Author',
  'Author-email',
  'License',
  'License-Expression',
  'License-File',
  'Classifier',
  'Project-URL',
  'Home-page',
  'Requires-Dist',
  'Requires-Python',
  'Provides-Extra',
  'Description-Content-Type',
  'Import-Name',
  'Dynamic',
]
const SIZE = 500_000
/** What makes a careless regular expression try again and again. */
const PIECES = [
  'a',
  ' ',
  '-',
  '.',
  'a.',
  'a-',
  '(',
  '"',
  ',',
  ';',
  '<',
  '>=1,',
  'a@',
  '/',
  '[',
  '\\',
  '=?',
  'a ',
  '0',
  '_.',
  '@a.',
]
/** Seconds of the processor that one rule may take on such a text; a quadratic one takes minutes. */
const MOST = 3

async function facts(value: string): Promise<readonly Distribution[]> {
  const metadata = Object.fromEntries(FIELDS.map(field => [field, value]))
  const entryPoints = `[console_scripts]\na = ${value}\n[${value}]\n`
  const built = [await buildWheel({ metadata, entryPoints }), await buildSdist({ metadata })]
  const reading = { limits: DEFAULT_LIMITS, needs: new Set<never>(), now: () => 0 }
  return Promise.all(
    built.map(({ filename, bytes }) =>
      readDistribution({ path: filename, filename, source: bytesSource(bytes) }, reading),
    ),
  )
}

/** Rules that take longer on one of the subjects. */
async function slowOn(subjects: readonly Distribution[]): Promise<readonly string[]> {
  const slow: string[] = []
  for (const rule of RULES) {
    const selection = chooseRules([rule], { profile: 'strict', preview: true })
    for (const subject of subjects) {
      const work = () => judge(subject, selection, { preview: true, limits: DEFAULT_LIMITS, tracked: undefined })
      const taken = await cpuSeconds(MOST, work)
      if (taken > MOST) slow.push(`${rule.id}: ${taken.toFixed(1)} s`)
    }
  }
  return slow
}

const MEMBERS = 10_000
/** Where a careless rule compares each member with all others, or copies what it has with each one more. */
const PATHS: readonly (readonly [string, (i: number) => string, string])[] = [
  ['environments', i => `demo/a${i}/pyvenv.cfg`, 'home = /usr\n'],
  ['installed packages', i => `demo/a${i}/lib/python3.13/site-packages/b.py`, ''],
  ['npm packages', i => `demo/a${i}/node_modules/b/package.json`, '{}'],
  ['editor leftovers', i => `demo/a${i}.py~`, ''],
  ['modules that import the same', i => `demo/a${i}.py`, 'from demo import a1\n'],
  ['commands', i => `demo/a${i}/__init__.py`, ''],
]
const NEEDS = new Set(['native', 'python-imports', 'python-scan', 'license-texts'] as const)

describe('rules take linear time', () => {
  it.each(PIECES)('on a megabyte of %j in every field', async piece => {
    expect(await slowOn(await facts(`a${piece.repeat(SIZE / piece.length)}!`))).toEqual([])
  })

  it.each(PATHS)('on many %s', async (_, pathOf, text) => {
    const paths = Array.from({ length: MEMBERS }, (_, i) => pathOf(i))
    const entryPoints = `[console_scripts]\n${paths.map((_, i) => `a${i} = demo.a${i}.cli:main\n`).join('')}`
    const filesIn = (folder: string) => Object.fromEntries(paths.map(path => [folder + path, text]))
    const built = [
      await buildWheel({ files: filesIn(''), entryPoints }),
      await buildSdist({ files: filesIn('{top}/') }),
    ]
    const subjects = await Promise.all(
      built.map(({ filename, bytes }) =>
        readDistribution(
          { path: filename, filename, source: bytesSource(bytes) },
          { limits: DEFAULT_LIMITS, needs: NEEDS, now: () => 0 },
        ),
      ),
    )
    expect(await slowOn(subjects)).toEqual([])
  })
})
