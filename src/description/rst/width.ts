// East Asian width (Unicode Standard Annex #11), on which titles and tables depend.

const WIDE =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f004}\u{1f0cf}\u{1f18e}\u{1f191}-\u{1f19a}\u{1f200}-\u{1f320}\u{1f32d}-\u{1f335}\u{1f337}-\u{1f37c}\u{1f37e}-\u{1f393}\u{1f3a0}-\u{1f3ca}\u{1f3cf}-\u{1f3d3}\u{1f3e0}-\u{1f3f0}\u{1f3f4}\u{1f3f8}-\u{1f43e}\u{1f440}\u{1f442}-\u{1f4fc}\u{1f4ff}-\u{1f53d}\u{1f54b}-\u{1f54e}\u{1f550}-\u{1f567}\u{1f57a}\u{1f595}\u{1f596}\u{1f5a4}\u{1f5fb}-\u{1f64f}\u{1f680}-\u{1f6c5}\u{1f6cc}\u{1f6d0}-\u{1f6d2}\u{1f6d5}-\u{1f6d7}\u{1f6dd}-\u{1f6df}\u{1f6eb}\u{1f6ec}\u{1f6f4}-\u{1f6fc}\u{1f7e0}-\u{1f7eb}\u{1f7f0}\u{1f90c}-\u{1f93a}\u{1f93c}-\u{1f945}\u{1f947}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
/** Wide in some versions of Unicode only, or in scripts that are not worth a table. */
const DOUBTFUL = /[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\u{16000}-\u{1efff}\u{1f6dc}\u{1fa70}-\u{1faff}]/u
/** Marks may take no column; variation selectors take one. */
const COMBINING = /(?![\ufe00-\ufe0f])\p{M}/u
const ASCII = /^[ -~]*$/

const isAscii = (text: string) => ASCII.test(text)

/** The least and the greatest number of columns that a text can take. */
export function columns(text: string): readonly [least: number, most: number] {
  if (isAscii(text)) return [text.length, text.length]
  let least = 0
  let most = 0
  for (const char of text) {
    const isDoubtful = DOUBTFUL.test(char)
    const width = WIDE.test(char) || isDoubtful ? 2 : 1
    most += width
    least += COMBINING.test(char) ? 0 : isDoubtful ? 1 : width
  }
  return [least, most]
}

/** The text one column an entry: a wide character takes two, of which the second is empty. Undefined when in doubt. */
export function inColumns(text: string): readonly string[] | undefined {
  if (isAscii(text)) return text.split('')
  const cells: string[] = []
  for (const char of text) {
    if (DOUBTFUL.test(char) || COMBINING.test(char) || char === '\u3000') return undefined
    cells.push(char)
    if (WIDE.test(char)) cells.push('')
  }
  return cells
}
