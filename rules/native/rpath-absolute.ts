import { installedPath } from '../../src/distribution/members.js'
import { groupBy } from '../../src/group-by.js'
import { linkageOf } from '../../src/platform/linkage.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

/** Where every user of a machine can write, and so choose what is loaded. */
const SHARED = /^\/(?:(?:private\/|var\/)?tmp|(?:private\/)?var\/tmp|dev\/shm)(?:\/|$)/
/** Where a vendor installs its libraries on every system. */
const KNOWN = /^\/(?:usr\/local\/cuda|opt\/(?:rocm|intel|nvidia)|usr\/lib(?:64)?(?:\/|$)|lib(?:64)?(?:\/|$))/
/** Every process has these before it loads anything else. */
const MAPPED = /^(?:lib(?:c|m|dl|rt|pthread|util)\.so\.\d+|ld-linux[\w.-]*|ld64\.so\.\d|(?:libc\.musl|ld-musl)-[\w.]+)$/

export default rule({
  id: 'rpath-absolute',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ld.so(8), RPATH and RUNPATH',
  url: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
  summary: 'A library searches for other libraries in a directory of the build machine.',
  why: 'The directory does not exist on other machines, or its owner chooses what is loaded. It also reveals directory names of the build machine.',
  breaks: 'Any user of the machine can make the import load a library of their own.',
  fix: 'Set the path to `$ORIGIN/…` with `patchelf --set-rpath`, or remove it.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-tmp' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-home' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-cuda' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-unused' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored' } },
  ],
  *check(wheel) {
    const linkage = linkageOf(wheel)
    const members = new Set(wheel.members.files.map(member => installedPath(member.path)))
    const found = nativeSubject(wheel).elf.flatMap(file => {
      const text = file.runpath ?? file.rpath
      const directories = text === undefined ? [] : linkage.directories(file, text)
      // An RPATH also applies to what is loaded with the file.
      const names = file.runpath === undefined ? [...linkage.tree(file).keys()] : file.needed
      let sought = names.filter(name => !MAPPED.test(name))
      const entries = new Map<string, boolean>()
      for (const { text: entry, kind, path } of directories) {
        if (kind === 'absolute' && !entries.has(entry)) entries.set(entry, sought.length > 0)
        if (kind === 'inside') sought = sought.filter(name => !members.has(path === '' ? name : `${path}/${name}`))
      }
      return Array.from(entries, ([entry, used]) => ({ file, entry, used }))
    })
    // One build sets the same paths in many files.
    const places = [...groupBy(found, ({ entry, used }) => `${used} ${entry}`).values()].map(all => {
      const [{ entry, used }] = all
      const kind = !used ? 'unused' : SHARED.test(entry) ? 'shared' : KNOWN.test(entry) ? 'known' : 'private'
      return { kind, entry, file: all[0].file, files: all.map(one => one.file) } as const
    })
    for (const all of groupBy(places, ({ kind, files }) =>
      JSON.stringify([kind, files.map(file => file.path)]),
    ).values()) {
      const [{ kind, entry, file, files }] = all
      const names = someQuoted(
        all.map(one => one.entry),
        4,
      )
      const message = `${filesThat(files, 'searches', 'search')} ${names} for libraries.`
      if (kind === 'unused')
        yield nativeFinding(
          file,
          entry,
          `${filesThat(files, 'has', 'have')} ${names} as ${all.length === 1 ? 'a search path' : 'search paths'}, but ${files.length === 1 ? 'does' : 'do'} not use ${all.length === 1 ? 'it' : 'them'}.`,
          { severity: 'info' },
        )
      else if (kind === 'shared')
        yield nativeFinding(file, entry, `${message} Every user of a machine can put libraries there.`, {
          severity: 'error',
        })
      else yield nativeFinding(file, entry, message, kind === 'known' ? { severity: 'info' } : {})
    }
  },
})
