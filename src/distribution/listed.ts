import type { CompanionContent } from './companion.js'

/** What an index says of one of its files (simple repository API): facts about what is around the file. */
export interface Listed {
  /** Address of the page that lists it, as it may be shown; absent where the address of the file says all that is said. */
  readonly page?: string | undefined
  /** Hex. */
  readonly sha256?: string | undefined
  readonly size?: number | undefined
  readonly requiresPython?: string | undefined
  /** The separate metadata file (PEP 658): its digest as stated and of what the index sends, in hex; both where they are known. */
  readonly metadata?:
    | {
        readonly stated?: string | undefined
        readonly actual?: string | undefined
        /** Why it could not be had. */
        readonly fault?: string | undefined
      }
    | undefined
  /** What the statements of its provenance (PEP 740) are about. Nobody has verified their signatures. */
  readonly provenance?: CompanionContent | undefined
}
