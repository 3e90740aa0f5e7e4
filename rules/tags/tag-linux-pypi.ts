import { finding, quote, rule } from '../../src/rule.js'
import { isPypiPlatform } from '../../src/standards/tags.js'

export default rule({
  id: 'tag-linux-pypi',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'PEP 513 and PyPI (warehouse), platform tags',
  url: 'https://peps.python.org/pep-0513/',
  summary: 'The platform tag is plain linux, which PyPI does not take.',
  why: 'PyPI refuses the file: such a binary is only known to run where it was built.',
  fix: 'Repair the wheel with `auditwheel repair`, or build it in a manylinux or musllinux image with cibuildwheel.',
  pypiMessage: "Binary wheel 'F' has an unsupported platform tag 'linux_x86_64'.",

  bad: { wheel: { filename: 'demo-1.0-py3-none-linux_x86_64.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const platform of new Set(wheel.name?.platform ?? []))
      if (platform.startsWith('linux_') && !isPypiPlatform(platform))
        yield finding({ field: 'tags' }, `PyPI takes no wheels for ${quote(platform)}.`, { subject: 'tags' })
  },
})
