/** Set by build.ts. */

/** Origins that files may be opened from by their address, beside the page's own. */
declare const ORIGINS: readonly string[]
/** The folder with docutils and its files, seen from the page; undefined where it was left out. */
declare const RENDERER: string | undefined
/** For the service worker: every file of the page, and a name for the state they are in. */
declare const FILES: readonly string[]
declare const BUILD: string
declare const VERSION: string

/** Made by build.ts: what a report says of rules, by their ids. */
declare module 'virtual:rule-texts' {
  export const TEXTS: Readonly<
    Record<string, Readonly<Record<'summary' | 'why' | 'source' | 'url', string>> & { readonly breaks?: string }>
  >
}
