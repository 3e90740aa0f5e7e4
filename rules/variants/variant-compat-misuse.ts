import { finding, quote, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'
import { labelOf, PEP_825, pep825, V3, variantExample } from './_variants.js'

/** What belongs in the platform tag: an architecture alone, or a whole platform. */
const PLATFORM =
  /^(?:x86_64|amd64|i686|i386|x86|aarch64|arm64|armv[67]l|ppc64le|s390x|riscv64|win32|(?:win|linux|manylinux[0-9]*|musllinux|macosx|ios|android|pyemscripten)_[a-z0-9_.]+|linux|macos|windows)$/

export default rule({
  id: 'variant-compat-misuse',
  topic: 'variants',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825 (draft), "Motivation"',
  url: PEP_825,
  summary: 'The variant label names a platform, but the platform tag is `any`.',
  why: 'Variants add to platform tags and do not replace them. Installers that do not support variants ignore the wheel.',
  fix: 'Put the platform in the platform tag, and use variants for what tags cannot express.',
  bad: variantExample('x86_64', pep825({ x86_64: V3 })),
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(wheel) {
    const label = labelOf(wheel)
    if (label !== undefined && wheel.name?.platform.join('.') === 'any' && PLATFORM.test(label))
      yield finding(
        namePlace(wheel, 'variant', { field: 'variants', value: label }),
        `The label ${quote(label)} names a platform, but the platform tag is 'any'.`,
      )
  },
})
