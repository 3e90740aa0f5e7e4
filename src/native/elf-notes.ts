import type { Image, Range } from './image.js'

const MOST_NOTES = 1000
const LARGEST = 1024 * 1024
const GNU_PROPERTY_TYPE = 5
const X86_ISA_NEEDED = 0xc0008002

export interface ElfNotes {
  readonly isaNeeded: number
  readonly androidApi: number | undefined
}

/** The notes that rules ask about: x86 ISA property (x86-64 psABI) and Android's API level (bionic, `.note.android.ident`). */
export function elfNotes(image: Image, header: { is64: boolean; little: boolean }, places: readonly Range[]): ElfNotes {
  const { is64, little } = header
  let isaNeeded = 0
  let androidApi: number | undefined
  let left = MOST_NOTES
  for (const place of places.slice(0, 64)) {
    const end = place.offset + Math.min(place.length, LARGEST)
    if (!image.has(place.offset, end - place.offset) || !image.want(place.offset, end - place.offset)) continue
    let at = place.offset
    while (at + 12 <= end && left-- > 0) {
      const nameSize = image.u32(at, little)
      const size = image.u32(at + 4, little)
      const type = image.u32(at + 8, little)
      const content = at + 12 + aligned(nameSize, 4)
      if (content + size > end) break
      const name = image.text(at + 12, Math.min(nameSize, 16))
      if (name === 'Android' && type === 1 && size >= 4) androidApi ??= image.u32(content, little)
      if (name === 'GNU' && type === GNU_PROPERTY_TYPE) isaNeeded |= isaProperty(content, size)
      at = content + aligned(size, name === 'GNU' && type === GNU_PROPERTY_TYPE && is64 ? 8 : 4)
    }
  }
  return { isaNeeded, androidApi }

  function isaProperty(start: number, size: number): number {
    let bits = 0
    for (let at = start; at + 8 <= start + size && left-- > 0; ) {
      const length = image.u32(at + 4, little)
      if (image.u32(at, little) === X86_ISA_NEEDED && length >= 4) bits |= image.u32(at + 8, little)
      at += 8 + aligned(length, is64 ? 8 : 4)
    }
    return bits
  }
}

const aligned = (size: number, to: number) => Math.ceil(size / to) * to
