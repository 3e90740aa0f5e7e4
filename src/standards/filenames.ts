/** File names of wheels and sdists, as packaging 26.4 reads them. */

import { fits } from '../text/ascii.js'
import { repr } from '../text/python.js'
import type { PackagingVersion } from './authorities.js'
import { attempt, errorAt } from './error.js'
import { canonicalName } from './name.js'
import { parseTag, type TagSet } from './tags.js'
import { tryVersion, type Version } from './version.js'

/** `toString()` gives number and suffix. */
export interface BuildTag {
  readonly number: bigint
  readonly suffix: string
  toString(): string
}

export interface WheelFilename {
  /** Normalized; the written one need not be a valid name. */
  readonly name: string
  readonly version: Version
  readonly build: BuildTag | undefined
  readonly tags: TagSet
}

export interface SdistFilename {
  /** Normalized; the written one need not be a valid name. */
  readonly name: string
  readonly version: Version
}

const isWheelName = fits(/^[\w.]+$/, () => /^[\p{L}\p{N}_.]+$/u)
const BUILD = /^([0-9]+)(?![0-9])([^\n]*)$/

/**
 * Reads `name-version[-build]-python-abi-platform.whl`, in this case of letters.
 * @throws StandardsError when a part is missing or wrong.
 */
export function parseWheelFilename(filename: string): WheelFilename {
  const fail = (why: string, start: number, end: number, since?: PackagingVersion): never => {
    throw errorAt(`${why}: ${repr(filename)}`, filename, start, end, since)
  }
  const invalid = 'Invalid wheel filename'
  if (!filename.endsWith('.whl')) return fail(`${invalid} (extension must be '.whl')`, filename.length, filename.length)
  const stem = filename.slice(0, -'.whl'.length)
  const parts = stem.split('-')
  if (parts.length !== 5 && parts.length !== 6) return fail(`${invalid} (wrong number of parts)`, 0, stem.length)
  const [writtenName = '', writtenVersion = ''] = parts
  const writtenBuild = parts.length === 6 ? parts[2] : undefined
  if (writtenName.includes('__') || !isWheelName(writtenName))
    return fail('Invalid project name', 0, writtenName.length)
  let at = writtenName.length + 1
  const version = tryVersion(writtenVersion)
  if (version === undefined) return fail(`${invalid} (invalid version)`, at, at + writtenVersion.length)
  at += writtenVersion.length + 1
  const build = writtenBuild === undefined ? undefined : parseBuild(writtenBuild)
  if (writtenBuild !== undefined) {
    if (build === undefined) {
      // Before 26.4 a line feed ended the build number.
      const since = parseBuild(writtenBuild.replace(/\n.*/s, '')) === undefined ? undefined : '26.4'
      return fail('Invalid build number', at, at + writtenBuild.length, since)
    }
    at += writtenBuild.length + 1
  }
  const tags = attempt(parseTag, parts.slice(-3).join('-'))
  if (tags === undefined) return fail(`${invalid} (invalid tag component)`, at, stem.length)
  return { name: canonicalName(writtenName), version, build, tags }
}

function parseBuild(text: string): BuildTag | undefined {
  const [, digits, suffix = ''] = BUILD.exec(text) ?? []
  // Python converts no longer text to a number.
  if (digits === undefined || digits.length > 4300) return undefined
  const number = BigInt(digits)
  return { number, suffix, toString: () => `${number}${suffix}` }
}

/**
 * Reads `name-version.tar.gz` or `.zip`, in this case of letters; the last `-` divides.
 * @throws StandardsError when a part is missing or the version is none.
 */
export function parseSdistFilename(filename: string): SdistFilename {
  const fail = (why: string, start: number, end: number): never => {
    throw errorAt(`Invalid sdist filename${why}: ${repr(filename)}`, filename, start, end)
  }
  const suffix = ['.tar.gz', '.zip'].find(ending => filename.endsWith(ending))
  if (suffix === undefined) return fail(" (extension must be '.tar.gz' or '.zip')", filename.length, filename.length)
  const stem = filename.slice(0, -suffix.length)
  const dash = stem.lastIndexOf('-')
  if (dash < 0) return fail('', 0, stem.length)
  if (dash === 0) return fail(' (empty project name)', 0, 0)
  const version = tryVersion(stem.slice(dash + 1))
  if (version === undefined) return fail(' (invalid version)', dash + 1, stem.length)
  return { name: canonicalName(stem.slice(0, dash)), version }
}
