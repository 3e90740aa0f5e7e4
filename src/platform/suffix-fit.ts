import { someQuoted } from '../wording.js'
import { abi3Floor } from './abi3.js'
import type { PlatformTag } from './platform-tag.js'
import { elfArchsOfTag } from './policy.js'
import type { NativeSubject } from './subject.js'
import type { ExtensionSuffix } from './suffix.js'

/** Why no interpreter of these tags looks for a file with this suffix, `is for …`; undefined when one does. */
export function suffixFault(
  suffix: ExtensionSuffix,
  { pythons, abis, platforms }: Pick<NativeSubject, 'pythons' | 'abis' | 'platforms'>,
): string | undefined {
  return abiFault(suffix, pythons, abis) ?? platformFault(suffix, platforms)
}

function abiFault(
  { abi, suffix }: ExtensionSuffix,
  pythons: readonly string[],
  abis: readonly string[],
): string | undefined {
  if (abi.kind === 'plain' || abis.length === 0 || abis.includes('none')) return undefined
  const tagged = `but the wheel is tagged ${someQuoted(abis)}`
  if (abi.kind === 'cpython') {
    const wanted = [`cp${abi.version}${abi.flags}`]
    // On Windows the file name omits the `m` of 3.7 and before.
    if (suffix.endsWith('.pyd') && Number(abi.version) <= 37) wanted.push(`cp${abi.version}m`)
    return wanted.some(one => abis.includes(one)) ? undefined : `is for ${wanted[0]}, ${tagged}`
  }
  if (abi.kind === 'pypy')
    return abis.includes(`pypy${abi.version}_${abi.abi}`)
      ? undefined
      : `is for pypy${abi.version}_${abi.abi}, ${tagged}`
  if (abi.kind === 'graalpy')
    return abis.some(one => one.startsWith(`graalpy${abi.version}_`))
      ? undefined
      : `is for graalpy${abi.version}, ${tagged}`
  // Both builds of Python look for .abi3t.so, from 3.15 on (PEP 803).
  if (abi.name === 'abi3t')
    return abis.some(one => one === 'abi3t' || minorOf(one) >= 15) || (abi3Floor(pythons, abis) ?? 0) >= 15
      ? undefined
      : `is for abi3t, ${tagged}`
  if (abis.includes('abi3t') && suffix.startsWith('.abi3'))
    return `is for abi3, ${tagged}, whose modules end with .abi3t.so`
  // Free-threaded Python looks for .abi3.so up to 3.14 only.
  const found = abis.some(one => one === 'abi3' || (minorOf(one) >= 2 && !(one.includes('t') && minorOf(one) >= 15)))
  return found ? undefined : `is for abi3, ${tagged}`
}

const minorOf = (abi: string) => Number(/^cp3(\d{1,2})[a-z]*$/.exec(abi)?.[1] ?? -1)

/** Builds for hard float may still omit that from the name. */
const namesFor = (arch: string): readonly string[] => {
  const archs = elfArchsOfTag(arch)
  return archs.includes('armv7l') ? [...archs, 'arm'] : archs
}

function platformFault({ platform, abi }: ExtensionSuffix, platforms: readonly PlatformTag[]): string | undefined {
  if (platform === undefined) return undefined
  const minor = abi.kind === 'cpython' ? Number(abi.version.slice(1)) : 99
  const fits = platforms.some(tag => {
    if (platform.os === undefined) return true
    if (tag.os !== platform.os) return false
    if (tag.os === 'linux') {
      if (platform.arch !== undefined && !namesFor(tag.arch).includes(platform.arch)) return false
      // Before 3.11 Python on musl called itself gnu too; PyPy still does.
      if (tag.libc === undefined || tag.libc === platform.libc || abi.kind === 'pypy' || abi.kind === 'graalpy')
        return true
      return tag.libc === 'musl' && minor < 11
    }
    if (tag.os === 'windows') return tag.arch === platform.arch
    if (tag.os === 'ios') return tag.simulator === platform.simulator
    if (tag.os === 'android')
      return (
        platform.arch === undefined || platform.arch === tag.arch || (tag.arch === 'arm' && platform.arch === 'armv7l')
      )
    return true
  })
  if (fits) return undefined
  return `is for ${platform.text}, but the wheel is tagged ${platforms
    .slice(0, 3)
    .map(tag => tag.tag)
    .join(', ')}`
}
