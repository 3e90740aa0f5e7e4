import type { ElfFile } from '../../src/native/index.js'
import { libcOf } from '../../src/platform/policy.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding, portableTags } from '../shared/native.js'

export default rule({
  id: 'libc-mismatch',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system', 'auditwheel'],
  force: 'none',
  source: 'PEP 656',
  url: 'https://peps.python.org/pep-0656/',
  summary: 'A binary is built for a different Linux C library than the platform tag names.',
  why: 'The loader does not find the required C library, and the import fails.',
  fix: 'Build the wheel on a system with the C library of its tag.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-musllinux_1_2_x86_64.whl', make: 'elf-plain' } },
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-musllinux_1_2_x86_64.whl', make: 'elf-musl' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-musllinux_1_2_x86_64.whl', make: 'elf-both-libcs' } },
  ],
  *check(wheel) {
    const wanted = new Set(portableTags(wheel).map(tag => tag.libc))
    const [libc] = wanted
    if (wanted.size !== 1 || libc === undefined) return
    const tag = portableTags(wheel)[0]?.tag
    for (const file of nativeSubject(wheel).elf) {
      const own = libcOf(file)
      if (own === undefined || own === libc || (libc === 'musl' && runsWithBoth(file))) continue
      const names = file.needed.filter(name => /^(?:libc\.|ld-|ld64)/.test(name))
      const proof = names.length > 0 ? `needs ${someQuoted(names)}` : `is for ${own === 'musl' ? 'musl' : 'glibc'}`
      yield nativeFinding(file, undefined, `${quote(file.path)} ${proof}, but the wheel is tagged ${tag}.`)
    }
  },
})

/** The loader of musl takes these names for itself, whatever follows them. */
const MUSL_ITSELF = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./
/** Is a library built so that glibc and musl load it? */
const runsWithBoth = ({ needed, versionNeeds, interpreter }: ElfFile): boolean =>
  // Whatever is linked with glibc asks for versions of its symbols, unless somebody took care that it does not.
  interpreter === undefined && versionNeeds.length === 0 && needed.every(name => MUSL_ITSELF.test(name))
