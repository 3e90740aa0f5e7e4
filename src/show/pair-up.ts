import { parseSdistName, parseWheelName } from '../distribution/filename.js'
import { groupBy } from '../group-by.js'
import { parsePlatformTag } from '../platform/platform-tag.js'
import { canonicalName } from '../standards/name.js'
import { compareCodeUnits } from '../wording.js'
import { systemOf } from './tags.js'

interface Named {
  readonly filename: string
}

/** Which file of one release is which of the other: by project, kind and tags, whatever their versions are. */
export function pairUp<T extends Named>(olds: readonly T[], news: readonly T[]) {
  const pairs: (readonly [T, T])[] = []
  const [first, second] = [olds[0], news[0]]
  if (first && second && olds.length === 1 && news.length === 1)
    return { pairs: [[first, second] as const], added: [], removed: [] }
  let left = { olds, news }
  for (const keyOf of [exactKey, systemKey]) {
    const byKey = groupBy(left.news, keyOf)
    const taken = new Set<T>()
    for (const [key, list] of groupBy(left.olds, keyOf)) {
      const others = byKey.get(key) ?? []
      if (key === undefined || list.length !== others.length) continue
      const [a, b] = [inOrder(list), inOrder(others)]
      for (const [i, old] of a.entries()) {
        const now = b[i]
        if (!now) continue
        pairs.push([old, now])
        taken.add(old)
        taken.add(now)
      }
    }
    left = { olds: left.olds.filter(one => !taken.has(one)), news: left.news.filter(one => !taken.has(one)) }
  }
  return { pairs, added: left.news, removed: left.olds }
}

const inOrder = <T extends Named>(list: readonly T[]) =>
  [...list].sort((a, b) => compareCodeUnits(a.filename, b.filename))

function exactKey({ filename }: Named): string | undefined {
  const wheel = parseWheelName(filename)
  if (wheel)
    return JSON.stringify([
      canonicalName(wheel.name),
      wheel.python,
      wheel.abi,
      [...wheel.platform].sort(),
      wheel.variant,
    ])
  const sdist = parseSdistName(filename)
  return sdist && JSON.stringify([canonicalName(sdist.name), 'sdist'])
}

/** The same where a wheel asks for another version of its system. */
function systemKey({ filename }: Named): string | undefined {
  const wheel = parseWheelName(filename)
  if (!wheel) return undefined
  const systems = wheel.platform.map(tag => {
    const parsed = parsePlatformTag(tag)
    // A wheel from before manylinux tags was for glibc too.
    if (parsed?.os === 'linux') return `linux ${parsed.libc === 'musl' ? 'musl' : ''} ${parsed.arch}`
    return parsed ? systemOf(parsed) : tag
  })
  return JSON.stringify([
    canonicalName(wheel.name),
    wheel.python,
    wheel.abi,
    [...new Set(systems)].sort(),
    wheel.variant,
  ])
}
