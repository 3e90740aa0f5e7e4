import { finding, quote, rule } from '../../src/rule.js'
import { inData } from '../../src/views/dist-info.js'
import { andMore } from '../../src/wording.js'

/** Windows looks for these beside python.exe; what configures a Python installation has a rule of its own. */
const MEANT = /\.(?:dll|exe|pyd|pth|start)$|^(?:pyvenv\.cfg|EXTERNALLY-MANAGED|build-details\.json)$/i

export default rule({
  id: 'data-in-prefix',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory',
  summary: 'The wheel installs a file directly into the prefix of the environment.',
  why: 'It lies beside bin/ and lib/, as in /usr, where nobody looks for it, and wheels with the same file name overwrite one another.',
  fix: 'Put it into the package (`package_data`), or into a folder of the project below `share/` or `etc/` (`data_files`).',
  bad: { wheel: { files: { '{data}/data/README.rst': 'Demo\n', '{data}/data/words.txt': 'one\n' } } },
  good: {
    wheel: { files: { '{data}/data/share/demo/README.rst': 'Demo\n', '{data}/data/etc/demo.cfg': '[demo]\n' } },
  },
  *check(wheel) {
    const files = inData(wheel).filter(({ key, path }) => key === 'data' && !path.includes('/') && !MEANT.test(path))
    const [first] = files
    if (!first) return
    yield finding(
      { member: first.member.path },
      `${quote(first.path)}${andMore(files.length - 1, 'file')} would lie directly in the prefix of the environment, beside its bin and lib.`,
      { subject: 'prefix' },
    )
  },
})
