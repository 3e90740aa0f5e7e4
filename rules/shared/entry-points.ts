/** First line of a text without its end, up to 1,000 characters. */
export const firstLine = (text: string | undefined): string | undefined => text?.slice(0, 1000).split(/[\r\n]/, 1)[0]
