import type { ElfFile } from '../../src/native/index.js'
import { linkageOf } from '../../src/platform/linkage.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

/** Where every user of a machine can write, and so choose what is loaded. */
const SHARED = /^\/(?:(?:private\/|var\/)?tmp|(?:private\/)?var\/tmp|dev\/shm)(?:\/|$)/
/** Where a vendor installs its libraries on every system. */
const KNOWN = /^\/(?:usr\/local\/cuda|opt\/(?:rocm|intel|nvidia)|usr\/lib(?:64)?(?:\/|$)|lib(?:64)?(?:\/|$))/

export default rule({
  id: 'rpath-absolute',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ld.so(8), RPATH and RUNPATH',
  url: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
  summary: 'A library searches for others in a directory of the build machine.',
  why: 'The directory does not exist elsewhere, or whoever may write there chooses what is loaded; it also tells how the build machine is laid out.',
  fix: 'Set the path to `$ORIGIN/…` with `patchelf --set-rpath`, or drop it.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-tmp' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-home' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-cuda' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored' } },
  ],
  *check(wheel) {
    const linkage = linkageOf(wheel)
    // One build sets one path in many files.
    const found = new Map<string, ElfFile[]>()
    for (const file of nativeSubject(wheel).elf) {
      const text = file.runpath ?? file.rpath
      if (text === undefined) continue
      for (const { kind, text: entry } of new Map(
        linkage.directories(file, text).map(one => [one.text, one]),
      ).values()) {
        if (kind !== 'absolute') continue
        const files = found.get(entry)
        if (files) files.push(file)
        else found.set(entry, [file])
      }
    }
    for (const [entry, files] of found) {
      const [file] = files
      if (!file) continue
      const paths = someQuoted(
        files.map(one => one.path),
        3,
      )
      const message = `${paths} ${files.length === 1 ? 'searches' : 'search'} ${quote(entry)} for libraries.`
      if (SHARED.test(entry))
        yield nativeFinding(file, entry, `${message} Every user of a machine can put some there.`, {
          severity: 'error',
        })
      else yield nativeFinding(file, entry, message, KNOWN.test(entry) ? { severity: 'info' } : {})
    }
  },
})
