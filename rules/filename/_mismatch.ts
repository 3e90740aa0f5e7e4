import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'

/** Where Name or Version of the metadata differ from the file name. */
export function* filenameMismatches({ name, metadata }: Wheel | Sdist): Generator<Draft> {
  // Without a version the file name cannot be divided, which is the business of another rule.
  if (!name || !metadata || !tryVersion(name.version)) return
  const [named] = metadata.all('Name')
  const [versioned] = metadata.all('Version')
  if (named && canonicalName(named.value.trim()) !== canonicalName(name.name))
    yield finding(named, `The metadata has the name ${quote(named.value)}, but the file name has ${quote(name.name)}.`)
  if (!versioned) return
  const [told, written] = [tryVersion(versioned.value), tryVersion(name.version)]
  if (told && (!written || compareVersions(told, written) !== 0))
    yield finding(
      versioned,
      `The metadata has the version ${quote(versioned.value)}, but the file name has ${quote(name.version)}.`,
    )
}
