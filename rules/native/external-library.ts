import { append } from '../../src/append.js'
import { externalOf } from '../../src/platform/platform.js'
import { basename } from '../../src/platform/subject.js'
import { rule } from '../../src/rule.js'
import { portableTags, tagsFor } from '../shared/native.js'
import { type Lack, lacking } from './_libraries.js'

export default rule({
  id: 'external-library',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system', 'auditwheel'],
  force: 'MUST',
  source: 'PEP 600; PEP 656; auditwheel policies',
  url: 'https://peps.python.org/pep-0600/',
  summary: 'A binary needs a library that is neither in the wheel nor guaranteed by the platform tag.',
  why: 'Where the library is missing, the import fails: "cannot open shared object file".',
  fix: 'Vendor the library with `auditwheel repair`, or require the distribution that provides it.',
  absence: 'member',
  needs: ['native', 'python-imports'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-external' } },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
        metadata: { 'Requires-Dist': 'pyarrow' },
        make: 'elf-arrow',
      },
    },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
        metadata: { 'Provides-Extra': 'arrow', 'Requires-Dist': 'pyarrow; extra == "arrow"' },
        make: 'elf-arrow',
      },
    },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored' } },
  ],
  *check(wheel) {
    const members = new Set(wheel.members.files.map(member => basename(member.path)))
    const seen = new Set<string>()
    for (const tag of [...portableTags(wheel), ...tagsFor(wheel, 'android')]) {
      const lacks: Lack[] = []
      for (const [library, files] of externalOf(wheel, tag)) {
        // Other rules report the interpreter's library, and one that is in the wheel but not found.
        if (seen.has(library) || /^libpython\d/.test(library) || members.has(basename(library))) continue
        seen.add(library)
        append(
          lacks,
          files.map(file => ({ file, library })),
        )
      }
      yield* lacking(wheel, lacks, {
        does: 'needs',
        many: 'need',
        absent: `neither in the wheel nor guaranteed by ${tag.tag}`,
      })
    }
  },
})
