import type { VariantDocument } from '../../src/distribution/variant.js'
import { finding, rule } from '../../src/rule.js'
import { documentsOf, PEP_825, pep825, releaseExample, V3 } from './_variants.js'

const listOf = ({ priorities }: VariantDocument) => priorities?.namespaces.map(({ value }) => value) ?? []
const shown = (list: readonly string[]) => `[${list.slice(0, 8).join(', ')}${list.length > 8 ? ', …' : ''}]`

export default rule({
  id: 'variant-priorities-inconsistent',
  topic: 'variants',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Default priorities" and "Metadata consistency"',
  url: PEP_825,
  summary: 'The files of a release order the namespaces differently.',
  why: 'The lists cannot be combined, so the variants have no order. Tools ignore the variant wheels.',
  breaks: 'No variants file can be generated for the release, so installers do not select a variant.',
  fix: 'Use the same list in all files. A longer list may only add to the end of a shorter one.',
  bad: [
    releaseExample([
      ['v3', pep825({ v3: V3 }, ['x86_64', 'blas'])],
      ['null', pep825({ null: {} }, ['blas', 'x86_64'])],
    ]),
    releaseExample([['v3', pep825({ v3: V3 }, ['x86_64', 'blas'])]], pep825({ v3: V3 }, ['blas', 'x86_64'])),
    releaseExample([
      ['v3', pep825({ v3: V3 }, ['x86_64', 'blas'])],
      ['null', pep825({ null: {} }, ['x86_64'])],
    ]),
  ],
  good: releaseExample(
    [
      ['v3', pep825({ v3: V3 }, ['x86_64', 'blas'])],
      ['null', pep825({ null: {} }, ['x86_64', 'blas'])],
    ],
    pep825({ v3: V3, null: {} }, ['x86_64', 'blas']),
  ),
  *check(release) {
    const documents = documentsOf(release).filter(({ document }) => listOf(document).length > 0)
    // All are compared with the longest: what is a beginning of it goes together with every other beginning.
    const longest = documents.reduce<(typeof documents)[number] | undefined>(
      (best, one) => (best && listOf(best.document).length >= listOf(one.document).length ? best : one),
      undefined,
    )
    if (!longest) return
    const whole = listOf(longest.document)
    for (const { path, document } of documents) {
      const list = listOf(document)
      const differs = list.findIndex((namespace, i) => namespace !== whole[i])
      const begins = differs < 0
      if (begins && list.length === whole.length) continue
      yield finding(
        document.priorities?.namespaces[differs] ?? document.priorities,
        begins
          ? `The order of namespaces is ${shown(list)} here, but ${shown(whole)} in another file of the release.`
          : `The namespaces ${shown(list)} are not the start of ${shown(whole)} in another file of the release.`,
        {
          path,
          subject: 'default-priorities',
          severity: begins ? 'info' : 'error',
          related: [{ ...longest.document.priorities, path: longest.path, message: 'The other list.' }],
        },
      )
    }
  },
})
