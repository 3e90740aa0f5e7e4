import { crc32 } from 'node:zlib'
import { RULES } from '../../rules/registry/index.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { readDistribution } from '../../src/distribution/read.js'
import type { Enforcer } from '../../src/finding.js'
import { judge } from '../../src/judge.js'
import { chooseRules } from '../../src/selection.js'
import { bytesSource } from '../../src/source/source.js'
import { FILENAME } from './zip-cases.js'

type Contents = Readonly<Record<string, string | null>>

interface ZipfileAnswer {
  readonly error?: string
  readonly members?: Contents
  readonly errors?: Readonly<Record<string, string>>
}

/** What zip_answers.py says. */
export interface PythonAnswer {
  readonly old: ZipfileAnswer
  readonly new: ZipfileAnswer
  readonly pip: string | null
  readonly pypi: readonly ['refused' | 'crash', string] | null
}

interface Unpacked {
  readonly error?: string
  readonly files?: Readonly<Record<string, string>>
}

/** What uv-zip says: of a download, and of a file on the disk. */
export interface UvAnswer {
  readonly stream: Unpacked
  readonly seek: Unpacked
}

type Answers = PythonAnswer & { readonly uv: UvAnswer | undefined }

/** A case and who refuses it, in short: the CRC-32 of the file, and a letter for each, a capital one where PyPI's server fails. */
export function verdictOf(bytes: Uint8Array, { pip, pypi, old, uv }: Answers): string {
  const letters = [
    pip === null ? '' : 'p',
    old.error === undefined ? '' : 't',
    pypi === null ? '' : pypi[0] === 'crash' ? 'I' : 'i',
    (uv?.stream.error ?? uv?.seek.error) === undefined ? '' : 'u',
  ]
  return `${crc32(bytes).toString(16).padStart(8, '0')} ${letters.join('')}`
}

/** The answers behind such a verdict, without their words. */
export function answersOf(verdict: string): Answers {
  const letters = verdict.slice(9)
  const error = (letter: string) => (letters.includes(letter) ? 'refused' : undefined)
  const [pip, twine, uv] = [error('p'), error('t'), error('u')]
  const pypi = letters.includes('I') ? 'crash' : letters.includes('i') ? 'refused' : undefined
  return {
    pip: pip ?? null,
    old: twine === undefined ? {} : { error: twine },
    new: {},
    pypi: pypi === undefined ? null : [pypi, ''],
    uv: uv === undefined ? { stream: {}, seek: {} } : { stream: { error: uv }, seek: {} },
  }
}

/** What the rules say of a wheel, and what was read of it. */
export interface ZipAudit {
  readonly errors: readonly {
    readonly rule: string
    readonly archive: boolean
    readonly enforcedBy: readonly Enforcer[]
    readonly message: string
  }[]
  readonly contents: Readonly<Record<string, string | null>>
}

/** Rules whose errors a reader of archives can give. */
const selection = chooseRules(RULES, {
  profile: 'strict',
  preview: true,
  select: ['archive', 'dist-info-file-missing'],
})

const ARCHIVE: ReadonlySet<string> = new Set(RULES.filter(({ topic }) => topic === 'archive').map(({ id }) => id))

export async function auditZip(bytes: Uint8Array): Promise<ZipAudit> {
  const limits = DEFAULT_LIMITS
  const context = { limits, needs: selection.needs, now: () => 0 }
  const distribution = await readDistribution(
    { path: FILENAME, filename: FILENAME, source: bytesSource(bytes) },
    context,
  )
  const { findings, errors } = judge(distribution, selection, { limits, preview: true })
  if (errors[0]) throw new Error(`${errors[0].rule}: ${errors[0].stack}`)
  const contents: Record<string, string | null> = {}
  if ('members' in distribution)
    for (const { path, sha256, intact } of distribution.members.list)
      if (!path.endsWith('/')) contents[path] = intact ? Buffer.from(sha256, 'base64url').toString('hex') : null
  return {
    errors: findings
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, enforcedBy, message }) => ({ rule, archive: ARCHIVE.has(rule), enforcedBy, message })),
    contents,
  }
}

/** Errors that say what breaks on some system, where no reader refuses. */
const NOT_OF_READERS: ReadonlySet<string> = new Set([
  'path-backslash',
  'path-absolute',
  'path-traversal',
  'zip-symlink',
])

/** An error of ours has to have its reader, and a reader's refusal its error. What all read alike has none. */
export function compareZip(ours: ZipAudit, answers: Answers): readonly string[] {
  const found: string[] = []
  // What the other rules know of files that a problem makes disappear or empty, is asked of PyPI alone here,
  // unless there is no file at all.
  const empty = Object.keys(ours.contents).length === 0
  const errorsOf = (who?: Enforcer) =>
    ours.errors.filter(
      ({ enforcedBy, archive }) =>
        who === undefined || (enforcedBy.includes(who) && (archive || empty || who.startsWith('pypi'))),
    )
  const rules = (who?: Enforcer) => {
    const wanted = errorsOf(who)
    return [...new Set(wanted.map(({ rule }) => rule))].join(', ') || 'nothing'
  }
  const expect = (who: Enforcer, reason: string | undefined | null) => {
    const said = errorsOf(who).length > 0
    if (reason && !said) found.push(`${who} refuses (${kindOf(reason)}); ours: ${rules()}`)
    if (!reason && said) found.push(`${who} does not refuse, as ${rules(who)} says`)
  }
  const { pip, pypi, old, uv } = answers
  // Methods that Python knows and we do not read: whether their content is whole, only pip can say.
  const unknown = ours.errors.some(({ message }) =>
    /compress\w* method (?:12|14|93)\b|by method (?:12|14|93)\b/.test(message),
  )
  const uvError = uv?.stream.error ?? uv?.seek.error
  if (!unknown) expect('pip', pip)
  expect('twine', old.error)
  if (uv) expect('uv', uvError)
  // Where the upload stops at one problem, it does not come to the next.
  if (pypi === null) {
    expect('pypi', undefined)
    expect('pypi-crash', undefined)
  } else expect(pypi[0] === 'refused' ? 'pypi' : 'pypi-crash', pypi[1] || pypi[0])
  if (found.length > 0 || pip || pypi || uvError) return found
  const views: readonly (readonly [string, Contents | undefined])[] = [
    ['an older zipfile', old.members],
    ['a newer zipfile', answers.new.members],
    ['uv, streaming', uv?.stream.files],
    ['uv, from a file', uv?.seek.files],
  ]
  const mine = text(ours.contents)
  const other = views.find(([, contents]) => contents !== undefined && text(contents) !== mine)
  if (other && ours.errors.length === 0) return [`${other[0]} reads other files, and there is no error`]
  const errors = ours.errors.filter(({ rule, archive }) => archive && !NOT_OF_READERS.has(rule))
  return !other && errors.length > 0 ? [`all read the same, and there is ${rules()}`] : []
}

/** Where each file lands, and its hash. */
function text(contents: Contents): string {
  const rows = Object.entries(contents).map(([path, hash]) => `${landing(path)} ${hash}`)
  return [...new Set(rows)].sort().join('\n')
}

function landing(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return parts.join('/')
}

/** An error text without names and numbers. */
const kindOf = (reason: string) =>
  reason
    .replace(/`[^`]*`|'[^']*'|"[^"]*"/g, '…')
    .replace(/demo\S*/g, '…')
    .replace(/0x[0-9a-f]+|\d+/gi, 'N')
    .slice(0, 90)
