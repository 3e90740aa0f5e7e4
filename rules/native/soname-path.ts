import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'soname-path',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'ELF, DT_SONAME and DT_NEEDED',
  url: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
  summary: 'The SONAME of a library contains a directory.',
  why: 'The loader treats a name with a slash as a path relative to the working directory, and does not search.',
  fix: 'Link with `-Wl,-soname,NAME`, without a directory.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-soname-path' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).elf) {
      if (file.soname?.includes('/'))
        yield nativeFinding(
          file,
          file.soname,
          `The SONAME of ${quote(file.path)} is ${quote(file.soname)}. Expected a name without a directory.`,
          {
            enforcedBy: [],
          },
        )
      for (const name of file.needed)
        if (name.includes('/'))
          yield nativeFinding(
            file,
            name,
            `${quote(file.path)} needs ${quote(name)}. Expected a name without a directory.`,
          )
    }
  },
})
