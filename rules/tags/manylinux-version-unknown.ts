import { finding, quote, rule } from '../../src/rule.js'
import { TWINE_TODAY } from '../../src/standards/authorities.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { PLATFORM_TAGS } from '../shared/native.js'

/** Architectures for which installers create manylinux tags (packaging 26.4). */
const ARCHES = new Set(['x86_64', 'i686', 'armv7l', 'aarch64', 'ppc64', 'ppc64le', 's390x', 'loongarch64', 'riscv64'])
/** glibc 2.44 was released in August 2026. */
const NEWEST = 44

/** Why no installer accepts the tag; `later`: none does today. */
function faultOf(platform: string): { readonly why: string; readonly later: boolean } | undefined {
  const [, majorText, minorText, arch = ''] = /^manylinux_([0-9]{1,9})_([0-9]{1,9})_(\w+)$/.exec(platform) ?? []
  if (majorText === undefined || minorText === undefined) return undefined
  const [major, minor] = [Number(majorText), Number(minorText)]
  if (!ARCHES.has(arch)) return { why: `there is no manylinux for ${quote(arch)}`, later: false }
  if (major > 2 || (major === 2 && minor > NEWEST))
    return { why: `glibc ${major}.${minor} did not exist as of ${TWINE_TODAY.date}`, later: true }
  const floor = arch === 'x86_64' || arch === 'i686' ? 5 : 17
  if (major < 2 || minor < floor) return { why: `the tags for ${arch} start with glibc 2.${floor}`, later: false }
  return undefined
}

export default rule({
  id: 'manylinux-version-unknown',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'PEP 600; packaging.tags',
  url: PLATFORM_TAGS,
  summary: 'A manylinux tag names a glibc version or an architecture that no installer accepts.',
  why: 'The tag does not match any system, so nobody can install the wheel by it.',
  fix: 'Let auditwheel choose the tag: it uses the oldest glibc that the binaries run with.',
  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-manylinux_2_5_aarch64.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-manylinux_2_95_x86_64.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-manylinux_2_5_aarch64.manylinux_2_17_aarch64.whl' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-py3-none-manylinux_2_17_aarch64.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-manylinux_2_5_x86_64.whl' } },
  ],
  *check(wheel) {
    const platforms = [...new Set(wheel.name?.platform ?? [])]
    const faults = platforms.flatMap(platform => {
      const fault = faultOf(platform)
      return fault ? [{ platform, ...fault }] : []
    })
    const dead = faults.length === platforms.length
    for (const { platform, why, later } of faults)
      yield finding(
        valuedTagPlace(wheel, 'platform', platform),
        `No installer accepts ${quote(platform)}: ${why}.`,
        // Another tag of the set may match, and a later glibc may be released.
        later || !dead ? { severity: 'warning', enforcedBy: [], subject: 'tags' } : { subject: 'tags' },
      )
  },
})
