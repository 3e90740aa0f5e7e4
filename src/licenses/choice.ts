/** Versions of one license to choose from are no choice of licenses. */
const LATER =
  /\b(?:either )?(?:version [\w.]+ of the licen[cs]e,? )?(?:or,? )?\(?(?:at your (?:option|choice|discretion)\)?,?)? ?(?:or )?any (?:later|newer) version\b/g

/** What says, in lower case with single spaces, that one of several licenses is enough. */
const CHOICES: readonly RegExp[] = [
  /\b(?:dual|dually|double|triple|tri|multi|multiply)[- ]licen[cs]\w*\b(?! \(both)/,
  /\bdual (?:[\w.+/-]+ ){1,4}licen[cs]e/,
  /\b(?:under|of) (?:the )?(?:terms (?:and conditions )?of )?(?:either|any) (?:(?:one )?of )?(?:the )?(?:(?:two|three|four|following|these|above|above-listed) )*licen[cs]es?\b/,
  /\b(?:licensed|available|distributed|released|used|redistribute it and\/or modify it|choose) under (?:the )?(?:terms (?:and conditions )?of )?either\b/,
  /\bunder (?:the )?terms of either\b/,
  /\b(?:one|any) of the (?:two |three |following |these |above(?:-listed)? )+licen[cs]es?\b/,
  /\bchoice of (?:one of )?(?:(?:the|two|three|these|following|several) )*licen[cs]es?\b/,
  /\bat your (?:own )?(?:option|choice|discretion)\b/,
  /\byou (?:may|can|are free to) (?:choo?se|select|pick|elect)\b(?! (?:to distribute|to offer|to charge|any version))/,
  /\bboth in parallel\b/,
]

/** Does a text, but for license texts in it, let the reader choose among licenses? */
export function offersChoice(text: string): boolean {
  const plain = text
    .toLowerCase()
    .replace(/[*_"'`]|<[^<>]{0,200}>/g, '')
    .replace(/\s+/g, ' ')
    .replace(LATER, ' ')
  return CHOICES.some(pattern => pattern.test(plain))
}
