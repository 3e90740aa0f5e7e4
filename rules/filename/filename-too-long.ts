import { finding, rule } from '../../src/rule.js'

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
    const length = new TextEncoder().encode(subject.filename).length + '.metadata'.length
    if (length > 255)
      yield finding({}, `The file name has ${length} bytes together with .metadata; 255 are allowed.`, {
        subject: 'filename',
      })
  },
})
