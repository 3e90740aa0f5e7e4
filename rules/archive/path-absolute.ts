import { quote, rule } from '../../src/rule.js'
import { eachPath, SDIST_FEATURES } from '../shared/paths.js'

const DRIVE = /^[A-Za-z]:/

export default rule({
  id: 'path-absolute',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, archive features',
  url: SDIST_FEATURES,
  summary: 'A path is absolute: it starts with a slash, a network share or a drive letter.',
  why: 'A tool that follows it writes outside of the target directory. pip refuses to install the archive.',
  breaks: 'On Windows, installers fail at the drive letter, because it leads out of the environment.',
  fix: 'Give every member a path relative to the root of the archive.',
  securitySeverity: 8.5,
  bad: [
    { wheel: { files: { '/etc/evil.py': '' } }, alsoGives: ['record-path-invalid'] },
    { wheel: { files: { 'C:/evil.py': '' } }, alsoGives: ['record-path-invalid'] },
  ],
  good: { wheel: { files: { 'demo/etc/x.py': '' } } },
  check: subject =>
    eachPath(
      subject,
      path => {
        if (DRIVE.test(path)) return `${quote(path)} starts with a drive letter. Paths must be relative.`
        if (/^[/\\]/.test(path)) return `${quote(path)} is an absolute path. Paths must be relative.`
        return undefined
      },
      // pip on Linux and macOS treats a drive letter as a directory; uv skips an absolute member of a wheel.
      path => ({
        enforcedBy: subject.kind === 'sdist' ? ['uv'] : path.startsWith('/') && !path.endsWith('/') ? ['pip'] : [],
      }),
    ),
})
