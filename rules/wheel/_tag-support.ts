import { compareVersions, type PlatformTag, parsePlatformTag } from '../../src/platform/platform-tag.js'
import type { Tag } from '../../src/standards/tags.js'
import { cp3Minor } from '../../src/views/tags.js'

/** A tag with its platform parsed. */
export interface ReadTag extends Tag {
  readonly parsed: PlatformTag | undefined
}

export const readTag = (tag: Tag): ReadTag => ({ ...tag, parsed: parsePlatformTag(tag.platform) })

/** Kinds of machines that a tag can be installed on: the architectures of a macOS tag, and one for any other tag. */
export const machinesOf = ({ parsed }: ReadTag): readonly (string | undefined)[] =>
  parsed?.os === 'macos' ? parsed.archs : [undefined]

/**
 * Does every interpreter that accepts `named`, on this kind of machine, also accept `told`? `oldest` is the lowest
 * minor version of Python 3 that may install the distribution.
 */
export const serves = (told: ReadTag, named: ReadTag, machine: string | undefined, oldest: number): boolean =>
  servesInterpreter(told, named, oldest) && servesPlatform(told, named, machine)

/** Are both for the same interpreter and kind of system, and differ only in its version? */
export function areSiblings(a: ReadTag, b: ReadTag): boolean {
  if (a.interpreter !== b.interpreter || a.abi !== b.abi || !a.parsed || a.parsed.os !== b.parsed?.os) return false
  const system = ({ parsed }: ReadTag) =>
    parsed?.os === 'linux'
      ? `${parsed.libc} ${parsed.arch}`
      : parsed?.os === 'macos'
        ? parsed.archs.join()
        : parsed?.tag
  return system(a) === system(b)
}

function servesInterpreter(told: Tag, named: Tag, oldest: number): boolean {
  if (told.interpreter === named.interpreter && told.abi === named.abi) return true
  // An abi3 wheel also supports every later version.
  const exact = named.interpreter.startsWith('cp') && !named.abi.startsWith('abi3')
  if (told.abi === 'none') {
    if (told.interpreter === 'py3') return true
    const from = /^py3([0-9]{1,3})$/.exec(told.interpreter)?.[1]
    const minor = /^[a-z]+3([0-9]{1,3})$/.exec(named.interpreter)?.[1] ?? oldest
    if (from !== undefined) return Number(from) <= Number(minor)
    return told.interpreter === named.interpreter && (exact || !named.interpreter.startsWith('cp'))
  }
  const minor = cp3Minor(named.interpreter)
  const from = cp3Minor(told.interpreter)
  if (told.abi === 'abi3' || told.abi === 'abi3t') {
    if (minor === undefined || from === undefined || from > minor) return false
    if (told.abi === 'abi3t') return named.abi === 'abi3t' || named.abi === `cp3${minor}t`
    return named.abi === 'none' || named.abi === 'abi3' || named.abi === `cp3${minor}`
  }
  return (
    told.interpreter === named.interpreter && named.abi === 'none' && (exact || !named.interpreter.startsWith('py'))
  )
}

/** On Apple silicon no macOS is older, and no tag for arm64 alone. */
const SILICON = [11, 0] as const

function servesPlatform(told: ReadTag, named: ReadTag, machine: string | undefined): boolean {
  if (told.platform === named.platform || told.platform === 'any') return true
  const [a, b] = [told.parsed, named.parsed]
  if (!a || !b) return false
  if (a.os === 'linux' && b.os === 'linux')
    return (
      a.arch === b.arch &&
      (a.libc === undefined ? b.libc !== undefined : a.libc === b.libc && compareVersions(a.version, b.version) <= 0)
    )
  if (a.os === 'macos' && b.os === 'macos') {
    if (machine === undefined || !a.archs.includes(machine)) return false
    const silicon = machine === 'arm64'
    if (silicon && a.archs.length === 1 && compareVersions(a.version, SILICON) < 0) return false
    const from = silicon && compareVersions(b.version, SILICON) < 0 ? SILICON : b.version
    return compareVersions(a.version, from) <= 0
  }
  if (a.os === 'ios' && b.os === 'ios')
    return a.arch === b.arch && a.simulator === b.simulator && compareVersions(a.version, b.version) <= 0
  return a.os === 'android' && b.os === 'android' && a.abi === b.abi && a.api <= b.api
}
