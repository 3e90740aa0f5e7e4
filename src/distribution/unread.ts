import { hidesMembers } from '../archive/unread.js'
import { oncePer } from '../once.js'
import { coreField } from '../standards/core-metadata.js'
import { splitLines } from '../text/lines.js'
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

const HEADER = /^([!-9;-~]+):/

/** The fields that became part of the description, because a line that is not a header ended the headers. That is told of the line. */
export const lostFields = oncePer((metadata: Metadata): readonly string[] => {
  if (!metadata.problems.some(({ kind }) => kind === 'headers-cut')) return []
  const lines = splitLines(metadata.body.text.slice(0, 20_000))
  const end = lines.indexOf('')
  const names = lines.slice(0, end === -1 ? undefined : end).map(line => HEADER.exec(line)?.[1])
  return [...new Set(names.flatMap(name => (name === undefined ? [] : [coreField(name)?.name ?? name])))]
})
