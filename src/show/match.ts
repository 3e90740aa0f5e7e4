import { groupBy } from '../group-by.js'
import { basename } from '../platform/subject.js'
import { canonicalName } from '../standards/name.js'
import { compareCodeUnits } from '../wording.js'
import type { ShownDistribution, ShownFile } from './shown.js'

/** A file of each side. */
export interface Pair {
  readonly old: ShownFile
  readonly new: ShownFile
}

export interface Matched {
  readonly same: readonly Pair[]
  readonly changed: readonly Pair[]
  readonly renamed: readonly Pair[]
  readonly added: readonly ShownFile[]
  readonly removed: readonly ShownFile[]
}

interface Keyed {
  readonly file: ShownFile
  readonly key: string
}

/**
 * Which file of the one is which of the other: by place, without what differs with the version; then by name, without what
 * differs with a build; then by content. Both sides are treated alike.
 */
export function matchFiles(before: ShownDistribution, after: ShownDistribution): Matched {
  const [olds, news] = keysOf(before, after)
  const pairs: Pair[] = []
  let rest = pairBy(olds, news, ({ key }) => key, pairs)
  rest = pairBy(rest.old, rest.new, ({ key }) => stemOf(key), pairs)
  const renamed: Pair[] = []
  const contentOf = ({ file }: Keyed) => (file.size > 0 && file.sha256 !== undefined ? file.sha256 : undefined)
  // Of several with the same content, those with the same name belong together.
  rest = pairBy(rest.old, rest.new, one => join(contentOf(one), basename(one.key)), renamed)
  rest = pairBy(rest.old, rest.new, contentOf, renamed)
  return {
    same: pairs.filter(isSame),
    changed: pairs.filter(pair => !isSame(pair)),
    renamed,
    added: rest.new.map(({ file }) => file),
    removed: rest.old.map(({ file }) => file),
  }
}

const join = (a: string | undefined, b: string) => (a === undefined ? undefined : `${a}\0${b}`)

const isSame = ({ old, new: now }: Pair): boolean =>
  old.type === now.type && old.link === now.link && old.size === now.size && old.sha256 === now.sha256

/** Pairs those of one key in the order of their paths; what is left is left. */
function pairBy(
  olds: readonly Keyed[],
  news: readonly Keyed[],
  keyOf: (keyed: Keyed) => string | undefined,
  pairs: Pair[],
): { readonly old: readonly Keyed[]; readonly new: readonly Keyed[] } {
  const byKey = groupBy(news, keyOf)
  const taken = new Set<Keyed>()
  for (const [key, list] of groupBy(olds, keyOf)) {
    const others = key === undefined ? undefined : byKey.get(key)
    if (!others) continue
    const [a, b] = [inOrder(list), inOrder(others)]
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const [old, now] = [a[i], b[i]]
      if (!old || !now) continue
      pairs.push({ old: old.file, new: now.file })
      taken.add(old)
      taken.add(now)
    }
  }
  return { old: olds.filter(one => !taken.has(one)), new: news.filter(one => !taken.has(one)) }
}

const inOrder = (list: readonly Keyed[]) => [...list].sort((a, b) => compareCodeUnits(a.file.path, b.file.path))

/** Without the hash of a repair tool, the versions of a library and the tags of an extension module. */
export function stemOf(key: string): string {
  const base = basename(key)
  if (base.length > 255 || !/\.(?:so|dylib|dll|pyd)(?:\.|$)/i.test(base)) return key
  const stem = base
    .replace(/-[0-9a-f]{8,64}(?=[.-])/g, '')
    .replace(/\.(?:cpython-|cp\d|abi3t?|pypy\d|graalpy\d)[^/]*(?=\.(?:so|pyd)$)/, '')
    .replace(/\.abi3t?(?=\.so$)/, '')
    .replace(/(?<=\.so)(?:\.[0-9]+)+$/, '')
    .replace(/(?:[.-][0-9]+)+(?=\.(?:dylib|dll|so)$)/, '')
  return key.slice(0, key.length - base.length) + stem
}

