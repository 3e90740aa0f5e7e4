import { basename, nativeSubject } from '../../src/platform/subject.js'
import { isVisualRuntime } from '../../src/platform/windows.js'
import { quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'pe-pdb-path',
  topic: 'native',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Microsoft, /PDBALTPATH',
  url: 'https://learn.microsoft.com/en-us/cpp/build/reference/pdbaltpath-use-alternate-pdb-path',
  summary: 'A Windows binary contains a path of the build machine.',
  why: 'It publishes user and directory names.',
  fix: 'Link with `/PDBALTPATH:%_PDB%`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-pdb' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-pdb-name' } },
  *check(wheel) {
    const named = nativeSubject(wheel).pe.filter(
      ({ path, pdb }) =>
        pdb !== undefined && /^(?:[A-Za-z]:[\\/]|\\\\|\/)/.test(pdb) && !isVisualRuntime(basename(path).toLowerCase()),
    )
    const [file] = named
    // One build does it everywhere.
    const others = plural(named.length - 1, 'more binary', 'more binaries')
    const more = named.length > 1 ? ` So ${named.length === 2 ? 'does' : 'do'} ${others}.` : ''
    if (file?.pdb !== undefined)
      yield nativeFinding(
        file,
        file.pdb,
        `${quote(file.path)} contains the path of its debug file, ${quote(file.pdb)}.${more}`,
      )
  },
})
