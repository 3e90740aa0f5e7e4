/**
 * Writes src/data/license-fingerprints.json from the texts of the SPDX license list: `tsx scripts/data/license-fingerprints.ts`
 * `[DIR]`. DIR is an unpacked npm package spdx-license-list; without it the package is fetched with `npm pack`.
 * docs/license-texts.md says what the table contains and which licenses it cannot tell apart.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shingles } from '../../src/licenses/shingles.js'

const PACKAGE = 'spdx-license-list@6.12.0'
/** Keys kept of one text: between 1 and 2 times this. */
const SAMPLE = 128
/** Share of a text's keys in another text from which on the two are compared key by key. */
const NEAR = 0.6
const PAIR = 12

export function templates(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(`${folder}/licenses`)
    .filter(name => name.endsWith('.json'))
    // Current ids before deprecated ones with a plus sign: the first one's text stands for all.
    .sort((a, b) => Number(a.includes('+')) - Number(b.includes('+')) || (a < b ? -1 : 1))
  return new Map(
    names.map(name => {
      const { licenseText } = JSON.parse(readFileSync(`${folder}/licenses/${name}`, 'utf8')) as { licenseText: string }
      const id = name.slice(0, -5)
      // The list has the GPL after the LGPL 3.0, which nobody's COPYING.LESSER has.
      return [
        id,
        id.startsWith('LGPL-3.0')
          ? licenseText.replace(/\n[ \t]*GNU GENERAL PUBLIC LICENSE[ \t]*\n.*$/s, '\n')
          : licenseText,
      ]
    }),
  )
}

/** An unpacked copy of the package. */
export function fetchTemplates(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spdx-'))
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, PACKAGE], {
    encoding: 'utf8',
  }).trim()
  execFileSync('tar', ['-xzf', join(folder, name), '-C', folder])
  return join(folder, 'package')
}

