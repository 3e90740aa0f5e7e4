import { quote, rule } from '../../src/rule.js'
import { eachPath, parts, WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'path-empty-segment',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, file contents',
  url: WHEEL_FORMAT,
  summary: 'A path has an empty part.',
  why: 'Extractors join the parts around it, so the file does not have the name that the archive lists.',
  fix: 'Write one slash between the parts of a path.',
  bad: { wheel: { files: { 'demo//data.txt': '' } } },
  good: { wheel: { files: { 'demo/data.txt': '' } } },
  check: subject =>
    eachPath(subject, path =>
      path !== '' && parts(path).indexOf('', 1) > 0 ? `${quote(path)} has an empty part.` : undefined,
    ),
})
