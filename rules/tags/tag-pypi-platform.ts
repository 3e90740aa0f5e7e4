import { finding, quote, rule } from '../../src/rule.js'
import { isPypiPlatform } from '../../src/standards/tags.js'
import { tagPlace } from '../../src/views/tags.js'

const OWN = /^macosx_[0-9]+_[0-9]+_|^(?:ios|android|emscripten|pyodide|pyemscripten)_/

export default rule({
  id: 'tag-pypi-platform',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI (warehouse), platform tags',
  url: 'https://github.com/pypi/warehouse/blob/main/warehouse/forklift/legacy.py',
  summary: 'PyPI does not accept the platform tag in the file name.',
  why: 'PyPI rejects the file.',
  fix: 'Use a tag that PyPI accepts. On Linux, repair the wheel with auditwheel.',
  pypiMessage: "Binary wheel 'F' has an unsupported platform tag 'T'.",

  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-freebsd_14_amd64.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-linux_x86_64.whl' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    // A wrong version for macOS, iOS, Android or Emscripten has a rule that explains it.
    for (const platform of new Set(wheel.name?.platform ?? []))
      if (!isPypiPlatform(platform) && !OWN.test(platform))
        yield finding(
          tagPlace(wheel, 'platform', platform),
          platform.startsWith('linux_')
            ? `The tag ${platform} does not say which Linux systems the wheel runs on; PyPI rejects it.`
            : `PyPI rejects wheels for ${quote(platform)}.`,
          {
            subject: platform.replace(/[0-9]+/g, 'N'),
            ...(platform.startsWith('linux_') && {
              help: 'Repair the wheel with auditwheel, or build it in a manylinux or musllinux image.',
            }),
          },
        )
  },
})
