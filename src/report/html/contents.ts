import type { Sdist, Wheel } from '../../distribution/distribution.js'
import { bundledIn, shownOf } from '../../show/show.js'
import type { ShownDistribution, ShownNative } from '../../show/shown.js'
import { detached } from '../../text/detached.js'
import { compareCodeUnits, list, plural } from '../../wording.js'
import { FORMAT_WORDS } from '../native-words.js'
import { type Contents, KINDS, type Members, type Native, type Row } from './data.js'

/** Members of one archive that are listed, the largest first; of the others there are the sums. */
const MOST_MEMBERS = 30_000
const MOST_ROWS = 1000
const MOST_LIBRARIES = 200
const LONGEST_PATH = 500
const LONGEST_VALUE = 2000
const LONGEST_DESCRIPTION = 400_000

/** What the page shows of a wheel or an sdist: small enough to be kept for every file of a release. */
export function contentsOf(subject: Wheel | Sdist): Contents {
  const shown = shownOf(subject, { problems: [] })
  if (shown.kind === 'unknown') throw new TypeError('a wheel or an sdist was read')
  const { description, tags, pythons, weight, natives, entryPoints, licenses, sboms } = shown
  return {
    members: membersOf(shown, bundledIn(subject, natives)),
    unpacked: weight.total,
    count: weight.files,
    natives: natives.slice(0, MOST_ROWS).map(nativeOf),
    tags: tags && {
      meaning: tags.meaning,
      each: rows([...tags.python, ...tags.abi, ...tags.platform], ({ tag, meaning }) => [tag, meaning]),
    },
    pythons: pythons ?? undefined,
    metadata: rows(
      (subject.metadata?.fields ?? []).filter(({ field }) => field !== 'Description'),
      ({ field, value }) => [field, value],
    ),
    entryPoints: rows(entryPoints, ({ group, name, target }) => [group, `${name} = ${target}`]),
    licenses: rows(licenses.files, ({ path, licenses: ids }) => [
      path,
      ids.length === 0 ? 'not recognized' : list(ids.map(one => one.join(' or '))),
    ]),
    components: rows(
      sboms.flatMap(({ components }) => components),
      ({ name, version, purl }) => [name, [version, purl].filter(text => text !== undefined).join(', ')],
    ),
    description: description
      ? { type: description.contentType, text: cut(description.text, LONGEST_DESCRIPTION) }
      : undefined,
  }
}

const cut = (text: string, most: number): string => detached(text.length > most ? `${text.slice(0, most)}…` : text)

const rows = <T>(all: readonly T[], row: (one: T) => Row): readonly Row[] =>
  all.slice(0, MOST_ROWS).map(one => {
    const [label, text] = row(one)
    return [cut(label, LONGEST_PATH), cut(text, LONGEST_VALUE)]
  })

function membersOf({ files, natives }: ShownDistribution, bundled: ReadonlySet<string>): Members {
  const all = files.filter(({ type }) => type === 'file')
  const bySize = all.length > MOST_MEMBERS ? all.toSorted((a, b) => b.size - a.size) : all
  const listed = bySize.slice(0, MOST_MEMBERS).sort((a, b) => compareCodeUnits(a.path, b.path))
  const rest = bySize.slice(MOST_MEMBERS)
  const debug = new Map(natives.filter(({ debugSize }) => debugSize > 0).map(one => [one.path, one.debugSize]))
  const sum = (key: 'size' | 'compressedSize') => rest.reduce((total, one) => total + one[key], 0)
  return {
    paths: listed.map(({ path }) => cut(path, LONGEST_PATH)),
    sizes: listed.map(({ size }) => size),
    packed: listed.map(({ compressedSize }) => compressedSize),
    kinds: listed.map(({ path, kind }) => KINDS.indexOf(bundled.has(path) ? 'bundled' : kind)),
    debug: listed.flatMap(({ path }, index) => {
      const bytes = debug.get(path)
      return bytes === undefined ? [] : [[index, bytes] as const]
    }),
    ...(rest.length > 0 && { more: { count: rest.length, size: sum('size'), packed: sum('compressedSize') } }),
  }
}

function nativeOf(native: ShownNative): Native {
  const { path, role, format, architectures, minimumOs, libraries, debugSize } = native
  return {
    path: cut(path, LONGEST_PATH),
    role,
    about: [
      FORMAT_WORDS[format],
      architectures.join(' and '),
      minimumOs ?? '',
      libraries.length > MOST_LIBRARIES ? plural(libraries.length, 'library', 'libraries') : '',
    ]
      .filter(text => text !== '')
      .join(', '),
    debug: debugSize,
    libraries: libraries.slice(0, MOST_LIBRARIES).map(library => ({
      name: cut(library.name, LONGEST_PATH),
      from: library.from,
      path: library.path,
      distribution: library.distribution,
      extra: library.extra,
      version: library.version,
      symbols: library.symbols?.slice(0, 20),
      optional: library.optional,
    })),
  }
}
