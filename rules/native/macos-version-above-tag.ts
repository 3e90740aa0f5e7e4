import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { minimumOf, slicesOf, versionText } from '../../src/platform/macos.js'
import { compareVersions } from '../../src/platform/platform-tag.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { nativeFinding, PLATFORM_TAGS, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

/** The tag that promises the oldest system for an architecture. On arm64 macOS begins with 11.0. */
function lowestTag(tags: ReturnType<typeof tagsFor<'macos'>>, arch: string | undefined) {
  const versions = tags
    .filter(tag => arch !== undefined && tag.archs.includes(arch))
    .map(tag => ({ tag: tag.tag, version: arch === 'arm64' && tag.version[0] < 11 ? ([11, 0] as const) : tag.version }))
  return versions.sort((a, b) => compareVersions(a.version, b.version))[0]
}

export default rule({
  id: 'macos-version-above-tag',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Platform compatibility tags, "macOS"',
  url: PLATFORM_TAGS,
  summary: 'A binary needs a newer macOS than the platform tag says.',
  why: 'On the older systems the loader refuses it, or symbols are missing.',
  fix: 'Set MACOSX_DEPLOYMENT_TARGET, build the vendored libraries for it too, or raise the tag.',
  needs: ['native'],
  formerly: ['minos-over-tag'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-13' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_10_9_universal2.whl', make: 'macho-fat-10-9' } },
  ],
  *check(wheel) {
    const { macho } = nativeSubject(wheel)
    const tags = tagsFor(wheel, 'macos')
    const found: { file: NativeFile; needs: string; end: string }[] = []
    for (const { file, slice } of slicesOf(macho)) {
      const minimum = minimumOf(slice, [1])
      const lowest = lowestTag(tags, slice.arch)
      if (!minimum || !lowest) continue
      const over =
        lowest.version[0] >= 11 ? minimum[0] > lowest.version[0] : compareVersions(minimum, lowest.version) > 0
      if (!over) continue
      const needs = versionText(minimum)
      found.push({ file, needs, end: `macOS ${needs} on ${slice.arch}; the wheel is tagged ${lowest.tag}` })
    }
    // Libraries that were vendored together have the fault together.
    for (const all of groupBy(found, one => one.end).values()) {
      const [{ file, needs, end }] = all
      const who = filesThat(
        all.map(one => one.file),
        'needs',
        'need',
      )
      yield nativeFinding(file, needs, `${who} ${end}.`)
    }
  },
})
