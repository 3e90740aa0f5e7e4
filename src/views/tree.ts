import type { Sdist, Wheel } from '../distribution/distribution.js'

/** What the files are in: an sdist, or the source tree that stands for one. */
export const placeOfFiles = ({ tree }: Sdist): string => (tree ? 'the source tree' : 'the sdist')

/** The name of a member for messages: of a source tree without the folder that it lies in. */
export function shownMember(subject: Wheel | Sdist, member: string): string {
  const { kind } = subject
  return kind === 'sdist' && subject.tree && member.startsWith(`${subject.top}/`)
    ? member.slice((subject.top ?? '').length + 1)
    : member
}
