import type { Window } from '../source/window.js'
import type { Member, ReadOptions } from './archive.js'
import type { Problem } from './problem.js'
import { problemList } from './problem-list.js'

/** What the parts of the zip reader share while one file is read. */
export interface ZipState {
  readonly window: Window
  readonly options: ReadOptions
  readonly problems: Problem[]
  /** Notes a problem; of one kind, those beyond a number that no honest file reaches are counted as one. */
  report(problem: Problem): void
  /** True once the time for the file is over; says so in one problem. */
  late(): boolean
}

/** One member as the central directory lists it (or as its local record does, where the directory is lost). */
export interface Entry {
  /** The bytes of the name; undefined when it is ASCII, where `path` says the same. */
  readonly name: Uint8Array | undefined
  readonly path: string
  /** The whole name, where it goes on behind a NUL. */
  readonly stored: string | undefined
  /** Another name, of its Unicode path field, which newer readers take. */
  readonly alias: string | undefined
  readonly flags: number
  readonly method: number
  readonly time: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  readonly mode: number
  /** Of the central record, from the start of the file. */
  readonly at: number
  /** Of the local record, from the start of the file. */
  readonly offset: number
  /** First byte of the content; -1 until the local record was found. */
  dataStart: number
  /** Overlaps an earlier member, or is cut: read while there is some of it left that may be read twice. */
  barred: boolean
  /** Reaches beyond the end of the file. */
  cut: boolean
  /** Set once it was read. */
  member: Member | undefined
  /** Its name is over the limit: walked, but no member. */
  readonly hidden: boolean
}

export function zipState(window: Window, options: ReadOptions): ZipState {
  const { problems, note } = problemList()
  const start = options.now()
  let over = false
  return {
    window,
    options,
    problems,
    report: note,
    late() {
      if (over || options.now() - start <= options.limits.seconds * 1000) return over
      over = true
      problems.push({ kind: 'limit-seconds', limit: options.limits.seconds })
      return true
    },
  }
}
