import type { Finding } from '../finding.js'
import { allFindings, type Report } from '../report/report.js'
import { tomlString } from '../text/toml-edit.js'
import { stable, stableMember } from './baseline.js'
import type { Config } from './config.js'
import { filenameOf, memberIn } from './ignores.js'

/** One `ignore-finding` table to write. */
export interface NewIgnore {
  readonly rule: string
  /** Pattern of file names. */
  readonly file: string
  readonly member?: string | undefined
  /** What its message quotes. */
  readonly match?: string | undefined
}

/** The tables that ignore the findings of a report in every later version too, each once, without those that there are. */
export function ignoresToAdd(report: Report, config: Pick<Config, 'ignores'>): readonly NewIgnore[] {
  const versions = new Map(report.distributions.map(({ path, version }) => [path, version]))
  const wanted = new Map<string, NewIgnore>()
  for (const finding of allFindings(report)) {
    const ignore = ignoreOf(finding, versions.get(finding.location.path))
    const isThere = config.ignores.some(
      one =>
        one.words.length === 1 &&
        one.words[0] === ignore.rule &&
        one.file === ignore.file &&
        one.member === ignore.member &&
        one.match === ignore.match,
    )
    if (!isThere) wanted.set(JSON.stringify(ignore), ignore)
  }
  return [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ignore]) => ignore)
}

function ignoreOf({ rule, message, location }: Finding, version: string | null | undefined): NewIgnore {
  const filename = filenameOf(location.path)
  const { member } = location
  const match = quotedIn(message, version)
  return {
    rule,
    file: filePattern(filename),
    ...(member !== undefined && { member: memberPattern(memberIn(location.path, member), filename, version) }),
    ...(match !== undefined && { match }),
  }
}

function filePattern(filename: string): string {
  if (filename.endsWith('.whl')) return '*.whl'
  return /\.(?:tar\.gz|tgz|tar\.bz2|tar\.xz|zip)$/.exec(filename)?.[0].replace(/^/, '*') ?? filename
}

function memberPattern(member: string, filename: string, version: string | null | undefined): string {
  const isSdist = filePattern(filename).startsWith('*') && !filename.endsWith('.whl')
  const inside = isSdist ? member.replace(/^[^/]+\/(?=.)/, '*/') : member
  return stableMember(inside, version)
}

/** The first quoted text without a version or a character that has a meaning in TOML or a terminal. */
function quotedIn(message: string, version: string | null | undefined): string | undefined {
  for (const [quoted = '', text = ''] of message.matchAll(/'([^'\\]{1,100})'/g))
    if (!(version && text.includes(version)) && stable(text, version) === text && !UNSAFE.test(text)) return quoted
  return undefined
}

const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/u

/** The text of a configuration with the tables at its end; all else stays as it is. */
export function withIgnores(text: string, ignores: readonly NewIgnore[], reason: string, isPyproject: boolean): string {
  const end = /\r\n/.test(text) ? '\r\n' : '\n'
  const header = isPyproject ? '[[tool.distaudit.ignore-finding]]' : '[[ignore-finding]]'
  const tables = ignores.map(({ rule, file, member, match }) => {
    const keys = Object.entries({ rule, file, member, match, reason }).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key} = ${tomlString(withoutHalves(value))}`],
    )
    return [header, ...keys, ''].join(end)
  })
  const gap = text === '' ? '' : /\n\r?\n$/.test(text) ? '' : text.endsWith('\n') ? end : end + end
  return `${text}${gap}${tables.join(end)}`
}

/** Half of a character, which TOML cannot say. */
const withoutHalves = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')
