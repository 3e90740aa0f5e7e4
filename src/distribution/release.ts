import { compareVersions, tryVersion } from '../standards/version.js'
import type { Distribution, Release, Sdist, VariantsJson, Wheel } from './distribution.js'

const VARIANTS_NAME = /^(.+?)-([^-]+)-variants\.json$/

/** Groups by normalized project name and equal PEP 440 version, in the order of the first file of each. */
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
    if (one.kind === 'wheel' || one.kind === 'sdist') {
      if (one.project !== undefined && one.version !== undefined) groupOf(one.project, one.version).opened.push(one)
    } else if (one.kind === 'variants-json') {
      const [, name, version] = VARIANTS_NAME.exec(one.filename) ?? []
      if (name !== undefined && version !== undefined) groupOf(name.toLowerCase().replace(/[-_.]+/g, '-'), version).variants.push(one)
    }
  }
  return groups.map(({ name, version, opened, variants }) => ({
    kind: 'release',
    name,
    version: tryVersion(version)?.toString() ?? version,
    distributions: opened,
    wheels: opened.filter(one => one.kind === 'wheel'),
    sdists: opened.filter(one => one.kind === 'sdist'),
    variantsJson: variants,
  }))
}

function sameVersion(a: string, b: string): boolean {
  if (a === b) return true
  const [x, y] = [tryVersion(a), tryVersion(b)]
  return x !== undefined && y !== undefined && compareVersions(x, y) === 0
}
