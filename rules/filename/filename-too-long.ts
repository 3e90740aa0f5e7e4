import type { Place } from '../../src/finding.js'
import { inFileName } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'

const LONGEST = 255

export default rule({
  id: 'filename-too-long',
  topic: 'filename',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'system'],
  force: 'none',
  source: 'PyPI (warehouse), file name check',
  url: 'https://github.com/pypi/warehouse/blob/main/warehouse/forklift/legacy.py',
  summary: 'The file name is too long.',
  why: 'PyPI stores the metadata beside the file under the same name with `.metadata`; together they must not be over 255 bytes, the limit of common file systems.',
  fix: 'Name fewer tags, or use a shorter version.',
  pypiMessage: "Filename is too long: 'F'",

  bad: {
    wheel: {
      filename:
        'demo-1.0-py3-none-manylinux_2_17_x86_64.manylinux_2_18_x86_64.manylinux_2_19_x86_64.manylinux_2_20_x86_64.manylinux_2_21_x86_64.manylinux_2_22_x86_64.manylinux_2_23_x86_64.manylinux_2_24_x86_64.manylinux_2_25_x86_64.manylinux_2_26_x86_64.manylinux_2_27_x86_64.manylinux_2_28_x86_64.manylinux_2_29_x86_64.whl',
    },
  },
  good: { wheel: {} },
  *check(subject) {
    const length = bytes(subject.filename) + '.metadata'.length
    if (length > LONGEST)
      yield finding(
        beyond(subject),
        `The file name has ${length} bytes together with .metadata; ${LONGEST} are allowed.`,
        {
          subject: 'filename',
        },
      )
  },
})

const bytes = (text: string) => new TextEncoder().encode(text).length

/** What is too much of the name. */
function beyond({ filename }: { readonly filename: string }): Place {
  let [kept, left] = ['', LONGEST - '.metadata'.length]
  for (const character of filename) {
    left -= bytes(character)
    if (left < 0) break
    kept += character
  }
  return inFileName({ filename }, filename.slice(kept.length), kept.length)
}
