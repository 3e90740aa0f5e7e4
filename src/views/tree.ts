import type { Sdist, Wheel } from '../distribution/distribution.js'

/** What the files are in: a distribution, or the source tree that stands for an sdist. */
export const placeOfFiles = (subject: Wheel | Sdist): string =>
  subject.kind === 'wheel' ? 'the wheel' : subject.tree ? 'the source tree' : 'the sdist'

/** Is it a source tree that stands for an sdist? */
export const isTree = (subject: Wheel | Sdist): subject is Sdist =>
  subject.kind === 'sdist' && subject.tree !== undefined

/** The name of a member for messages: of a source tree without the folder that it lies in. */
export function shownMember(subject: Wheel | Sdist, member: string): string {
  const { kind } = subject
  return kind === 'sdist' && subject.tree && member.startsWith(`${subject.top}/`)
    ? member.slice((subject.top ?? '').length + 1)
    : member
}
