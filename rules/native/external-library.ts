import { externalOf } from '../../src/platform/platform.js'
import { basename } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { expectedFrom, explained, nativeFinding, portableTags, providerIn, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'external-library',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system', 'auditwheel'],
  force: 'MUST',
  source: 'PEP 600; PEP 656; auditwheel policies',
  url: 'https://peps.python.org/pep-0600/',
  summary: 'A binary needs a library that neither the wheel nor the promised system has.',
  why: 'Where the library is missing the import fails: "cannot open shared object file".',
  fix: 'Vendor the library with `auditwheel repair`, or require the distribution that brings it.',
  needs: ['native'],
  absence: 'member',
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
    for (const tag of [...portableTags(wheel), ...tagsFor(wheel, 'android')])
      for (const [library, files] of externalOf(wheel, tag)) {
        // Others speak of the interpreter's library, and of one that lies in the wheel and is not found.
        if (seen.has(library) || /^libpython\d/.test(library) || members.has(basename(library))) continue
        seen.add(library)
        const [file] = files
        if (!file) continue
        const provider = providerIn(wheel, library, files)
        const who = `${filesThat(files, 'needs', 'need')} ${quote(library)}`
        const at = [file, library] as const
        if (provider === undefined)
          yield nativeFinding(...at, `${who}, which is not in the wheel, and ${tag.tag} does not promise it.`)
        else yield nativeFinding(...at, `${who}, ${expectedFrom(provider)}.`, explained(provider))
      }
  },
})
