/** What the files of a build say is to be left out, read from their text: each word under a key for that counts. */

/** `exclude = …`, `exclude_package_data={…}`, `source-include = …` with the lines of a list, a table or an indented value. */
const KEY =
  /\b(?:[\w-]{0,40}exclude[\w-]{0,40}|source-includes?|sdist-include)["']?\s*[=:]\s*((?:[[({][^\])}]{0,2000})|(?:[^\n]*(?:\n[ \t]+[^\n]*){0,100}))/g
/** `[tool.setuptools.exclude-package-data]`, to the next table. */
const TABLE =
  /^[ \t]*\[[^\]\n]{0,200}exclude[^\]\n]{0,200}\][^\n]*\n((?:(?![ \t]*\[[\w"'. -]+\][ \t]*$)[^\n]*\n){0,100})/gm
const MANIFEST = /^[ \t]*(?:exclude|recursive-exclude|global-exclude|prune)[ \t]+([^\n]{1,2000})$/gm
const WORD = /[\w.*/\\-]{2,200}/g
const MOST = 500

export function exclusionsIn(texts: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const text of texts)
    for (const pattern of [KEY, TABLE, MANIFEST])
      for (const [, value = ''] of text.matchAll(pattern)) for (const [word] of value.matchAll(WORD)) found.add(word)
  return [...found].slice(0, MOST)
}
