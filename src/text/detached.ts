/** The same text, in memory of its own: a part of a file's text would keep the whole of it for as long as the report lives. */
export const detached = (text: string): string => ` ${text}`.slice(1)
