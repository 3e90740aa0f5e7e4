const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
)

/** Keywords of Python 3, which cannot be identifiers. */
export const isKeyword = (text: string): boolean => KEYWORDS.has(text)

/** First line of a text without its end, up to 1,000 characters. */
export const firstLine = (text: string | undefined): string | undefined => text?.slice(0, 1000).split(/[\r\n]/, 1)[0]
