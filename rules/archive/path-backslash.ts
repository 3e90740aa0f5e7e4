import { quote, rule } from '../../src/rule.js'
import { eachPath } from '../shared/paths.js'

export default rule({
  id: 'path-backslash',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.17.1',
  url: 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT',
  summary: 'A path contains a backslash.',
  why: 'Windows treats it as a separator, other systems as part of the name, so the same wheel installs different files. uv refuses such an sdist.',
  breaks:
    'On Linux and macOS the wheel installs a file with a backslash in its name, where the package expects a file in a directory.',
  fix: 'Separate the parts of the path with `/`.',
  securitySeverity: 4,
  bad: [
    { wheel: { files: { 'demo\\data.txt': '' } }, alsoGives: ['record-extra-entry', 'record-missing-file'] },
    { sdist: { files: { '{top}/demo\\data.txt': '' } } },
  ],
  good: { wheel: { files: { 'demo/data.txt': '' } } },
  check: subject =>
    eachPath(
      subject,
      path =>
        path.includes('\\')
          ? `${quote(path)} contains a backslash. Expected '/' between the parts of a path.`
          : undefined,
      subject.kind === 'sdist' ? { enforcedBy: ['uv'] } : { enforcedBy: [] },
    ),
})
