/** What an error of Python looks like from here. */
interface Failed {
  readonly error: string
  readonly text?: string
}

export type Tree = Readonly<Record<string, string>>
export type Unpacked = Failed | { readonly tree: Tree }

export type PythonMember = readonly [path: string, type: string, size: number, link: string | null, crc: string | null]

export interface PythonAnswer {
  readonly list: Failed | { readonly members: readonly PythonMember[] }
  /** Of the newer tarfile alone. */
  readonly pypi?: Failed | { readonly refused: string } | { readonly ok: true }
  readonly pip?: Unpacked
}
