/** Ways in which a license text is copied. */

/** Breaks each paragraph anew. */
function rewrap(text: string, width: number): string {
  return text
    .split(/\n\s*\n/)
    .map(paragraph => {
      const lines: string[] = ['']
      for (const word of paragraph.trim().split(/\s+/)) {
        const line = lines.at(-1) ?? ''
        if (line !== '' && line.length + word.length >= width) lines.push(word)
        else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
      }
      return lines.join('\n')
    })
    .join('\n\n')
}

/** Puts another holder's copyright line at the top and wherever there was one. */
function anotherHolder(text: string): string {
  const line = 'Copyright (c) 2031 Jane Q. Doe <jane@jane-doe.dev>'
  const old = /^.*copyright (?:\(c\)|©|<|\[|\d{4}|yyyy).*$/gim
  return `${line}\n\n${text.replace(old, found => (found.length > 110 ? found : line))}`
}

export const DISGUISES: Readonly<Record<string, (text: string) => string>> = {
  'as it is': text => text,
  'rewrapped to 60 columns': text => rewrap(text, 60),
  'with another copyright line': anotherHolder,
  'on one line, with another copyright line': text => anotherHolder(text).replace(/\s+/g, ' '),
  'in a comment with hashes': text => rewrap(anotherHolder(text), 72).replace(/^/gm, '# '),
  'in a block comment': text =>
    `/*!\n${rewrap(anotherHolder(text), 90).replace(/^/gm, ' * ')}\n */\nexport const x = 1\n`,
  'in capitals': text => text.toUpperCase(),
}
