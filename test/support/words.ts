// What a text of distaudit must not say, and where its prose is.

/** A text that people read, and where it is. */
export interface Text {
  readonly where: string
  readonly text: string
}

/** British spellings of words that are used here. */
const BRITISH = [
  'analys(?:e|ed|es|ing)',
  'artefacts?',
  'behaviours?',
  'cancelled',
  'catalogues?',
  'centres?',
  'colour(?:s|ed|ing|less)?',
  'defences?',
  'favour(?:s|ed|ite)?',
  'fulfils?',
  'gr[e]y',
  'honour(?:s|ed|ing)?',
  'judgement',
  'labelled',
  'licen[c]e(?:s|d)?',
  'modelled',
  'neighbour(?:s|ing)?',
  'programmes?',
  'spelt',
  'whilst',
  '(?:un)?(?:author|categor|character|emphas|final|general|initial|local|memor|minim|maxim|normal|optim|organ|recogn|serial|standard|summar|synchron|token|util|visual)is(?:e|ed|es|er|ing|ation)',
]

/** Words and turns that a native speaker would not use, or that say nothing. */
const AVOIDED = [
  'attitude',
  'bears?',
  'beside',
  'blanks',
  'currently',
  'faults?',
  'holds',
  '(?<!there )is no (?!longer|more|less|better|worse|different|need|one\\b)[\\w-]+',
  '(?:has|have|had) not(?! been| yet)',
  'lack(?:s|ed|ing)?',
  'leaves? alone',
  'matters? of taste',
  'mend(?:s|ed|ing)?',
  'of its own accord',
  'stumbles?',
  'whoever',
]

/** `an` goes with the sound, not with the letter. */
const ARTICLES = [
  '[Aa] (?:sdist|index|error|entry|extension|installer|example|absolute|empty|invalid|unknown|older|extra|import|item|option|identifier|object|attestation|address|archive|interpreter|upper|hour|element|attribute|underscore|executable|API|ABI|ELF|HTML|RPATH|SBOM|SPDX|XML)',
  '[Aa]n (?:one|unique|union|unit|used|user|useful|usual|uv|wheel|zip|tar|file|member|package|PEP|PyPI|Unicode|URI|URL|UTF)',
]

const WRONG = [
  new RegExp(`(?<![\\w-])(?:${[...BRITISH, ...AVOIDED].join('|')})(?![\\w-])`, 'gi'),
  new RegExp(`(?<![\\w-])(?:${ARTICLES.join('|')})(?![\\w-])`, 'g'),
]
const DOUBLED = /\b([a-z]+) \1\b/gi
/** Words that may follow themselves. */
const TWICE = new Set(['that', 'had'])

/** Values of files and code say what they say. */
const quoted = (text: string): string =>
  text
    .replace(/``[^`]*``|`[^`]*`/g, '§')
    .replace(/(?<!\w)'[^'\n]*'(?!\w)|"[^"\n]*"/g, '§')
    .replace(/https?:\S+/g, '§')

/** What is wrong with a text: words, or sentences of more than `most` words. */
export function problemsOf(text: string, most: number): readonly string[] {
  const prose = quoted(text)
  const words = WRONG.flatMap(wrong => [...prose.matchAll(wrong)].map(([word]) => `'${word}'`))
  const doubled = [...prose.matchAll(DOUBLED)].flatMap(([all, word = '']) =>
    TWICE.has(word.toLowerCase()) ? [] : [`'${all}'`],
  )
  const long = prose
    .split(/(?<=[.!?])\s+/)
    .map(sentence => ({ sentence, count: sentence.split(/\s+/).filter(word => /[\w§]/.test(word)).length }))
    .filter(({ count }) => count > most)
    .map(({ sentence, count }) => `${count} words: ${sentence}`)
  return [...words, ...doubled, ...long]
}

/** The prose of a file: of Markdown all but code, of source its comments. */
export const proseOf = (path: string, text: string): readonly Text[] =>
  (path.endsWith('.md') ? markdownBlocks(text) : commentBlocks(text)).map(block => ({
    where: `${path}:${block.line}`,
    text: block.lines.join(' '),
  }))

interface Block {
  readonly line: number
  readonly lines: string[]
}

/** Paragraphs, list items and cells of tables. */
function markdownBlocks(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  let inFence = false
  for (const [index, raw] of text.split('\n').entries()) {
    if (/^\s*(?:```|~~~)/.test(raw)) inFence = !inFence
    const line = raw.replace(/\]\([^)]*\)/g, ']').replace(/<!--.*?-->/g, '')
    if (inFence || /^\s*(?:```|~~~|$)/.test(line)) open = undefined
    else if (line.startsWith('|')) {
      open = undefined
      for (const cell of line.split(/(?<!\\)\|/)) blocks.push({ line: index + 1, lines: [cell.trim()] })
    } else if (open === undefined || /^\s*(?:[-*] |\d+\. |#)/.test(line)) {
      open = { line: index + 1, lines: [line.replace(/^\s*(?:[-*]|\d+\.|#+) /, '')] }
      blocks.push(open)
      if (/^#/.test(line)) open = undefined
    } else open.lines.push(line.trim())
  }
  return blocks
}

/** Comments, where the lines that follow one another are one. */
function commentBlocks(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  let inside = false
  for (const [index, line] of text.split('\n').entries()) {
    const own = inside
      ? /^\s*\*?\s?(.*?)(?:\*\/.*)?$/.exec(line)?.[1]
      : (/^\s*\/\*\*?\s?(.*?)(?:\*\/.*)?$/.exec(line)?.[1] ?? /^\s*\/\/\s?(.*)$/.exec(line)?.[1])
    const first = !inside && /^\s*\/\*/.test(line)
    if (first) inside = true
    if (inside && line.includes('*/')) inside = false
    if (own === undefined || first) open = undefined
    if (own === undefined || /^biome-ignore/.test(own)) continue
    if (open === undefined) {
      open = { line: index + 1, lines: [] }
      blocks.push(open)
    }
    open.lines.push(own.trim())
  }
  return blocks
}
