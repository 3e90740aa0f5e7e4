import { compareVersions, tryVersion } from '../standards/version.js'
import type { Distribution, Release, Sdist, VariantsJson, Wheel } from './distribution.js'

/** Groups files of one project by equal PEP 440 version, in the order of the first file of each. */
export function releasesOf(distributions: readonly Distribution[]): readonly Release[] {
  const groups: { name: string; version: string; opened: (Wheel | Sdist)[]; variants: VariantsJson[] }[] = []
  const groupOf = (name: string, version: string) => {
    const found = groups.find(group => group.name === name && sameVersion(group.version, version))
    if (found) return found
    const group = { name, version, opened: [], variants: [] }
    groups.push(group)
    return group
  }
  for (const one of distributions) {
    // A source tree is no file of a release.
    if ('tree' in one && one.tree) continue
    if (one.kind === 'wheel' || one.kind === 'sdist') {
      if (one.project !== undefined && one.version !== undefined) groupOf(one.project, one.version).opened.push(one)
    } else if (one.kind === 'variants-json') {
      if (one.project !== undefined && one.version !== undefined) groupOf(one.project, one.version).variants.push(one)
    }
  }
  const others = distributions.filter(one => one.kind === 'unknown')
  const unread = others.some(({ looksLike }) => looksLike === 'unreadable')
  const shown = (version: string) => tryVersion(version)?.toString() ?? version
  return groups.map(({ name, version, opened, variants }) => ({
    kind: 'release',
    name,
    version: shown(version),
    distributions: opened,
    wheels: opened.filter(one => one.kind === 'wheel'),
    sdists: opened.filter(one => one.kind === 'sdist'),
    variantsJson: variants,
    companions: others.filter(({ companion }) => opened.some(({ filename }) => filename === companion?.of)),
    unread,
    otherVersions: groups
      .filter(group => group.name === name && group.version !== version)
      .map(group => shown(group.version)),
  }))
}

/**
 * The release of the same project that this one is compared with: the last one before it, else the highest other version,
 * else the same version.
 */
export function baselineOf(release: Release, candidates: readonly Release[]): Release | undefined {
  const rank = ({ version }: Release) => {
    const [own, other] = [tryVersion(release.version), tryVersion(version)]
    if (own === undefined || other === undefined) return version === release.version ? 0 : 1
    const order = compareVersions(other, own)
    return order < 0 ? 2 : order > 0 ? 1 : 0
  }
  const higher = (a: Release, b: Release) => {
    const [x, y] = [tryVersion(a.version), tryVersion(b.version)]
    return x !== undefined && y !== undefined && compareVersions(x, y) > 0
  }
  return candidates
    .filter(({ name, distributions }) => name === release.name && distributions.length > 0)
    .reduce<Release | undefined>((best, one) => {
      if (best === undefined || rank(one) > rank(best)) return one
      return rank(one) === rank(best) && higher(one, best) ? one : best
    }, undefined)
}

function sameVersion(a: string, b: string): boolean {
  if (a === b) return true
  const [x, y] = [tryVersion(a), tryVersion(b)]
  return x !== undefined && y !== undefined && compareVersions(x, y) === 0
}
