import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { plural, some, someQuoted } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'
import { foreignFiles } from './_architectures.js'

export default rule({
  id: 'mixed-architectures',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags',
  url: PLATFORM_TAGS,
  summary: 'A wheel for one architecture contains variants of a library for other architectures.',
  why: 'Code that selects a library at run time loads the one for its own architecture, and never the others.',
  fix: 'Remove what the architecture of the tag cannot run.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-variants' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const variants = foreignFiles(wheel).filter(one => one.role === 'variant')
    const [first] = variants
    if (!first) return
    const tags = nativeSubject(wheel).platforms.map(tag => tag.tag)
    yield nativeFinding(
      first.file,
      undefined,
      `The wheel is tagged ${someQuoted(tags)}, but also contains ${plural(variants.length, 'variant')} of its libraries for ${some(new Set(variants.flatMap(one => one.archs)))}: ${someQuoted(
        variants.map(one => one.file.path),
        3,
      )}.`,
    )
  },
})
