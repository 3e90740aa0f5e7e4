import type { Problem } from '../../src/archive/problem.js'
import { hidesMembers } from '../../src/archive/unread.js'
import type { Sdist } from '../../src/distribution/distribution.js'

/** Where Python's tarfile silently ends the tar archive: PyPI sees only what came before. */
export function endsTar(problem: Problem): boolean {
  switch (problem.kind) {
    case 'tar-checksum':
      return !problem.first && !problem.nested
    case 'tar-truncated':
      return problem.inside === 'block' && !problem.nested
    case 'tar-number-invalid':
    case 'tar-pax-record':
    case 'tar-extension-padding':
      return problem.tarfile === 'ends'
    case 'tar-no-end':
      return problem.zeroBlocks === 0
    case 'tar-member-after-end':
    case 'tar-data-after-end':
      return true
    default:
      return false
  }
}

/** Is the whole archive rejected, or is part of what PyPI sees unknown here? */
export const isUnread = ({ problems }: Pick<Sdist, 'problems'>): boolean =>
  problems.some(problem => hidesMembers(problem) && !endsTar(problem))
