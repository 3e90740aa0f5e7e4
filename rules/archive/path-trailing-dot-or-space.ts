import { quote, rule } from '../../src/rule.js'
import { eachPath, parts, WINDOWS_NAMES } from '../shared/paths.js'

const ENDS_BADLY = /[. ]$/

export default rule({
  id: 'path-trailing-dot-or-space',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Windows, naming files, paths and namespaces',
  url: WINDOWS_NAMES,
  summary: 'A part of a path ends with a dot or a space.',
  why: 'Windows removes it, so the file gets another name and may overwrite another file.',
  fix: 'Rename the file.',
  bad: { wheel: { files: { 'demo/data.': '' } } },
  good: { wheel: { files: { 'demo/.data': '' } } },
  check: subject =>
    eachPath(subject, path => {
      const part = parts(path).find(one => ENDS_BADLY.test(one) && one !== '.' && one !== '..')
      return part === undefined
        ? undefined
        : `${quote(path)} contains the part ${quote(part)}, whose end Windows removes.`
    }),
})
