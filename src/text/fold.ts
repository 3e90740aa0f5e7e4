/**
 * One text for all paths that are the same on file systems that ignore case and Unicode normalization. That of macOS also takes
 * `ß` for `ss`, and all take the dotless `ı` for itself.
 */
export const foldPath = (path: string): string =>
  path
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^ı]+/g, part => part.toUpperCase())
    .toLowerCase()
    .normalize('NFC')
