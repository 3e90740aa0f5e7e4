/** What readme_renderer, as PyPI configures it, makes of a description. */
export interface Rendering {
  /** Media type it was rendered as, without parameters. */
  readonly type: 'text/x-rst' | 'text/markdown' | 'text/plain'
  /**
   * `failed`: docutils reports a problem and PyPI refuses the text; `empty`: it renders to nothing, which PyPI refuses too;
   * `crashed`: the renderer itself breaks on it; `unavailable`: it could not be run here, so nothing is known.
   */
  readonly outcome: 'ok' | 'failed' | 'empty' | 'crashed' | 'unavailable'
  /**
   * The renderer's own messages, the one that PyPI stops at first, then what else it would have said; for `unavailable` the
   * reason. `line` is 1-based in the description, whose lines end with LF, CR LF or a lone CR.
   */
  readonly messages: readonly { readonly line: number | undefined; readonly text: string }[]
  /** True when the description renders once its common indentation is taken off (a Description header with 8 spaces). */
  readonly okIfDedented?: boolean | undefined
}
