import type { Report } from 'distaudit'

/** What an audit process is asked. */
export interface Request {
  /** A file, or the facts that were kept of one. */
  readonly from:
    | {
        readonly kind: 'file'
        readonly path: string /** As soon as it is open: nothing is left when the process is killed. */
        readonly unlink: boolean
      }
    /** A file on a server, of which the rules need a part only. */
    | { readonly kind: 'address'; readonly address: string; readonly sha256: string }
    | { readonly kind: 'facts'; readonly facts: Uint8Array; readonly sha256: string }
  readonly filename: string
  readonly profile: 'pypi' | 'default' | 'strict'
  readonly select: readonly string[] | undefined
  readonly format: 'json' | 'html'
  /** Seconds that the readers take at most; the process is ended some time later. */
  readonly seconds: number
  readonly keepFacts: boolean
}

export interface Answer {
  readonly report: Report
  readonly html?: string | undefined
  readonly bytesRead: number
  /** What a later audit of the metadata needs of the file, where that is little. */
  readonly facts?: Uint8Array | undefined
}

export type FromChild =
  | { readonly kind: 'progress'; readonly bytesRead: number; readonly size: number }
  | { readonly kind: 'done'; readonly answer: Answer }
  /** What was kept does not have what the rules read now. */
  | { readonly kind: 'facts-missing' }
  | { readonly kind: 'failed'; readonly reason: string }
