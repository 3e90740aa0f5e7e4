import { hidesMembers } from '../archive/unread.js'
import type { Distribution, Release } from './distribution.js'
import type { Metadata } from './metadata.js'

/** Of what a rule may say that it is not there: a file of the release, a member of an archive, or something in a member. */
export type Absence = 'file' | 'member' | 'content'

/** May what is missed be in a part that could not be read? */
export function mayBeUnread(subject: Distribution | Release, what: Absence): boolean {
  if (subject.kind === 'release') {
    const { unread = false, distributions, baseline } = subject
    return (
      unread ||
      distributions.some(one => mayBeUnread(one, what)) ||
      (baseline !== undefined && mayBeUnread(baseline, what))
    )
  }
  if (what === 'file' || !('problems' in subject)) return false
  return (
    subject.problems.some(hidesMembers) ||
    (what === 'content' &&
      ((!subject.archive.partial && subject.members.files.some(one => !one.intact)) || isCut(subject.metadata)))
  )
}

const isCut = (metadata: Metadata | undefined) =>
  metadata?.problems.some(({ kind }) => kind === 'headers-over-limit') === true
