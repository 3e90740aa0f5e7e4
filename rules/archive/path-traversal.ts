import { landing } from '../../src/archive/landing.js'
import { clean } from '../../src/archive/links.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft, Enforcer } from '../../src/finding.js'
import { quote, rule } from '../../src/rule.js'
import { eachPath, SDIST_FEATURES } from '../shared/paths.js'
import { refusersOf } from '../shared/tar.js'

const UP = /(?:^|[/\\])\.\.(?:[/\\]|$)/

export default rule({
  id: 'path-traversal',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, archive features',
  url: SDIST_FEATURES,
  summary: 'A path contains `..`.',
  why: 'A tool that follows it writes outside of the target directory. pip refuses a path that leaves the directory, uv skips it. Windows also splits at backslashes.',
  breaks: 'On Windows, where backslashes also separate parts, it leads out of the installation directory.',
  fix: 'Give every member a path below the root of the archive, without `..`.',
  securitySeverity: 8.5,
  bad: [
    { wheel: { files: { '../evil.py': '' } }, alsoGives: ['record-path-invalid'] },
    { sdist: { files: { '{top}/a/../b.py': '' } } },
    { wheel: { files: { 'demo/data/../b.txt': '' } } },
    { wheel: { files: { '{data}/purelib/../../b.txt': '' } } },
  ],
  good: { wheel: { files: { 'demo/a..b.txt': '', 'demo/..data.txt': '' } } },
  check: subject =>
    eachPath(
      subject,
      path => (UP.test(path) ? `${quote(path)} contains '..', which leads to the parent directory.` : undefined),
      path => (subject.kind === 'sdist' ? { enforcedBy: sdistEnforcersOf(subject, path) } : inWheel(path)),
    ),
})

/**
 * pip looks at where a path ends up, on the system it runs on; uv skips a member of a wheel that leads out of the tree.
 * Both create the file that `a/../b` leads to, and both ignore a directory that leads out.
 */
function inWheel(path: string): Pick<Draft, 'enforcedBy' | 'severity'> {
  if (landing(path) === undefined) return path.endsWith('/') ? { enforcedBy: [] } : { enforcedBy: ['pip'] }
  // pip looks for the scheme where the path leads, and finds none.
  const [, top = ''] = /^([^/]+\.data)\//.exec(path) ?? []
  const landed = top === '' ? undefined : clean(path)
  if (landed !== undefined && !landed.startsWith(`${top}/`) && landed.split('/').length < 3)
    return { enforcedBy: ['pip'] }
  return landing(path.replaceAll('\\', '/')) === undefined
    ? { enforcedBy: [] }
    : { enforcedBy: [], severity: 'warning' }
}

/** uv does not accept such a part in the path of a tar, wherever it leads; pip accepts it where it stays inside. */
function sdistEnforcersOf(subject: Sdist, path: string): readonly Enforcer[] {
  if (subject.archive.format !== 'tar') return ['pip', 'uv']
  const member = subject.members.get(path)
  const leaves = member !== undefined && refusersOf(subject, member, ['outside']).includes('pip')
  return leaves ? ['pip', 'uv'] : ['uv']
}
