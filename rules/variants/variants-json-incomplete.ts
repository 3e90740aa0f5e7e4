import { finding, quote, rule } from '../../src/rule.js'
import { labelOf, PEP_825, pep825, releaseExample, someProperties, V3, variantWheels } from './_variants.js'

const V4 = { x86_64: { level: ['v4'] } }
const V3_WHEEL = ['v3', pep825({ v3: V3 })] as const

export default rule({
  id: 'variants-json-incomplete',
  topic: 'variants',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Index-level metadata"; PEP 817 (draft)',
  url: PEP_825,
  summary: 'The index-level variants file does not match the wheels.',
  why: 'Installers read only this file: they never select a wheel whose label is missing, and select one with other properties incorrectly.',
  breaks:
    'Installers never select a wheel that is missing from the file, and select one incorrectly if its properties differ.',
  fix: 'Generate the file again from all wheels: `distaudit variants-json DIR`.',
  absence: 'content',
  bad: [
    releaseExample([V3_WHEEL, ['null', pep825({ null: {} })]], pep825({ v3: V3 })),
    releaseExample([V3_WHEEL], pep825({ v3: V4 })),
    releaseExample([V3_WHEEL], pep825({ v3: V3, v4: V4 })),
  ],
  good: releaseExample([V3_WHEEL], pep825({ v3: V3 })),
  *check(release) {
    for (const { path, variants } of release.variantsJson) {
      if (!variants.root || release.wheels.every(wheel => labelOf(wheel) === undefined)) continue
      const listed = new Map(variants.entries.map(entry => [entry.label.value, entry]))
      const read = variantWheels(release)
      const labels = new Map(
        release.wheels.flatMap(wheel => (labelOf(wheel) === undefined ? [] : [[labelOf(wheel) ?? '', wheel]])),
      )
      for (const [label, wheel] of labels) {
        const entry = listed.get(label)
        if (!entry)
          yield finding(
            variants.place(variants.root.entries.get('variants')?.value ?? variants.root),
            `The label ${quote(label)} of ${wheel.filename} is not in 'variants'.`,
            { path, subject: `missing=${label}` },
          )
        const other = read.find(
          one =>
            one.label === label &&
            one.entry &&
            entry &&
            one.entry.properties.join('\n') !== entry.properties.join('\n'),
        )
        if (entry && other?.entry)
          yield finding(
            entry.label,
            `The label ${quote(label)} has ${someProperties(entry.properties)} here, but ${someProperties(other.entry.properties)} in ${other.wheel.filename}.`,
            {
              path,
              related: [{ ...other.entry.label, path: other.wheel.path, message: 'The properties in the wheel.' }],
            },
          )
      }
      for (const [label, entry] of listed)
        if (!labels.has(label))
          yield finding(entry.label, `None of the wheels has the label ${quote(label)}.`, { path, severity: 'info' })
    }
  },
})
