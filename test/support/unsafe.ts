/** What no output may have: controls, invisible and reordering characters, and commands of CI runners. */
export const CHARACTERS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/u

const ANYWHERE = /##(?:vso|teamcity)?\[|section_(?:start|end):/i
const AT_LINE_START = /^[\s\ufeff]*::(?!(?:error|warning|notice|group|endgroup)(?:::| file=| title=))/mu

/** The first problem with the text around it; undefined when there is none. `commands`: the output's own commands are fine. */
export function unsafeIn(output: string): string | undefined {
  for (const pattern of [CHARACTERS, ANYWHERE, AT_LINE_START]) {
    const found = pattern.exec(output)
    if (found)
      return `${pattern.source.slice(0, 20)}… matches ${JSON.stringify(output.slice(Math.max(0, found.index - 40), found.index + 40))}`
  }
  return undefined
}
