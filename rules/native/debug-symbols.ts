import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'debug-symbols',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'pydistcheck, "compiled-objects-have-debug-symbols"; GNU Binary Utilities, strip',
  url: 'https://pydistcheck.readthedocs.io/en/latest/check-reference.html',
  summary: 'A binary contains debug information.',
  why: 'It reveals directories of the build machine, makes every download larger, and few users have a debugger.',
  fix: 'Strip it during the build: `-Wl,-s`, `strip --strip-debug`, or `strip = true` for Rust.',
  status: 'strict',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-debug' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const files = nativeSubject(wheel).natives.filter(file => file.debugSize > 0)
    const [largest] = [...files].sort((a, b) => b.debugSize - a.debugSize)
    if (!largest) return
    const total = files.reduce((sum, file) => sum + file.debugSize, 0)
    yield nativeFinding(
      largest,
      undefined,
      `${plural(files.length, 'binary contains', 'binaries contain')} ${plural(total, 'byte')} of debug information: ${someQuoted(
        files.map(({ path }) => path),
        3,
      )}.`,
    )
  },
})
