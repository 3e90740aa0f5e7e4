import { finding, quote, rule } from '../../src/rule.js'
import { isPypiPlatform } from '../../src/standards/tags.js'
import { tagPlace } from '../../src/views/tags.js'

const FORM =
  /^(?:ios_[0-9]+_[0-9]+_(?:arm64_iphoneos|arm64_iphonesimulator|x86_64_iphonesimulator)|android_[1-9][0-9]*_(?:armeabi_v7a|arm64_v8a|x86|x86_64))$/

export default rule({
  id: 'tag-mobile-form',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip'],
  force: 'MUST',
  source: 'Platform compatibility tags, "iOS" and "Android"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'An iOS or Android tag is malformed.',
  why: 'PyPI rejects unknown architectures, and no installer accepts such a tag.',
  fix: 'Write `ios_13_0_arm64_iphoneos` or `android_21_arm64_v8a`.',
  pypiMessage: "Binary wheel 'F' has an unsupported platform tag 'T'.",

  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-ios_13_0_x86_64_iphoneos.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-android_21_mips.whl' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    for (const platform of new Set(wheel.name?.platform ?? [])) {
      if (!/^(?:ios|android)_/.test(platform) || FORM.test(platform)) continue
      yield finding(
        tagPlace(wheel, 'platform', platform),
        `${quote(platform)} is not a valid tag for iOS or Android. Expected a tag such as ios_13_0_arm64_iphoneos or android_21_arm64_v8a.`,
        {
          enforcedBy: isPypiPlatform(platform) ? ['pip'] : ['pypi', 'pip'],
          subject: 'tags',
        },
      )
    }
  },
})
