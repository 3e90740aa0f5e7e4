import type { Severity } from '../finding.js'

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'cyan' | 'green' | 'magenta'

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
}

/** How severities look. */
export const COLORS: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' }

/** Colors escaped text; the identity when colors are off. */
export type Paint = (text: string, ...styles: readonly Style[]) => string

const plainPaint: Paint = text => text

const colorPaint: Paint = (text, ...styles) =>
  text === ''
    ? text
    : styles.reduce((inner, style) => `\u001b[${CODES[style][0]}m${inner}\u001b[${CODES[style][1]}m`, text)

/** How text is painted with colors, and without. */
export const paintOf = (color: boolean | undefined): Paint => (color ? colorPaint : plainPaint)

/** A terminal link (OSC 8). Only for addresses of our own: bytes outside printable ASCII are percent-encoded. */
export function hyperlink(text: string, url: string): string {
  const safe = encodeURI(url).replace(/[^\x21-\x7e]/g, '')
  return `\u001b]8;;${safe}\u001b\\${text}\u001b]8;;\u001b\\`
}
