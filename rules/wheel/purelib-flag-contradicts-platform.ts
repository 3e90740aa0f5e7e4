import { nativeSubject } from '../../src/platform/subject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'purelib-flag-contradicts-platform',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents" and FAQ',
  url: WHEEL_FORMAT,
  summary: 'Root-Is-Purelib is true, but an extension module is at the root of the wheel.',
  why: 'Where purelib and platlib differ, the extension module is installed for every architecture.',
  fix: 'Declare the extension module to the build backend, so that it writes `Root-Is-Purelib: false`.',
  needs: ['native'],
  bad: {
    wheel: {
      filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
      wheel: { 'Root-Is-Purelib': 'true' },
      make: 'elf',
    },
  },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const root = wheel.wheelFile?.all('Root-Is-Purelib')[0]
    if (root?.value.trim().toLowerCase() !== 'true') return
    const { platforms, loadable, isExtension } = nativeSubject(wheel)
    if (!platforms.some(tag => tag.os !== 'any')) return
    const first = loadable.find(file => !file.path.includes('.data/') && isExtension(file))
    if (first)
      yield finding(root, `Root-Is-Purelib is true, but the wheel contains the extension module ${quote(first.path)}.`)
  },
})
