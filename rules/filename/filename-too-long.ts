import type { Place } from '../../src/finding.js'
import { inFileName } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { utf8Length } from '../../src/text/utf8.js'
import { plural } from '../../src/wording.js'

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
  why: 'PyPI stores the metadata next to the file, under the same name with `.metadata`. Together they must not exceed 255 bytes, the limit of common file systems.',
  fix: 'Use fewer tags, or a shorter version.',
  pypiMessage: "Filename is too long: 'F'",

  bad: {
    wheel: {
      filename:
        'demo-1.0-py3-none-manylinux_2_17_x86_64.manylinux_2_18_x86_64.manylinux_2_19_x86_64.manylinux_2_20_x86_64.manylinux_2_21_x86_64.manylinux_2_22_x86_64.manylinux_2_23_x86_64.manylinux_2_24_x86_64.manylinux_2_25_x86_64.manylinux_2_26_x86_64.manylinux_2_27_x86_64.manylinux_2_28_x86_64.manylinux_2_29_x86_64.whl',
    },
  },
  good: { wheel: {} },
  *check(subject) {
    const length = utf8Length(subject.filename) + '.metadata'.length
    if (length > LONGEST)
      yield finding(
        beyond(subject),
        `The file name with .metadata has ${plural(length, 'byte')}. At most ${LONGEST} are allowed.`,
        {
          subject: 'filename',
        },
      )
  },
})

/** The part of the name that is too long. */
function beyond({ filename }: { readonly filename: string }): Place {
  let [kept, left] = ['', LONGEST - '.metadata'.length]
  for (const character of filename) {
    left -= utf8Length(character)
    if (left < 0) break
    kept += character
  }
  return inFileName({ filename }, filename.slice(kept.length), kept.length)
}
