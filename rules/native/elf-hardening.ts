import type { Draft } from '../../src/finding.js'
import type { NativeFile } from '../../src/native/index.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'elf-hardening',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ELF, PT_GNU_RELRO and DF_BIND_NOW',
  url: 'https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/progheader.html',
  summary: 'An ELF library leaves data writable that the loader could make read-only.',
  why: 'Without RELRO, relocated data stays writable. Without BIND_NOW, the jump table does. A bug in the code can then redirect calls.',
  fix: 'Link with `-z relro -z now`.',
  status: 'strict',
  needs: ['native'],
  formerly: ['no-relro', 'no-bind-now'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-no-relro' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-lazy' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).elf) {
      if (!file.dynamic) continue
      if (!file.relro)
        yield unhardened(
          file,
          'relro',
          `${quote(file.path)} does not have a segment that becomes read-only after relocation (PT_GNU_RELRO).`,
        )
      if (!file.bindNow)
        yield unhardened(file, 'now', `${quote(file.path)} is not marked to bind all symbols at load time (BIND_NOW).`)
    }
  },
})

/** A file can have both problems: the linker's keyword tells the two findings apart. */
function unhardened(file: NativeFile, keyword: string, message: string): Draft {
  const draft = nativeFinding(file, undefined, message, { help: `Link with \`-z ${keyword}\`.` })
  return { ...draft, subject: `${draft.subject} ${keyword}` }
}
