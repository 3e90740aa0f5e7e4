import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { declared } from './_declared.js'

/** Licenses that do not require their text, or that waive all rights. */
const FREE = /^(?:Unlicense|CC0-|0BSD|MIT-0|WTFPL|LicenseRef-|PD|BlueOak|CC-PDDC|Public)/i
const FREE_WORDS = /public domain|unlicense|\bcc0\b|zero-clause|no attribution|wtfpl|proprietary|other\/proprietary/i

/** Files that are a license, or contain one, by their names. */
const FILE =
  /(?:^|[/_.-])(?:licen[cs]es?|licen[cs]ing|copying|copyright|unlicense|notice|eula|legal|l?gpl|mit|bsd|apache)(?:[._/-]|[0-9]|$)/i
/** The license of what others wrote. */
const VENDORED = /\/(?:_?vendor(?:ed)?|third_?party|extern(?:als?)?|node_modules)\//i

/** The field that names a license that requires its text. */
export function demanding(dist: Wheel | Sdist) {
  const said = declared(dist)
  if (said) return [...said.ids].some(id => !FREE.test(id)) && !FREE_WORDS.test(said.value) ? said.at : undefined
  const classifiers = dist.metadata?.all('Classifier') ?? []
  const named = classifiers.filter(({ value }) => value.startsWith('License :: OSI Approved :: '))
  return named.some(({ value }) => FREE_WORDS.test(value)) ? undefined : named[0]
}

/** Is a file, by its path with `/` before it, one with a license of the project? */
export const isLicenseFile = (path: string): boolean => !VENDORED.test(path) && FILE.test(path)
