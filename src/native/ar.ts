import type { ArFile } from './file.js'
import type { Image } from './image.js'

const HEADER = 60
const TABLES: ReadonlySet<string> = new Set(['/', '//', '/SYM64/'])

/** Counts the members of an `ar` archive: a static or import library. */
export function parseAr(path: string, image: Image): ArFile {
  const problems: string[] = []
  const thin = image.u8(2) === 0x74
  let count = 0
  let at = 8
  while (image.has(at, HEADER)) {
    if (image.u8(at + 58) !== 0x60 || image.u8(at + 59) !== 0x0a) {
      if (image.want(at, HEADER)) problems.push(`member ${count} does not have a header`)
      break
    }
    const digits = image.text(at + 48, 10).trim()
    if (!/^\d{1,10}$/.test(digits)) {
      problems.push(`member ${count} does not have a size`)
      break
    }
    count++
    // A thin archive names its members' files; only the symbol and name tables (`/`, `//`) have content.
    const size = thin && !TABLES.has(image.text(at, 16).trim()) ? 0 : Number(digits)
    at += HEADER + size + (size % 2)
  }
  if (at > image.size + 1) problems.push('the last member is cut')
  return { format: 'ar', path, size: image.size, problems, debugSize: 0, thin, count }
}
