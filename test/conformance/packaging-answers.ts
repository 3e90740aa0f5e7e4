/** The same answers as packaging_answers.py, from distaudit/standards. */
import {
  compareVersions,
  type MarkerContext,
  type MarkerEnvironment,
  normalizeName,
  parseLicenseExpression,
  parseMarker,
  parseRequirement,
  parseSdistFilename,
  parseSpecifiers,
  parseTag,
  parseVersion,
  parseWheelFilename,
  requirementsEqual,
  StandardsError,
  type TagSet,
} from '../../src/standards/index.js'
import { compareText } from '../../src/text/python.js'

/** Kind and arguments. */
export type Case =
  | readonly [
      kind: 'version' | 'specifiers' | 'requirement' | 'marker' | 'license' | 'name' | 'tag' | 'wheel' | 'sdist',
      text: string,
    ]
  | readonly [kind: 'order' | 'specifiers-equal' | 'requirements-equal', a: string, b: string]
  | readonly [kind: 'contains' | 'contains-version', set: string, version: string, prereleases: boolean | null]
  | readonly [kind: 'filter', set: string, versions: readonly string[], prereleases: boolean | null]
  | readonly [kind: 'unsatisfiable', set: string, prereleases: boolean | null]
  | readonly [kind: 'evaluate', marker: string, environment: MarkerEnvironment, context: MarkerContext]

export type Answer =
  | { readonly ok: unknown }
  /** Class of the exception; where in the text, for requirements and markers. */
  | { readonly error: string; readonly span: readonly [number, number] | null }

const sorted = (tags: TagSet) => [...tags].map(String).sort(compareText)

function compute(asked: Case): unknown {
  switch (asked[0]) {
    case 'version':
      return String(parseVersion(asked[1]))
    case 'order':
      return Math.sign(compareVersions(parseVersion(asked[1]), parseVersion(asked[2])))
    case 'specifiers':
      return String(parseSpecifiers(asked[1]))
    case 'specifiers-equal':
      return parseSpecifiers(asked[1]).equals(parseSpecifiers(asked[2]))
    case 'contains':
      return parseSpecifiers(asked[1]).contains(asked[2], { prereleases: asked[3] ?? undefined })
    case 'contains-version':
      return parseSpecifiers(asked[1]).contains(parseVersion(asked[2]), { prereleases: asked[3] ?? undefined })
    case 'filter':
      return parseSpecifiers(asked[1]).filter(asked[2], { prereleases: asked[3] ?? undefined })
    case 'unsatisfiable':
      return parseSpecifiers(asked[1]).isUnsatisfiable({ prereleases: asked[2] ?? undefined })
    case 'requirement': {
      const { name, extras, specifier, url, marker, ...rest } = parseRequirement(asked[1])
      return [
        rest.toString(),
        name,
        [...extras].sort(compareText),
        String(specifier),
        url ?? null,
        marker?.toString() ?? null,
      ]
    }
    case 'requirements-equal':
      return requirementsEqual(parseRequirement(asked[1]), parseRequirement(asked[2]))
    case 'marker':
      return String(parseMarker(asked[1]))
    case 'evaluate':
      return parseMarker(asked[1]).evaluate(asked[2], asked[3])
    case 'license':
      return String(parseLicenseExpression(asked[1]))
    case 'name':
      return normalizeName(asked[1])
    case 'tag':
      return sorted(parseTag(asked[1]))
    case 'wheel': {
      const { name, version, build, tags } = parseWheelFilename(asked[1])
      return [name, String(version), build?.toString() ?? null, sorted(tags)]
    }
    case 'sdist': {
      const { name, version } = parseSdistFilename(asked[1])
      return [name, String(version)]
    }
  }
}

/** Anything but a StandardsError is thrown on: it is a problem of the library. */
export function answer(asked: Case): Answer {
  try {
    return { ok: compute(asked) }
  } catch (error) {
    if (!(error instanceof StandardsError)) throw error
    return { error: error.name, span: [error.offset, error.end ?? error.offset] }
  }
}

/** Do both say the same? The classes of exceptions differ; places count where packaging has one. */
export function agree(mine: Answer, theirs: Answer): boolean {
  if ('ok' in mine !== 'ok' in theirs) return false
  if ('ok' in mine) return JSON.stringify(mine) === JSON.stringify(theirs)
  if ('ok' in theirs || theirs.span === null) return true
  return mine.span?.[0] === theirs.span[0] && mine.span[1] === theirs.span[1]
}
