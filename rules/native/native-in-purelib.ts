import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'native-in-purelib',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['auditwheel'],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info and .data directories"; PEP 427',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A binary is in a directory for platform-independent files.',
  why: 'Where purelib and platlib differ, the binary is installed for every architecture. auditwheel refuses the whole wheel.',
  fix: 'Move the file into platlib, and set `Root-Is-Purelib: false`.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-purelib' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-purelib' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const inside = nativeSubject(wheel).loadable.filter(file => /^[^/]+\.data\/purelib\//.test(file.path))
    // auditwheel is for Linux; elsewhere the two are mostly one directory.
    const linux = tagsFor(wheel, 'linux').length > 0
    const [first] = inside
    if (!first) return
    yield nativeFinding(
      first,
      undefined,
      `${filesThat(inside, 'is a binary', 'are binaries')} in purelib, which is for platform-independent files.`,
      linux ? {} : { severity: 'warning', enforcedBy: [] },
    )
  },
})
