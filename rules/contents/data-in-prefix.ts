import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { inData } from '../../src/views/dist-info.js'
import { installed } from '../../src/views/install-tree.js'
import { andMore } from '../../src/wording.js'

/** Windows looks for these next to python.exe; files that configure a Python installation have their own rule. */
const MEANT = /\.(?:dll|exe|pyd|pth|_pth|start)$|^(?:pyvenv\.cfg|EXTERNALLY-MANAGED|build-details\.json)$/i

/** Folders of a prefix, on any system. */
const PREFIX =
  /^(?:bin|etc|include|info|lib|lib64|libexec|man|opt|sbin|share|ssl|var|DLLs|Doc|Lib|Include|Library|Scripts|tcl|Tools)$/
/** Names that any project may use, or that are meant from the root of the system. */
const COMMON =
  /^(?:tests?|docs?|documentation|examples?|samples?|usr|home|root|users|src|source|config|conf|data|resources?|assets|templates?|static|models?|tools|utils|requirements|images?|img|build|dist|node_modules|\..*)$/i

export default rule({
  id: 'data-in-prefix',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory',
  summary: 'The wheel installs a file, or a folder of its own, directly into the prefix of the environment.',
  why: 'The file ends up next to bin/ and lib/, as in /usr, where nothing looks for it, and wheels with the same filename overwrite each other.',
  fix: 'Move the file into the package (`package_data`), or to a folder of the project below `share/` or `etc/` (`data_files`).',
  bad: [
    { wheel: { files: { '{data}/data/README.rst': 'Demo\n', '{data}/data/words.txt': 'one\n' } } },
    { wheel: { files: { '{data}/data/usr/share/demo.txt': 'Demo\n', '{data}/data/demo/words.txt': 'one\n' } } },
    { wheel: { files: { '{data}/data/other/words.txt': 'one\n' } } },
  ],
  good: {
    wheel: { files: { '{data}/data/share/demo/README.rst': 'Demo\n', '{data}/data/etc/demo.cfg': '[demo]\n' } },
  },
  *check(wheel) {
    const files = inData(wheel).filter(({ key, path }) => key === 'data' && !path.includes('/') && !MEANT.test(path))
    const [first] = files
    if (!first) {
      yield* foldersOf(wheel)
      return
    }
    yield finding(
      { member: first.member.path },
      `${quote(first.path)}${andMore(files.length - 1, 'file')} would be installed directly into the prefix of the environment, next to bin and lib.`,
      { subject: 'prefix' },
    )
  },
})

/** One finding for the folders that are nobody's: one with the name of a package of the wheel tells whose it is. */
function* foldersOf(wheel: Wheel) {
  const own = new Set(installed(wheel).map(({ top }) => top))
  const folders = new Map<string, string>()
  for (const { key, path, member } of inData(wheel)) {
    const [top = ''] = path.split('/')
    if (key === 'data' && path.includes('/') && !PREFIX.test(top) && !own.has(top) && !folders.has(top))
      folders.set(top, member.path)
  }
  const [first] = [...folders].sort(([a], [b]) => Number(COMMON.test(b)) - Number(COMMON.test(a)))
  if (!first) return
  const [folder, member] = first
  yield finding(
    { member },
    `The folder ${quote(`${folder}/`)}${andMore(folders.size - 1, 'folder')} would be installed directly into the prefix of the environment, next to bin and lib.`,
    { subject: 'folders', ...(!COMMON.test(folder) && { severity: 'info' }) },
  )
}
