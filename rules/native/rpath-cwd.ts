import { groupBy } from '../../src/group-by.js'
import { linkageOf } from '../../src/platform/linkage.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'rpath-cwd',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'ld.so(8), RPATH and RUNPATH',
  url: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
  summary: 'A library searches for other libraries in the working directory.',
  why: 'Anyone who can put a file there chooses what is loaded.',
  fix: 'Remove the empty or relative entry with `patchelf --set-rpath`.',
  securitySeverity: 7.0,
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-rpath-cwd' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored' } },
  *check(wheel) {
    const linkage = linkageOf(wheel)
    const found = nativeSubject(wheel).elf.flatMap(file => {
      const text = file.runpath ?? file.rpath
      // A path that is completely empty does not count.
      if (text === undefined || text === '') return []
      const entry = linkage.directories(file, text).find(one => one.kind === 'working')?.text
      return entry === undefined ? [] : [{ file, text, entry }]
    })
    // One build sets one path in many files.
    for (const [text, all] of groupBy(found, one => one.text)) {
      const [{ file, entry }] = all
      const files = all.map(one => one.file)
      yield nativeFinding(
        file,
        text,
        `${filesThat(files, 'has', 'have')} the search path ${quote(text)}, whose ${entry === '' ? 'empty entry means' : `entry ${quote(entry)} is relative to`} the working directory.`,
      )
    }
  },
})
