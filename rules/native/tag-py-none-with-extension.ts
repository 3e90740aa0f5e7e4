import type { NativeFile } from '../../src/native/index.js'
import { basename, nativeSubject } from '../../src/platform/subject.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'

export default rule({
  id: 'tag-py-none-with-extension',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'Platform compatibility tags, "ABI tag"',
  url: PLATFORM_TAGS,
  summary: 'A wheel for every Python version contains an extension module for only one.',
  why: 'On every other version the import fails, although the wheel was installed.',
  fix: 'Use the version and ABI of the module in the tag: `cp312-cp312`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-py3-none-manylinux_2_17_x86_64.whl', make: 'elf' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-py3-none-manylinux_2_17_x86_64.whl', make: 'elf-plain-library' } },
  ],
  *check(wheel) {
    const { abis, pythons, platforms, loadable, installed } = nativeSubject(wheel)
    if (abis.join() !== 'none' || !pythons.every(tag => /^py[23]/.test(tag)) || platforms.some(tag => tag.os === 'any'))
      return
    const versions = new Map<string, NativeFile[]>()
    for (const file of loadable) {
      const suffix = extensionSuffix(basename(file.path))
      if (suffix?.abi.kind !== 'cpython') continue
      const key = installed(file.path).slice(0, -suffix.suffix.length)
      versions.set(key, [...(versions.get(key) ?? []), file])
    }
    for (const [module, [file, second]] of versions) {
      // Several versions of one module are intentional.
      if (!file || second) continue
      yield nativeFinding(
        file,
        undefined,
        `The wheel is tagged ${someQuoted(pythons)}, but ${quote(file.path)} is the only build of ${quote(module)}.`,
      )
    }
  },
})
