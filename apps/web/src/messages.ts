// What the page and its worker send each other.

export interface RemoteFile {
  readonly address: string
}

/** A file of this machine, or one by its address. */
export type Input = { readonly name: string; readonly blob: Blob } | RemoteFile

export type Job =
  | { readonly kind: 'audit'; readonly inputs: readonly Input[] }
  | { readonly kind: 'show'; readonly inputs: readonly Input[]; readonly columns: number }
  | {
      readonly kind: 'diff'
      readonly old: readonly Input[]
      readonly now: readonly Input[]
      /** Also what differs in the texts. */
      readonly texts: boolean
    }

/** What is saved: the same bytes that the command writes. */
export interface Done {
  readonly json: Blob
  /** The page to look at, or the text. */
  readonly html?: Blob | undefined
  readonly text?: string | undefined
  /** For whoever hears the page. */
  readonly said: string
  /** What could not be done as asked. */
  readonly notes: readonly string[]
}

export type Answer =
  | { readonly kind: 'progress'; readonly name: string; readonly done: number; readonly of: number }
  | { readonly kind: 'step'; readonly text: string }
  | ({ readonly kind: 'done' } & Done)
  /** `expected`: the user can change something. */
  | { readonly kind: 'failed'; readonly message: string; readonly expected: boolean }
