import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import sample from '../../fixtures/license-texts.json' with { type: 'json' }
import { matcher as matcherOf } from '../../src/licenses/matcher.js'
import { shingles } from '../../src/licenses/shingles.js'
import { cpuSeconds } from '../support/cpu.js'
import { DISGUISES } from './disguise.js'

const matcher = (text: string) => matcherOf(shingles(text))
const root = fileURLToPath(new URL('../../', import.meta.url))
const texts = Object.entries(sample.texts)

/** Texts of the project itself: code, documentation, tables. */
function projectTexts(): readonly (readonly [string, string])[] {
  const files = ['src', 'scripts', 'schemas'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(?:ts|md|py|json)$/.test(name) && !name.includes('fingerprints'))
      .map(name => join(root, folder, name)),
  )
  return files.map(path => [path.slice(root.length), readFileSync(path, 'utf8')] as const)
}

describe.each(Object.entries(DISGUISES))('a licence text %s', (_, disguise) => {
  it.each(texts)('is %s', (id, text) => {
    const [best] = matcher(disguise(text))
    expect(best?.ids).toContain(id)
    expect(best?.share).toBeGreaterThan(0.9)
  })
})

describe('texts that are no licence', () => {
  const others = projectTexts()

  it('are more than a hundred', () => expect(others.length).toBeGreaterThan(100))

  it.each(others)('%s is none', (_, text) => expect(matcher(text)).toEqual([]))

  it.each([
    ['a sentence', 'This project is licensed under the MIT License; see the LICENSE file for the full text.'],
    ['classifiers', 'License :: OSI Approved :: MIT License\nLicense :: OSI Approved :: Apache Software License\n'],
    ['a disclaimer', 'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED.'],
    ['a notice', 'Demo\nCopyright 2026 Ann Author\n\nThis product includes software developed at Example Corp.\n'],
    [
      'a header',
      'Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance.',
    ],
    ['nothing', ''],
    ['blanks', ' \n\t\n'],
  ])('%s is none', (_, text) => expect(matcher(text)).toEqual([]))
})

describe('several licences', () => {
  const of = (id: string) => (sample.texts as Record<string, string>)[id] ?? ''

  it('in one file are all named', () => {
    const all = matcher(`${of('MIT')}\n\n--------\n\n${of('BSL-1.0')}\n\nzlib:\n${of('Zlib')}`).flatMap(
      match => match.ids,
    )
    expect(all.sort()).toEqual(['BSL-1.0', 'MIT', 'Zlib'])
  })

  it.each(['MIT', 'BSD-3-Clause'])('that have the sentences of a third are not that one: %s first', first => {
    const second = first === 'MIT' ? 'BSD-3-Clause' : 'MIT'
    for (const text of [of(second), of(second).replace('AND ANY EXPRESS', 'AN ANY EXPRESS')])
      expect(
        matcher(`${of(first)}\n\n${text}`)
          .flatMap(match => match.ids)
          .sort(),
      ).toEqual(['BSD-3-Clause', 'MIT'])
    expect(matcher(of('Linux-OpenIB')).flatMap(match => match.ids)).toEqual(['Linux-OpenIB'])
  })

  it('of which one adds to the other are both named', () => {
    const names = (text: string) => matcher(text).map(match => match.ids[0])
    expect(names(of('LGPL-3.0-only'))).toEqual(['LGPL-3.0-only'])
    expect(names(`${of('LGPL-3.0-only')}\n${of('GPL-3.0-only')}`).sort()).toEqual(['GPL-3.0-only', 'LGPL-3.0-only'])
  })

  it('of which one has all of the other are not confused', () => {
    for (const [id, other] of [
      ['MIT', 'MIT-0'],
      ['BSD-3-Clause', 'BSD-2-Clause'],
      ['ISC', '0BSD'],
      ['Apache-2.0', 'Pixar'],
    ] as const) {
      expect(matcher(of(id)).flatMap(match => match.ids)).not.toContain(other)
      expect(matcher(of(other)).flatMap(match => match.ids)).not.toContain(id)
    }
  })

  it('an Apache licence without its appendix is one still', () => {
    const text = of('Apache-2.0')
    const [best] = matcher(text.slice(0, text.indexOf('END OF TERMS AND CONDITIONS')))
    expect(best?.ids).toEqual(['Apache-2.0'])
  })

  it('another name in the disclaimer changes nothing', () => {
    const text = of('ISC')
      .replace('AND ISC DISCLAIMS', 'AND ANN AUTHOR DISCLAIMS')
      .replace('SHALL ISC BE', 'SHALL ANN BE')
    expect(matcher(text)[0]?.ids).toEqual(['ISC'])
  })
})

it('takes time in proportion to the text', async () => {
  const text = 'in no event shall '.repeat(14_000)
  expect(await cpuSeconds(5, () => expect(matcher(text)).toEqual([]))).toBeLessThan(5)
})
