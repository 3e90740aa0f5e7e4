import { finding, quote, rule } from '../../src/rule.js'
import { inData } from '../../src/views/dist-info.js'
import { andMore } from '../../src/wording.js'

/** Windows looks for these next to python.exe; files that configure a Python installation have their own rule. */
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
  why: 'The file ends up next to bin/ and lib/, as in /usr, where nothing looks for it, and wheels with the same filename overwrite each other.',
  fix: 'Move the file into the package (`package_data`), or to a folder of the project below `share/` or `etc/` (`data_files`).',
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
      `${quote(first.path)}${andMore(files.length - 1, 'file')} would be installed directly into the prefix of the environment, next to bin and lib.`,
      { subject: 'prefix' },
    )
  },
})
