import { basename, nativeSubject } from '../../src/native/subject.js'
import { isVisualRuntime } from '../../src/native/windows.js'
import { quote, rule } from '../../src/rule.js'
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
  summary: 'A Windows binary names a path of the build machine.',
  why: 'It tells user and directory names to everyone who has the file.',
  fix: 'Link with `/PDBALTPATH:%_PDB%`.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-pdb' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-pdb-name' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).pe) {
      if (file.pdb === undefined || isVisualRuntime(basename(file.path).toLowerCase())) continue
      if (/^(?:[A-Za-z]:[\\/]|\\\\|\/)/.test(file.pdb))
        yield nativeFinding(file, file.pdb, `${quote(file.path)} names its debug file ${quote(file.pdb)}.`)
    }
  },
})
