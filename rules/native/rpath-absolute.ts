import { groupBy } from '../../src/group-by.js'
import { linkageOf } from '../../src/platform/linkage.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

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
  breaks: 'Every user of a machine can make the import load a library of theirs.',
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
    const found = nativeSubject(wheel).elf.flatMap(file => {
      const text = file.runpath ?? file.rpath
      const directories = text === undefined ? [] : linkage.directories(file, text)
      const entries = new Set(directories.filter(({ kind }) => kind === 'absolute').map(one => one.text))
      return Array.from(entries, entry => ({ file, entry }))
    })
    // One build sets one path in many files.
    for (const [entry, all] of groupBy(found, one => one.entry)) {
      const files = all.map(one => one.file)
      const [{ file }] = all
      const message = `${filesThat(files, 'searches', 'search')} ${quote(entry)} for libraries.`
      if (SHARED.test(entry))
        yield nativeFinding(file, entry, `${message} Every user of a machine can put some there.`, {
          severity: 'error',
        })
      else yield nativeFinding(file, entry, message, KNOWN.test(entry) ? { severity: 'info' } : {})
    }
  },
})
