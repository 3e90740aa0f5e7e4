import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { MetadataField } from '../../src/distribution/metadata.js'
import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { CLASSIFIER_EXPRESSIONS, licenseExpressionFor } from '../../src/views/licenses.js'
import { some } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'baseline-license-changed',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata, "License-Expression"',
  url: coreMetadata('license-expression'),
  summary: 'The license differs from that of the previous release.',
  why: 'The terms of use have changed, and users rarely check them again.',
  fix: 'If the change is a mistake, correct the license; otherwise mention it in the release notes.',
  absence: 'content',
  bad: [
    {
      baseline: [{ wheel: { version: '0.9', metadata: { 'License-Expression': 'Apache-2.0' } } }],
      release: [{ wheel: {} }],
    },
    {
      baseline: [{ wheel: { version: '0.9' } }],
      release: [{ wheel: { metadata: { 'License-Expression': null } } }],
    },
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            metadata: {
              'Metadata-Version': '2.1',
              License: 'See the file',
              'License-Expression': null,
              'License-File': null,
            },
          },
        },
      ],
      release: [{ wheel: {} }],
    },
  ],
  good: {
    baseline: [
      {
        wheel: {
          version: '0.9',
          metadata: {
            'Metadata-Version': '2.1',
            License: 'MIT License',
            'License-Expression': null,
            'License-File': null,
          },
        },
      },
    ],
    release: [{ wheel: {} }],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    for (const [now, before] of counterparts(release, baseline)) {
      const [a, b] = [licensesOf(before), licensesOf(now)]
      if (a.length === 0 || sameSet(a, b)) continue
      const [first] = b
      const [file] = now
      const [old] = a
      // A text that is not an expression may be the same license in other words.
      const isSure = b.length === 0 || [...a, ...b].every(({ isExpression }) => isExpression)
      const is = b.length === 0 ? 'the metadata does not name one' : `it is ${some(texts(b), 3)}`
      yield finding(
        first?.field ?? { member: file?.metadata?.member, line: file?.metadata && 1, field: 'License-Expression' },
        `The license was ${some(texts(a), 3)} in version ${baseline.version}; now ${is}.`,
        {
          path: first?.file.path ?? file?.path,
          subject: 'license',
          severity: isSure ? undefined : 'info',
          related: old
            ? [
                {
                  ...old.field,
                  path: old.file.path,
                  message: `license of version ${baseline.version}`,
                },
              ]
            : [],
        },
      )
      return
    }
  },
})

type File = Wheel | Sdist

/** Sdist to sdist and wheel to wheel, whose licenses may differ; all to all if neither exists on both sides. */
function counterparts(release: Release, baseline: Release): readonly (readonly [readonly File[], readonly File[]])[] {
  const kinds = [
    [release.sdists, baseline.sdists],
    [release.wheels, baseline.wheels],
  ] as const
  const both = kinds.filter(([now, before]) => now.length > 0 && before.length > 0)
  return both.length > 0 ? both : [[release.distributions, baseline.distributions]]
}

interface Stated {
  readonly text: string
  readonly isExpression: boolean
  readonly field: MetadataField
  readonly file: File
}

/** The licenses that the files declare, each once: by expression, or else by License, or else by classifiers. */
function licensesOf(files: readonly File[]): readonly Stated[] {
  const found = new Map<string, Stated>()
  for (const file of files) for (const one of stated(file)) if (!found.has(keyOf(one))) found.set(keyOf(one), one)
  return [...found.values()]
}

function stated(file: File): readonly Stated[] {
  const { metadata } = file
  if (!metadata) return []
  const [field] = [...given(metadata, 'License-Expression'), ...given(metadata, 'License')]
  if (field) {
    const expression = licenseExpressionFor(field.value)
    const [line = ''] = field.value.trim().split(/[\r\n]/, 1)
    return [{ text: expression ?? line, isExpression: expression !== undefined, field, file }]
  }
  return given(metadata, 'Classifier')
    .filter(({ value }) => value.startsWith('License ::'))
    .map(field => {
      const expression = CLASSIFIER_EXPRESSIONS.get(field.value)
      return {
        text: expression ?? field.value.replace(/^.* :: /, ''),
        isExpression: expression !== undefined,
        field,
        file,
      }
    })
}

const keyOf = ({ text }: Stated) => text.toLowerCase().replace(/\s+/g, ' ')
const texts = (list: readonly Stated[]) => list.map(({ text }) => quote(text))
const sameSet = (a: readonly Stated[], b: readonly Stated[]): boolean =>
  a.length === b.length && a.every(one => b.some(other => keyOf(one) === keyOf(other)))
