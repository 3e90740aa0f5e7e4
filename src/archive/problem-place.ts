/** Where a problem is: in a member, at a byte of the file (in a tar: of the inflated stream), or both. */
export interface SomePlace {
  readonly member?: string | undefined
  readonly offset?: number | undefined
}

export interface AtByte extends SomePlace {
  readonly offset: number
}

export interface InMember extends AtByte {
  readonly member: string
}
