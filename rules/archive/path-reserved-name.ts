import { quote, rule } from '../../src/rule.js'
import { eachPath, isDeviceName, isWindowsWheel, parts, WINDOWS_NAMES } from '../shared/paths.js'

export default rule({
  id: 'path-reserved-name',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Windows, naming files, paths and namespaces',
  url: WINDOWS_NAMES,
  summary: 'A part of a path is a device name reserved by Windows.',
  why: 'Windows opens the device instead of a file, even with an extension, so the installation fails or the content is lost.',
  fix: 'Rename the file.',
  bad: [
    { wheel: { files: { 'demo/aux.py': '' } } },
    { wheel: { filename: 'demo-1.0-py3-none-win_amd64.whl', files: { 'demo/aux.py': '' } } },
  ],
  good: { wheel: { files: { 'demo/console.py': '' } } },
  check: subject =>
    eachPath(
      subject,
      path => {
        const part = parts(path).find(isDeviceName)
        return part === undefined
          ? undefined
          : `${quote(path)} contains the part ${quote(part)}, which is a device name on Windows.`
      },
      { severity: isWindowsWheel(subject) ? 'error' : 'warning' },
    ),
})
