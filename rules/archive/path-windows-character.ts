import { quote, rule } from '../../src/rule.js'
import { eachPath, isWindowsWheel, WINDOWS_NAMES } from '../shared/paths.js'

const FORBIDDEN = /[<>:"|?*]/
/** A drive letter belongs to path-absolute. */
const DRIVE = /^[A-Za-z]:/

export default rule({
  id: 'path-windows-character',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Windows, naming files, paths and namespaces',
  url: WINDOWS_NAMES,
  summary: 'A path contains a character that Windows does not allow in file names.',
  why: 'Windows refuses to create the file, or, with a colon, writes to a hidden stream of another file.',
  fix: 'Rename the file without any of `< > : | ? *` and the quotation mark.',
  bad: [
    { wheel: { files: { 'demo/what?.txt': '' } } },
    { wheel: { filename: 'demo-1.0-py3-none-win_amd64.whl', files: { 'demo/what?.txt': '' } } },
  ],
  good: { wheel: { files: { 'demo/[id] (1).txt': '' } } },
  check: subject =>
    eachPath(
      subject,
      path => {
        const found = FORBIDDEN.exec(path.replace(DRIVE, ''))
        return found
          ? `${quote(path)} contains ${quote(found[0])}, which Windows does not allow in a file name.`
          : undefined
      },
      path => ({
        severity: isWindowsWheel(subject) ? 'error' : 'warning',
        // uv refuses a colon in a tar on every system.
        ...(subject.archive.format === 'tar' && path.includes(':') && { enforcedBy: ['system', 'uv'] }),
      }),
    ),
})
