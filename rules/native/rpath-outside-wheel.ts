import { groupBy } from '../../src/group-by.js'
import type { ElfFile } from '../../src/native/index.js'
import { linkageOf } from '../../src/platform/linkage.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { providerIn } from '../../src/provider.js'
import { rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'rpath-outside-wheel',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'ld.so(8), RPATH and RUNPATH',
  url: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
  summary: 'A library searches for other libraries outside of the installed packages.',
  why: 'What is there depends on where Python is installed.',
  fix: 'Point the path to a directory of the wheel, or of a required distribution.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-outside' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-empty' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-origin' } },
  ],
  *check(wheel) {
    const linkage = linkageOf(wheel)
    const { elf, installed } = nativeSubject(wheel)
    const folders = new Set(elf.map(file => installed(file.path).split('/').slice(0, -1).join('/')))
    const found: { file: ElfFile; text: string; end: string; isInfo: boolean }[] = []
    for (const file of elf) {
      const text = file.runpath ?? file.rpath
      if (text === undefined || /\.data\/(?:scripts|data)\//.test(file.path)) continue
      for (const one of new Map(linkage.directories(file, text).map(one => [one.text, one])).values()) {
        // A required distribution may install something there.
        const isProvided = () =>
          file.needed.some(name => !linkage.tree(file).get(name) && providerIn(wheel, name, [file])?.extra === false)
        if (one.kind === 'prefix')
          found.push({ file, text: one.text, end: ', where wheels install what is in their `data/lib`', isInfo: true })
        else if (one.kind === 'outside')
          found.push({
            file,
            text: one.text,
            end: ', which is outside of the directory where packages are installed',
            isInfo: isProvided(),
          })
        else if (one.kind === 'inside' && file.needed.length > 0 && !folders.has(one.path) && !isProvided())
          found.push({ file, text: one.text, end: ', where the wheel does not have any libraries', isInfo: true })
      }
    }
    // One build sets such paths in many files.
    for (const all of groupBy(found, one => `${one.end} ${one.isInfo}`).values()) {
      const [{ file, text, end, isInfo }] = all
      const files = [...new Set(all.map(one => one.file))]
      const texts = [...new Set(all.map(one => one.text))]
      yield nativeFinding(
        file,
        text,
        `${filesThat(files, 'searches', 'search')} ${someQuoted(texts, 3)}${texts.length === 1 ? end : end.replace('which is', 'which are')}.`,
        isInfo ? { severity: 'info' } : undefined,
      )
    }
  },
})
