const MARKERS = /^<{7} [^\n]*\n(?:(?!<{7} |>{7} |={7}\r?\n)[^\n]*\n)*={7}\r?\n(?:(?!<{7} |>{7} )[^\n]*\n)*>{7} /m

/** The line where the conflict markers of a merge begin. */
export function conflictIn(text: string): number | undefined {
  if (!text.includes('<<<<<<< ')) return undefined
  const at = MARKERS.exec(text)?.index
  return at === undefined ? undefined : text.slice(0, at).split('\n').length
}
