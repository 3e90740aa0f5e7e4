import type { Wheel } from '../distribution/distribution.js'
import type { NativeFile } from '../native/file.js'
import { oncePer } from '../once.js'
import { parsePython } from '../python/parse.js'
import type { Statement } from '../python/tree.js'
import { blocksOf, expressionsIn, ownExpressions } from '../python/walk.js'
import { basename, hasEntryPoint, nativeSubject } from './subject.js'

/** Bytes of Python that are read for one library, the most functions that are followed, and how far. */
const MOST_READ = 24 * 1024 * 1024
const MOST_NAMES = 100
const MOST_ROUNDS = 8
/** Libraries that are asked about in one wheel, and bytes that are parsed for all of them. */
const MOST_LIBRARIES = 60
const MOST_PARSED = 24 * 1024 * 1024

/**
 * Is a library opened by its path, by functions that no module calls while it is imported, in a package that opens another
 * one then? Who imports the package does not need it.
 */
export function isOpenedLate(wheel: Wheel, file: NativeFile): boolean {
  const { when, libraries } = openings(wheel)
  return when(file) === 'late' && libraries.some(other => other !== file && when(other) === 'import')
}

/** Is a library of the wheel in the process already under the very name that others need it by, because Python code opened it by its path? */
export const isLoadedUnder = (wheel: Wheel, name: string): boolean =>
  openings(wheel).libraries.some(
    file =>
      (file.format === 'elf'
        ? file.soname === name
        : file.format === 'macho' && file.slices.every(({ id }) => id === name)) &&
      openings(wheel).when(file) === 'import',
  )

type When = 'import' | 'late' | 'unknown'

const openings = oncePer((wheel: Wheel) => {
  const libraries = nativeSubject(wheel)
    .loadable.filter(file => !hasEntryPoint(file))
    .slice(0, MOST_LIBRARIES)
  const known = new Map<NativeFile, When>()
  let left = MOST_PARSED
  const parse = (text: string): readonly Statement[] | undefined => {
    left -= text.length
    if (left < 0) return undefined
    const { body, unread } = parsePython(text)
    return unread === undefined ? body : undefined
  }
  const when = (file: NativeFile): When => {
    const found = known.get(file) ?? whenOpened(wheel, stemOf(file), parse)
    known.set(file, found)
    return found
  }
  return { libraries, when }
})

/** `demo/libdemo_heic.so.1` → `libdemo_heic`. */
const stemOf = ({ path }: NativeFile): string => basename(path).split('.', 1)[0] ?? ''

function whenOpened(wheel: Wheel, stem: string, parse: (text: string) => readonly Statement[] | undefined): When {
  if (stem.length < 5) return 'unknown'
  const names = new Set<string>()
  for (let [round, count] = [0, -1]; count < names.size; round++) {
    count = names.size
    let left = MOST_READ
    if (round > MOST_ROUNDS) return 'unknown'
    for (const file of wheel.python.values()) {
      left -= file.size
      if (left < 0 || file.cut || names.size > MOST_NAMES) return 'unknown'
      const { text } = file
      if (![stem, ...names].some(word => text.includes(word))) continue
      const body = parse(text)
      if (!body) return 'unknown'
      for (const { inside } of mentions(body, stem, names)) {
        if (inside.length === 0) return 'import'
        for (const name of inside) names.add(name)
      }
    }
  }
  return names.size > 0 ? 'late' : 'unknown'
}

interface Mention {
  /** The functions that it is in; instead of a method that Python itself calls, the class. */
  readonly inside: readonly string[]
}

/** Where a library is named in a string, or one of these functions. Documentation is none, and no import is. */
function* mentions(whole: readonly Statement[], stem: string, names: ReadonlySet<string>): Generator<Mention> {
  const left: (Mention & { readonly body: readonly Statement[]; readonly owner?: string | undefined })[] = [
    { body: whole, inside: [] },
  ]
  for (let next = left.pop(); next; next = left.pop()) {
    const { body, inside, owner } = next
    for (const one of body) {
      const isText = one.kind === 'expression' && one.value.kind === 'string'
      for (const part of isText ? [] : expressionsIn(...ownExpressions(one)))
        if (
          (part.kind === 'string' && part.value?.includes(stem) === true) ||
          ((part.kind === 'name' || part.kind === 'attribute') && names.has(part.name))
        )
          yield { inside }
      const isSpecial = one.kind === 'def' && /^__\w+__$/.test(one.name)
      const within = one.kind === 'def' ? [...inside, isSpecial && owner ? owner : one.name] : inside
      for (const block of blocksOf(one))
        left.push({ body: block, inside: within, owner: one.kind === 'class' ? one.name : owner })
    }
  }
}
