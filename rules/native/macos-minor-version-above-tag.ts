import { minimumOf, slicesOf, versionText } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { PLATFORM_TAGS, tagsFor } from '../shared/native.js'
import { type BuiltFor, builtFor } from './_macos.js'

export default rule({
  id: 'macos-minor-version-above-tag',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "macOS"',
  url: PLATFORM_TAGS,
  summary: 'A binary is built for a minor release of macOS, which no tag can name.',
  why: 'From macOS 11 on, tags contain only the major version, so installers also install the wheel on earlier minor releases.',
  fix: 'Set MACOSX_DEPLOYMENT_TARGET to the major release, such as `11.0`.',
  needs: ['native'],
  formerly: ['minos-minor'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-11-3' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
  *check(wheel) {
    const tags = tagsFor(wheel, 'macos')
    const found: BuiltFor[] = []
    for (const { file, slice } of slicesOf(nativeSubject(wheel).macho)) {
      const minimum = minimumOf(slice, [1])
      if (!minimum || minimum[0] < 11 || minimum[1] === 0) continue
      const tag = tags.find(
        one => one.archs.includes(slice.arch ?? '') && one.version[0] === minimum[0] && one.version[1] < minimum[1],
      )
      if (!tag) continue
      const text = versionText(minimum)
      const end = `for macOS ${text} on ${slice.arch}, but ${tag.tag} is installed from ${minimum[0]}.0 on`
      found.push({ file, minimum: text, end })
    }
    yield* builtFor(found)
  },
})
