import { libcOf } from '../../src/platform/policy.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'

/** Architectures on which a file without PT_GNU_STACK gets an executable stack. */
const DEFAULTS: ReadonlySet<string> = new Set(['x86_64', 'i686', 'armv7l', 'arm', 'ppc64', 'ppc64le', 's390x'])

export default rule({
  id: 'executable-stack',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'glibc 2.41 release notes; ELF, PT_GNU_STACK',
  url: 'https://sourceware.org/glibc/wiki/Release/2.41',
  summary: 'A library requires an executable stack.',
  why: 'The loader of glibc 2.41 and later refuses it: "cannot enable executable stack". Older systems make every stack executable.',
  fix: 'Link with `-z noexecstack`, or clear the flag with `patchelf --clear-execstack`.',
  needs: ['native'],
  formerly: ['exec-stack'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-exec-stack' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-no-stack' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-exec-stack-tool' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_aarch64.whl', make: 'elf-aarch64-no-stack' } },
  ],
  *check(wheel) {
    if (!tagsFor(wheel, 'linux').some(tag => tag.libc !== 'musl')) return
    for (const file of nativeSubject(wheel).elf) {
      if (!file.dynamic || libcOf(file) === 'musl') continue
      const marked = file.stack !== undefined && (file.stack & 1) !== 0
      if (!marked && !(file.stack === undefined && DEFAULTS.has(file.arch ?? ''))) continue
      const program = file.type === 2 || file.interpreter !== undefined
      yield nativeFinding(
        file,
        undefined,
        marked
          ? `${quote(file.path)} requires an executable stack.`
          : `${quote(file.path)} does not declare whether it needs an executable stack. On ${file.arch}, it gets one by default.`,
        program ? { severity: 'warning', enforcedBy: [] } : {},
      )
    }
  },
})
