/** What readme_renderer, as PyPI configures it, makes of a description. */
export interface Rendering {
  /** Media type it was rendered as, without parameters. */
  readonly type: 'text/x-rst' | 'text/markdown' | 'text/plain'
  /** `unavailable`: the renderer could not be loaded, so nothing is known. */
  readonly outcome: 'ok' | 'failed' | 'empty' | 'unavailable'
  /** The renderer's own messages, first one first; `line` is 1-based in the description. */
  readonly messages: readonly { readonly line: number | undefined; readonly text: string }[]
  /** True when the description renders once its common indentation is taken off (a Description header with 8 blanks). */
  readonly okIfDedented?: boolean | undefined
}
