/** Labels of Project-URL (PEP 753, "Well-known labels" of the core metadata specification). */

export type WellKnownLabel =
  | 'homepage'
  | 'source'
  | 'download'
  | 'changelog'
  | 'releasenotes'
  | 'documentation'
  | 'issues'
  | 'funding'

const ALIASES: ReadonlyMap<string, WellKnownLabel> = new Map([
  ['homepage', 'homepage'],
  ['source', 'source'],
  ['repository', 'source'],
  ['sourcecode', 'source'],
  ['github', 'source'],
  ['download', 'download'],
  ['changelog', 'changelog'],
  ['changes', 'changelog'],
  ['whatsnew', 'changelog'],
  ['history', 'changelog'],
  ['releasenotes', 'releasenotes'],
  ['documentation', 'documentation'],
  ['docs', 'documentation'],
  ['issues', 'issues'],
  ['bugs', 'issues'],
  ['issue', 'issues'],
  ['tracker', 'issues'],
  ['issuetracker', 'issues'],
  ['bugtracker', 'issues'],
  ['funding', 'funding'],
  ['sponsor', 'funding'],
  ['donate', 'funding'],
  ['donation', 'funding'],
])

/** Without ASCII punctuation and white space, in lower case. */
export const normalizeLabel = (label: string): string => label.replace(/[\t-\r !-/:-@[-`{-~]+/g, '').toLowerCase()

/** What a label stands for, whatever its spelling; undefined when it is not a well-known one. */
export const wellKnownLabel = (label: string): WellKnownLabel | undefined => ALIASES.get(normalizeLabel(label))
