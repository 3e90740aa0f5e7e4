import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

const MIB = 1024 * 1024

export default rule({
  id: 'unstripped',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'GNU Binary Utilities, strip',
  url: 'https://sourceware.org/binutils/docs/binutils/strip.html',
  summary: 'A binary contains a lot of debug information.',
  why: 'Every download includes it, and few users have a debugger.',
  fix: 'Strip it during the build: `-Wl,-s`, `strip --strip-debug`, or `strip = true` for Rust.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-debug' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const files = nativeSubject(wheel).natives.filter(file => file.debugSize > MIB && file.debugSize > file.size / 5)
    const [largest] = [...files].sort((a, b) => b.debugSize - a.debugSize)
    if (!largest) return
    const total = files.reduce((sum, file) => sum + file.debugSize, 0)
    const mib = (bytes: number) => `${(bytes / MIB).toFixed(1)} MiB`
    yield nativeFinding(
      largest,
      undefined,
      files.length === 1
        ? `${quote(largest.path)} contains ${mib(total)} of debug information, out of ${mib(largest.size)}.`
        : `${plural(files.length, 'binary', 'binaries')} contain ${mib(total)} of debug information, most of it in ${quote(largest.path)} (${mib(largest.debugSize)}).`,
    )
  },
})
