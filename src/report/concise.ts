import type { Finding } from '../finding.js'
import { plural } from '../wording.js'
import { breakCommands, escapeSnippet, escapeTerminal } from './escape.js'
import { groupFindings, sourceLine } from './group.js'
import type { Report } from './report.js'
import { placeText } from './wording.js'

export interface ConciseOptions {
  /** A path of the project's own files as it can be opened from the working directory. Default: as it is. */
  readonly openable?: ((path: string) => string) | undefined
}

/**
 * A line for each finding, `path:line:column: error[rule] message`, for editors and `grep`. A problem of the project's own file is
 * one line, however many distributions show it; other findings are at 1:1 of their distribution. '' for no findings.
 */
export function renderConcise(report: Report, { openable = path => path }: ConciseOptions = {}): string {
  const lines = groupFindings(report).flatMap(({ finding, seen, paths }) => {
    const at = sourceLine(finding) ?? wholeLine(finding)
    if (!at) return seen.map(one => lineOf(one.finding.location.path, 1, 1, one.finding, placeInside(one.finding)))
    const many = paths.length > 1 ? `in ${plural(paths.length, 'file')}` : ''
    return [lineOf(openable(at.path), at.line, at.column, finding, many)]
  })
  return lines.map(text => `${text}\n`).join('')
}

/** A line of a source tree that is marked as a whole. */
function wholeLine({ location: { member, line, source } }: Finding) {
  return source && line === source.line && member?.endsWith(source.path) ? { ...source, column: 1 } : undefined
}

function lineOf(path: string, line: number, column: number, finding: Finding, aside: string): string {
  const text = `${escapeTerminal(finding.message)}${aside === '' ? '' : ` (${escapeTerminal(aside)})`}`
  return breakCommands(`${pathText(path)}:${line}:${column}: ${finding.severity}[${finding.rule}] ${text}`)
}

/** Backslashes stay, so that a path of Windows can be opened; a colon would end the path, except behind a drive. */
function pathText(path: string): string {
  // An address is not a path that a colon could end.
  if (/^https?:\/\//.test(path)) return escapeSnippet(path)
  const drive = /^[A-Za-z]:(?=[\\/])/.exec(path)?.[0] ?? ''
  return drive + escapeSnippet(path.slice(drive.length)).replaceAll(':', '\\x3a')
}

const placeInside = ({ location }: Finding): string =>
  location.member === undefined && location.offset === undefined ? '' : placeText(location)
