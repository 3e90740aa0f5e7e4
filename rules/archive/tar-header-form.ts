import type { HeaderFault } from '../../src/archive/tar-problem.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-header-form',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A text field in a header has a form that strict readers refuse.',
  why: 'Python does not check the version, or the link target of a member that is not a link. uv refuses the archive.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-version-nul' } }, { sdist: { make: 'tar-file-with-link' } }],
  good: { sdist: { make: 'tar-owner-long' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-header-form'],
      problem => `The header of ${memberText(problem)} has ${faultText(problem.fault)}.`,
    ),
})

function faultText({ what, text = '' }: HeaderFault): string {
  switch (what) {
    case 'version':
      return `${quote(text)} after 'ustar' (expected a NUL and '00')`
    case 'checksum':
      return `${quote(text)} as its checksum (expected octal digits that end with a NUL or a space)`
    case 'link target':
      return `the link target ${quote(text)}, but is not a link`
    case 'old directory':
      return 'the old type of a file but the path of a directory'
    case 'xstar':
      return "the mark 'tar' of star's own format at its end"
  }
}
