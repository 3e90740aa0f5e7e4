/** The anchor that GitHub makes of a heading. Repeated ones are numbered by markdown-it-anchor, as GitHub does. */
export const githubSlug = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
