import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { texts } from '../../src/views/pyproject.js'
import { declared } from './_declared.js'

/** Licenses that do not require their text, or that waive all rights. */
const FREE = /^(?:Unlicense|CC0-|0BSD|MIT-0|WTFPL|LicenseRef-|PD|BlueOak|CC-PDDC|Public)/i
const FREE_WORDS = /public domain|unlicense|\bcc0\b|zero-clause|no attribution|wtfpl|proprietary|other\/proprietary/i

/** Words for licenses that require their text, where they do not say which exactly. */
const NAMED =
  /\b(?:mit|bsd|apache|[al]?gpl(?:v?[23])?|gnu|mozilla|mpl|isc|eclipse|epl|eupl|cecill|zlib|boost|artistic|cddl|osl|zope|zpl)\b/i
/** A License that is longer is the text itself, or explains. */
const LONGEST = 100

/** Files that are a license, or contain one, by their names. */
const FILE =
  /(?:^|[_.-])(?:licen[cs]es?|licen[cs]ing|copying|copyright|unlicense|notice|eula|legal|l?gpl|mit|bsd|apache)(?:[._-]|[0-9]|$)/i
const FOLDER = /\/(?:licen[cs]es?|licen[cs]ing|legal|copying)\//i
/** Code, data and patterns of files with such names. */
const CODE =
  /\.(?:py[cdiow]?|pyx|so|[cm]?[jt]sx?|vue|css|json|ya?ml|toml|xml|svg|png|po|mo|j2|jinja2?|tmpl|tpl|mako|in|c|h|cc|cpp|rs|go|java)$/i
/** The license of what others wrote. */
const VENDORED = /\/(?:_?vendor(?:ed)?|third_?party|extern(?:als?)?|node_modules)\//i
/** Pages about a license, and samples of one, are short. */
const ASIDE = /\/(?:docs?|documentation|tests?|testdata|templates?|fixtures?|examples?)\//i
const SHORTEST = 400
/** Who wrote it, and no more, where it is short. */
const NOTICE = /^(?:notices?|copyright)(?:\.|$)/i

/** The field that names a license that requires its text. */
export function demanding(dist: Wheel | Sdist) {
  const said = declared(dist)
  if (said) return [...said.ids].some(id => !FREE.test(id)) && !FREE_WORDS.test(said.value) ? said.at : undefined
  const classifiers = dist.metadata?.all('Classifier') ?? []
  const named = classifiers.filter(({ value }) => value.startsWith('License :: OSI Approved :: '))
  if (named.some(({ value }) => FREE_WORDS.test(value))) return undefined
  const text = dist.metadata?.first('License')
  const isNamed = text !== undefined && text.value.length <= LONGEST && NAMED.test(text.value)
  return named[0] ?? (isNamed && !FREE_WORDS.test(text.value) ? text : undefined)
}

/** What the usual texts start with, in a README or above the code. */
const TEXT =
  /permission is hereby granted|redistribution and use in source|permission to use, copy, modify|this program is free software|terms and conditions for use, reproduction/i

/** Does `[project]` of an sdist name files with the license? Where they are missing, rules about these keys tell it. */
export const namesLicenseFiles = ({ pyproject }: Sdist): boolean =>
  typeof pyproject?.get('project', 'license', 'file') === 'string' ||
  texts(pyproject?.get('project', 'license-files')).length > 0

/** The field of an sdist that names a license that requires its text, which no file contains. */
export function withoutText(sdist: Sdist) {
  const { members, metadata, texts: files, python } = sdist
  const license = demanding(sdist)
  if (!license || !metadata || members.files.length === 0) return undefined
  const named = metadata.all('License-File')
  const areThere = named.length > 0 && named.every(({ value }) => members.get(`${sdist.top}/${value}`) !== undefined)
  if (namesLicenseFiles(sdist) && !areThere) return undefined
  const isThere = members.list.some(
    ({ path, type, actualSize, intact }) =>
      type !== 'directory' &&
      (type !== 'file' || !intact || actualSize > 1) &&
      isLicenseFile(path.replace(/^(?:\.\/)*[^/]+\//, '/'), type === 'file' && intact ? actualSize : undefined),
  )
  if (isThere || [files, python].some(all => [...all.values()].some(({ text }) => TEXT.test(text)))) return undefined
  return license
}

/** In a source tree, the license text next to pyproject.toml that `license-files` leaves out, where it lists no other. */
export function unlistedText(sdist: Sdist) {
  const { pyproject, metadata, members, top, tree, texts: files } = sdist
  const listed = metadata?.all('License-File') ?? []
  const patterns = texts(pyproject?.get('project', 'license-files'))
  const license = demanding(sdist)
  if (!tree || !pyproject || !license || patterns.length === 0 || listed.length === 0) return undefined
  const isText = (path: string) => isLicenseFile(`/${path}`) || TEXT.test(files.get(`${top}/${path}`)?.text ?? '')
  if (listed.some(({ value }) => isText(value))) return undefined
  const own = members.files.flatMap(({ path }) => /^[^/]+\/([^/]+)$/.exec(path)?.[1] ?? [])
  const file = own.find(path => isLicenseFile(`/${path}`))
  return file === undefined ? undefined : { license, file, at: pyproject.place('project', 'license-files') }
}

/** Is a file, by its path with `/` before it, one with a license of the project? */
export function isLicenseFile(path: string, size = SHORTEST): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (!(FILE.test(name) || FOLDER.test(path)) || CODE.test(path) || VENDORED.test(path)) return false
  return size >= SHORTEST || !(ASIDE.test(path) || NOTICE.test(name))
}
