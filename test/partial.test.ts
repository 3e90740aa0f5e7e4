import { describe, expect, it } from 'vitest'
import { auditFiles } from '../fixtures/audit.js'
import { buildExample, buildSurroundings } from '../fixtures/build.js'
import { writeTarGz } from '../fixtures/make/tar.js'
import { RULES } from '../rules/registry/index.js'
import { allFindings } from '../src/report/report.js'
import { readsWhole } from '../src/selection.js'

// Of a source that can be read in part, a rule about the metadata sees what it sees in the whole file: or its needs say otherwise.

const isMetadata = ({ path }: { readonly path: string }) => /^[^/]+\/PKG-INFO$/.test(path)
const encoder = new TextEncoder()

/** The files of an example, with PKG-INFO in front: then nothing else of a tar is read. */
const filesOf = async (example: Parameters<typeof buildExample>[0]) =>
  (await buildExample(example)).map(file => {
    if (!('entries' in file) || !file.filename.endsWith('.tar.gz') || example.sdist?.make) return file
    const entries = file.entries as readonly { readonly path: string; readonly text: string }[]
    const ordered = [...entries.filter(isMetadata), ...entries.filter(entry => !isMetadata(entry))]
    return { ...file, bytes: writeTarGz(ordered.map(({ path, text }) => ({ name: path, data: encoder.encode(text) }))) }
  })

const partial = RULES.filter(
  rule =>
    rule.applies.some((kind: string) => kind === 'wheel' || kind === 'sdist') &&
    !(['wheel', 'sdist'] as const).some(kind => readsWhole(rule, kind)),
)

it('is enough for many rules', () => {
  expect(partial.length).toBeGreaterThan(100)
})

describe.each(partial.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  it('finds the same in a part of a file', async () => {
    for (const example of [rule.bad, rule.good].flat()) {
      if (example.tree) continue
      const files = await filesOf(example)
      const surroundings = await buildSurroundings(example)
      const choice = { select: [rule.id] }
      const shown = async (remote: boolean) => {
        const report = await auditFiles(files, [rule], {}, { ...surroundings, remote }, choice)
        expect((report.internalErrors ?? []).map(error => error.stack ?? error.message)).toEqual([])
        return [...allFindings(report)].map(({ severity, message, location }) => [severity, message, location.member])
      }
      expect(await shown(true), JSON.stringify(example)).toEqual(await shown(false))
    }
  })
})
