import { hexOf } from '../text/hex.js'
import { at, objects, textAt } from '../text/json-access.js'
import { type JsonNode, parseJson } from '../text/json-tree.js'
import { decodeUtf8 } from '../text/utf8.js'
import { kindByName } from './kind.js'

/** A file next to a distribution that is about it, by its suffix. */
type CompanionKind = 'signature' | 'attestation' | 'provenance' | 'bundle'

export interface CompanionName {
  readonly kind: CompanionKind
  /** File name of the distribution. */
  readonly of: string
  readonly suffix: string
}

/** What a statement says about its file. */
interface StatementSubject {
  readonly name: string | undefined
  /** Hex. */
  readonly sha256: string | undefined
}

export interface CompanionContent {
  /** What is wrong with it, in words that complete a sentence after a colon. */
  readonly fault?: string | undefined
  readonly subjects: readonly StatementSubject[]
}

export type Companion = CompanionName & CompanionContent

const SUFFIXES: readonly (readonly [RegExp, CompanionKind])[] = [
  [/\.(?:asc|sig)$/, 'signature'],
  [/\.attestation$/, 'attestation'],
  [/\.[A-Za-z0-9_-]+\.attestation$/, 'attestation'],
  [/\.provenance$/, 'provenance'],
  [/\.sigstore(?:\.json)?$/, 'bundle'],
]

/** Splits `demo-1.0.tar.gz.asc`; undefined if the rest is not the filename of a distribution. */
export function companionName(filename: string): CompanionName | undefined {
  for (const [pattern, kind] of SUFFIXES) {
    const suffix = pattern.exec(filename)?.[0]
    if (suffix === undefined) continue
    const of = filename.slice(0, -suffix.length)
    const named = kindByName(of)
    if (named === 'wheel' || named === 'sdist') return { kind, of, suffix }
  }
  return undefined
}

/** twine skips armored signatures and attestations when it looks for distributions; it tries to upload everything else. */
export const isPassedOver = ({ kind, suffix }: CompanionName): boolean => kind === 'attestation' || suffix === '.asc'

/** Is it judged as a signature or attestation, or as a file that nobody uploads? A lone one that twine tries to upload is the latter. */
export const isJudgedAsCompanion = (companion: CompanionName | undefined, isBeside: boolean | undefined): boolean =>
  companion !== undefined && (isBeside === true || (isBeside === false && isPassedOver(companion)))

/** More than any real one has. */
export const MAX_COMPANION = 1024 * 1024

/** The statements inside (in-toto, PEP 740), as far as they can be read without trusting anybody. Never throws. */
export function readCompanion({ kind, suffix }: CompanionName, bytes: Uint8Array): CompanionContent {
  const { text } = decodeUtf8(bytes)
  if (kind === 'signature') {
    const armored = text.trimStart().startsWith('-----BEGIN PGP SIGNATURE-----')
    return {
      subjects: [],
      fault: suffix === '.asc' && !armored ? 'it is not an ASCII-armored OpenPGP signature' : undefined,
    }
  }
  const { root } = parseJson(text)
  if (root?.kind !== 'object') return { subjects: [], fault: 'it is not a JSON object' }
  if (kind === 'bundle') return bundleContent(root)
  const attestations = kind === 'attestation' ? [root] : objects(at(root, 'attestation_bundles')).flatMap(inBundle)
  if (attestations.length === 0) return { subjects: [], fault: 'it does not contain an attestation' }
  const statements = attestations.map(one => statementOf(textAt(at(one, 'envelope'), 'statement')))
  const subjects = statements.flatMap(statement => statement ?? [])
  return {
    subjects,
    fault: statements.includes(undefined) ? 'an attestation does not contain a readable statement' : undefined,
  }
}

const inBundle = (bundle: JsonNode): readonly JsonNode[] => objects(at(bundle, 'attestations'))

/** A Sigstore bundle: of an in-toto statement, or only of the digest. Others have no known problem. */
function bundleContent(root: JsonNode): CompanionContent {
  const payload = textAt(at(root, 'dsseEnvelope'), 'payload')
  if (payload !== undefined) return { subjects: statementOf(payload) ?? [] }
  const digest = at(at(root, 'messageSignature'), 'messageDigest')
  const bytes = textAt(digest, 'algorithm') === 'SHA2_256' ? fromBase64(textAt(digest, 'digest')) : undefined
  return { subjects: bytes ? [{ name: undefined, sha256: hexOf(bytes) }] : [] }
}

/** The subjects of a statement in base64; undefined if it is not one. */
function statementOf(base64: string | undefined): readonly StatementSubject[] | undefined {
  const bytes = fromBase64(base64)
  const subjects = bytes && objects(at(parseJson(decodeUtf8(bytes).text).root, 'subject'))
  if (!subjects || subjects.length === 0) return undefined
  return subjects.map(one => ({
    name: textAt(one, 'name'),
    sha256: textAt(at(one, 'digest'), 'sha256')?.toLowerCase(),
  }))
}

function fromBase64(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || !/^[A-Za-z0-9+/\s]*(?:=[=\s]*)?$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text), char => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