const COPYRIGHT =
  /^[^\n]*(?:\b(?:copyright|\(c\))|©)[ \t]*(?:\(c\)|©|[<[]|\d{4}|yyyy)[^\n]*$|^[^\p{L}\n]*(?:copyright\b|\(c\)|©)[^\n]*(?:\d{4}|yyyy|year)[^\n]*$/gimu
const PLACEHOLDER =
  /<[^<>\n]{1,60}>|\[[^[\]\n]{0,40}(?:name|year|owner|holder|author|organi[sz]ation|yyyy|xxxx)[^[\]\n]{0,40}\]/giu

/** A template without what differs from one use to the next: copyright lines and placeholders. */
function fixedParts(text: string): string {
  return (
    text
      // Where a whole paragraph is one line, only its first sentence is the copyright notice.
      .replace(COPYRIGHT, line =>
        line.length < 160 ? '\0' : `\0${/(?<=[.;] +)\p{Lu}.*$/su.exec(line.slice(40))?.[0] ?? ''}`,
      )
      .replace(PLACEHOLDER, '\0')
  )
}

/** Fewer keys prove nothing. */
const FEWEST = 8

function keysOf(text: string): ReadonlySet<number> {
  // In another copy the words around a removed part have other neighbors.
  const rows = fixedParts(text)
    .split('\0')
    .filter(row => (row.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= 5)
  const keys = shingles(rows.join('\0'))
  return keys.size >= FEWEST ? keys : shingles(text)
}

/** Ids that share one text but for an address: `GPL-2.0-only`, `GPL-2.0-or-later`, `GPL-2.0+`, `GPL-2.0`. */
const familyOf = (id: string) => id.replace(/(?:-only|-or-later|\+)$/, '')

interface Class {
  readonly ids: string[]
  readonly keys: ReadonlySet<number>
}

function classes(texts: ReadonlyMap<string, string>): readonly Class[] {
  const byKeys = new Map<string, Class>()
  const families = new Map<string, Class>()
  for (const [id, text] of texts) {
    const keys = keysOf(text)
    const name = [...keys].sort((a, b) => a - b).join()
    const known = byKeys.get(name) ?? families.get(familyOf(id))
    const own = known ?? { ids: [], keys }
    own.ids.push(id)
    byKeys.set(name, own)
    families.set(familyOf(id), own)
  }
  return [...new Set(byKeys.values())]
}

/** Every which key is kept, as a power of two: those that are multiples of it. */
function strideOf(count: number): number {
  let stride = 1
  while (count / stride >= 2 * SAMPLE) stride *= 2
  return stride
}

const packed = (keys: Iterable<number>) => {
  const list = [...keys]
  const bytes = new Uint8Array(list.length * 3)
  for (const [i, key] of list.entries()) bytes.set([key & 0xff, (key >>> 8) & 0xff, key >>> 16], i * 3)
  return Buffer.from(bytes).toString('base64')
}

function table(texts: ReadonlyMap<string, string>) {
  const all = classes(texts)
  const index = new Map<number, number[]>()
  for (const [i, { keys }] of all.entries())
    for (const key of keys) {
      const list = index.get(key)
      if (list) list.push(i)
      else index.set(key, [i])
    }
  const strides = all.map(({ keys }) => strideOf(keys.size))
  const samples = all.map(({ keys }, i) => [...keys].filter(key => key % (strides[i] ?? 1) === 0))
  const pairs: number[] = []
  const pairSteps: number[] = []
  const pairKeys: number[] = []
  const near = new Set<string>()
  for (const [a, { keys }] of all.entries()) {
    const shared = new Map<number, number>()
    for (const key of keys) for (const b of index.get(key) ?? []) if (b !== a) shared.set(b, (shared.get(b) ?? 0) + 1)
    for (const [b, count] of shared) if (count / keys.size >= NEAR) near.add([a, b].sort((x, y) => x - y).join())
  }
  for (const name of near) {
    const [a = 0, b = 0] = name.split(',').map(Number)
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const own = [...(all[one]?.keys ?? [])].filter(key => !all[other]?.keys.has(key))
      // Spread over the text, in its order.
      const step = Math.max(1, own.length / PAIR)
      const chosen = Array.from({ length: Math.min(PAIR, own.length) }, (_, i) => own[Math.floor(i * step)] ?? 0)
      const places = chosen.map(key => samples[one]?.indexOf(key) ?? -1)
      const sampled = places.filter(place => place >= 0)
      const others = chosen.filter((_, i) => (places[i] ?? -1) < 0)
      pairs.push(one, other, sampled.length, others.length)
      pairSteps.push(...sampled.map((place, i) => place - (sampled[i - 1] ?? -1) - 1))
      pairKeys.push(...others)
    }
  }
  if (pairSteps.some(step => step > 255)) throw new Error('A step between two keys does not fit into a byte.')
  return {
    classes: all.map(({ ids }) => ids.join(' ')),
    sizes: all.map(({ keys }) => keys.size),
    counts: samples.map(list => list.length),
    keys: packed(samples.flat()),
    pairs: packed(pairs),
    pairSteps: Buffer.from(pairSteps).toString('base64'),
    pairKeys: packed(pairKeys),
  }
}

/** Licenses that most projects have; each row of five words of their text is kept. */
const COMMON = ['MIT', 'BSD-3-Clause', 'Apache-2.0', 'ISC']

function commonTable(texts: ReadonlyMap<string, string>) {
  const all = classes(texts)
  return COMMON.flatMap(id => {
    const found = all.find(({ ids }) => ids.includes(id))
    return found ? [{ ids: found.ids, size: found.keys.size, keys: packed(found.keys) }] : []
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fetchTemplates()
  const list = /List version ([0-9.]+) \(([0-9-]+)\)/.exec(readFileSync(`${folder}/readme.md`, 'utf8'))
  const result = {
    source: `SPDX license list as in npm package ${PACKAGE.replace('@', ' ')}`,
    version: list?.[1] ?? '',
    date: list?.[2] ?? '',
    ...table(templates(folder)),
  }
  const write = (name: string, data: object) =>
    writeFileSync(
      fileURLToPath(new URL(`../../src/data/${name}.json`, import.meta.url)),
      `${JSON.stringify(data, undefined, 1)}\n`,
    )
  write('license-fingerprints', result)
  const { source, version, date } = result
  write('common-licenses', { source, version, date, licenses: commonTable(templates(folder)) })
  console.log(
    `${result.classes.length} texts, ${result.counts.reduce((a, b) => a + b, 0)} keys, ${result.pairs.length / 16} pairs`,
  )
}