function keysOf(before: ShownDistribution, after: ShownDistribution): readonly [readonly Keyed[], readonly Keyed[]] {
  const isFile = ({ type }: ShownFile) => type !== 'directory'
  const [olds, news] = [before.files.filter(isFile), after.files.filter(isFile)]
  if (before.kind === after.kind) return [olds.map(keyer(before)), news.map(keyer(after))]
  const wheel = before.kind === 'wheel' ? before : after
  const moved = sdistKeyer(before.kind === 'wheel' ? after : before, wheel)
  const ofWheel = wheelAsSdist(wheel)
  return before.kind === 'wheel' ? [olds.map(ofWheel), news.map(moved)] : [olds.map(moved), news.map(ofWheel)]
}

/** `name-1.0.dist-info/METADATA` → `name-*.dist-info/METADATA`; the top directory of an sdist is left out. */
function keyer({ kind, project, version, metadataFolder }: ShownDistribution): (file: ShownFile) => Keyed {
  const known = new Map<string, string>()
  const name = canonicalName(project ?? '')
  const versioned = canonicalName(`${name}-${version ?? ''}`)
  /** A part of a path that is name and version, without the version. */
  const part = (text: string): string => {
    if (text === metadataFolder) return `${name}-*.dist-info`
    const end = text.length > 255 ? '' : text.replace(/\.(?:dist-info|data|egg-info)$/, '')
    return canonicalName(end) === versioned && end !== '' ? `${name}-*${text.slice(end.length)}` : text
  }
  const cached = (text: string): string => {
    const key = known.get(text) ?? part(text)
    known.set(text, key)
    return key
  }
  return file => {
    const path = kind === 'sdist' && metadataFolder !== null ? below(file.path, metadataFolder) : file.path
    return { file, key: path.split('/').map(cached).join('/') }
  }
}

const below = (path: string, folder: string): string =>
  path.replace(/^(?:\.\/)+/, '').startsWith(`${folder}/`)
    ? path.replace(/^(?:\.\/)+/, '').slice(folder.length + 1)
    : path

/** The places of a wheel as an sdist has them. */
function wheelAsSdist({ metadataFolder }: ShownDistribution): (file: ShownFile) => Keyed {
  return file => {
    const inside = metadataFolder === null ? file.path : below(file.path, metadataFolder)
    if (inside === file.path) return { file, key: file.path.replace(/^[^/]+\.data\/(?:purelib|platlib)\//, '') }
    if (inside === 'METADATA') return { file, key: 'PKG-INFO' }
    return { file, key: inside.startsWith('licenses/') ? inside.slice('licenses/'.length) : `dist-info ${inside}` }
  }
}

/** Folders that an sdist may have its packages in. */
const DEEPEST = 4

/** The places of an sdist as a wheel has them: packages may be in `src/` or elsewhere. */
function sdistKeyer(
  { files, metadataFolder }: ShownDistribution,
  wheel: ShownDistribution,
): (file: ShownFile) => Keyed {
  const paths = new Set(wheel.files.map(({ path }) => path))
  const inner = (path: string) => (metadataFolder === null ? path : below(path, metadataFolder))
  const found = new Map<string, number>()
  for (const { path } of files) {
    const parts = inner(path).split('/')
    for (let depth = 0; depth <= Math.min(DEEPEST, parts.length - 1); depth++)
      if (paths.has(parts.slice(depth).join('/'))) {
        const prefix = parts
          .slice(0, depth)
          .map(part => `${part}/`)
          .join('')
        found.set(prefix, (found.get(prefix) ?? 0) + 1)
      }
  }
  // The one with most of the wheel's files comes first.
  const prefixes = [...found].sort((a, b) => b[1] - a[1] || compareCodeUnits(a[0], b[0])).map(([prefix]) => prefix)
  return file => {
    const path = inner(file.path)
    for (const prefix of prefixes)
      if (path.startsWith(prefix) && paths.has(path.slice(prefix.length)))
        return { file, key: path.slice(prefix.length) }
    return { file, key: path }
  }
}
