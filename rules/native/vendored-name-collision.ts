import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, portableTags } from '../shared/native.js'

export default rule({
  id: 'vendored-name-collision',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 600, "Play well with others"',
  url: 'https://peps.python.org/pep-0600/',
  summary: 'A vendored library has a name that other wheels may use.',
  why: 'If a process loads two libraries of the same name, both users share the one that was loaded first.',
  fix: 'Let auditwheel rename the library. It adds part of a hash to the name.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored-plain' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored' } },
  *check(wheel) {
    if (portableTags(wheel).length === 0) return
    for (const file of nativeSubject(wheel).elf) {
      if (file.soname === undefined || !/^[^/]+\.libs\//.test(file.path)) continue
      if (!/-[0-9a-f]{6,}(?:[.-]|$)/.test(file.soname))
        yield nativeFinding(
          file,
          file.soname,
          `The vendored library ${quote(file.path)} has the common name ${quote(file.soname)}. Expected a unique one.`,
        )
    }
  },
})
