import { crc32 } from 'node:zlib'
import { auditFiles } from '../../fixtures/audit.js'
import { RULES } from '../../rules/registry/index.js'
import type { Member } from '../../src/archive/archive.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { readTar } from '../../src/archive/tar.js'
import type { Enforcer, Severity } from '../../src/finding.js'
import { bytesSource } from '../../src/source/source.js'
import type { TarCase } from './tar-cases.js'
import type { PythonAnswer, PythonMember, Tree, Unpacked } from './tar-readers.js'

export interface Answers {
  /** The tarfile of an older Python and of a newer one. */
  readonly older: PythonAnswer
  readonly newer: PythonAnswer
  readonly uv: Unpacked
}

/** A finding, as far as it matters here. */
export interface Told {
  readonly rule: string
  readonly severity: Severity
  readonly enforcedBy: readonly Enforcer[]
}

/** What pip makes of a wrong map is not followed: PyPI and uv refuse the member in any case. */
const SPARSE = 'tar-sparse'

/** What uv refuses since the crate of the version after the one that is asked here; a sample of real uv agrees. */
const NEWER_UV = 'tar-header-form'

/** Errors that are about other readers than those that are asked here: what the pages of the rules name as `breaks` or `system`. */
const OTHER_READERS: ReadonlySet<string> = new Set([
  'gzip-checksum',
  'gzip-deflate-broken',
  'gzip-header-invalid',
  'gzip-trailing-data',
  'gzip-truncated',
  'tar-member-after-end',
  'path-absolute',
  'path-too-long',
])

/** Where tarfile ends or goes elsewhere, we follow it, and uv has its own way from there on. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'tar-extension-padding',
  'tar-header-invalid',
  'tar-number-invalid',
  'tar-pax-record',
  'tar-size-conflict',
  // The crate unpacks nothing, and uv then misses the top-level directory.
  'tar-unreadable',
])

/** Of a tar without members pip says so once it was unpacked. */
const AFTER_UNPACKING = 'tar-unreadable'

const JUDGING = RULES.filter(rule => rule.topic === 'archive' || rule.topic === 'sdist')
/** Here a plain tar spares the time for gzip. */
const AS_PLAIN = 'sdist-not-gzip'

export async function ours({ bytes, gzip }: TarCase): Promise<{ told: Told[]; members: PythonMember[] }> {
  const report = await auditFiles([{ filename: 'demo-1.0.tar.gz', bytes }], JUDGING, {
    seconds: Number.POSITIVE_INFINITY,
  })
  const told = report.distributions
    .flatMap(({ findings }) => findings)
    .filter(({ rule }) => gzip || rule !== AS_PLAIN)
    .map(({ rule, severity, enforcedBy }) => ({ rule, severity, enforcedBy }))
  return { told, members: await membersOf(bytes) }
}

async function membersOf(bytes: Uint8Array): Promise<PythonMember[]> {
  const contents = new Map<number, number>()
  const { members } = await readTar(bytesSource(bytes), {
    limits: DEFAULT_LIMITS,
    now: () => 0,
    interest: ({ offset }) => {
      contents.set(offset, 0)
      return { consumer: { write: chunk => contents.set(offset, crc32(chunk, contents.get(offset))) } }
    },
  })
  return members.map(member => asPython(member, contents.get(member.offset) ?? 0))
}

/** As tarfile tells a member. */
function asPython({ path, type, size, link }: Member, crc: number): PythonMember {
  const hasContent = type === 'file' || type === 'unknown'
  const name = type === 'directory' ? path.replace(/\/+$/, '') : path
  return [name, type, size, link ?? null, hasContent ? crc.toString(16).padStart(8, '0') : null]
}

const failed = (answer: object | undefined): boolean => answer !== undefined && 'error' in answer

/** What nothing explains, one line each; none where all agree. */
export function differences(told: readonly Told[], members: readonly PythonMember[], answers: Answers): string[] {
  const { older, newer, uv } = answers
  const uploaded = newer.pypi !== undefined && 'ok' in newer.pypi
  const found: string[] = []
  const archive = told.filter(({ rule }) => !rule.startsWith('sdist-'))
  const errors = archive.filter(({ severity }) => severity === 'error')
  const warned = archive.some(({ severity }) => severity !== 'info')
  // What pip and uv do once all is unpacked is not asked here.
  const by = (who: Enforcer) =>
    (who === 'pip' || who === 'uv' ? archive : told)
      .filter(({ enforcedBy }) => enforcedBy.includes(who))
      .map(({ rule }) => rule)

  const refusals: readonly (readonly [Enforcer, boolean, boolean])[] = [
    ['pip', failed(newer.pip), failed(older.pip)],
    ['uv', failed(uv), failed(uv)],
    ['pypi', !uploaded, !uploaded],
  ]
  for (const [who, now, once] of refusals) {
    const rules = who === 'pypi' ? [...by('pypi'), ...by('pypi-crash')] : by(who)
    if (who === 'pip' && told.some(({ rule }) => rule === SPARSE)) continue
    if (who === 'uv' && told.some(({ rule }) => ELSEWHERE.has(rule))) continue
    if (now && rules.length === 0) found.push(`${who} refuses, and no finding says so`)
    if (who === 'pip' && !now && rules.includes(AFTER_UNPACKING)) continue
    if (!now && !once && rules.length > 0 && !(who === 'uv' && rules.includes(NEWER_UV)))
      found.push(`${who} does not refuse what ${[...new Set(rules)].join(', ')} says`)
    if (once && !now && !warned) found.push(`only an older ${who} refuses, and nothing is said`)
  }
  if ('members' in newer.list) {
    if (!sameMembers(newer.list.members, members) && errors.length === 0)
      found.push('tarfile reads other members, and there is no error')
    if ('members' in older.list && !sameMembers(newer.list.members, older.list.members) && !warned)
      found.push('an older tarfile reads other members, and nothing is said')
  } else if (errors.length === 0) found.push('tarfile refuses, and there is no error')
  if (newer.pip && 'tree' in newer.pip && 'tree' in uv) {
    if (!sameTree(newer.pip.tree, uv.tree)) {
      if (errors.length === 0) found.push('pip and uv unpack other files, and there is no error')
    } else if (
      uploaded &&
      !told.some(({ rule }) => ELSEWHERE.has(rule)) &&
      'members' in newer.list &&
      sameMembers(newer.list.members, members)
    )
      for (const { rule } of errors)
        if (!OTHER_READERS.has(rule)) found.push(`all read it alike, and ${rule} is an error`)
  }
  return found
}

/** tarfile shows bytes that are not UTF-8 as halves of surrogate pairs, and takes the slash from a path of a pax record. */
function plainName(name: string): string {
  const text = /[\ud800-\udfff]/.test(name)
    ? Buffer.from(
        [...name].flatMap(one => {
          const code = one.codePointAt(0)!
          return code >= 0xdc80 && code <= 0xdcff ? [code - 0xdc00] : [...Buffer.from(one)]
        }),
      ).toString('latin1')
    : name
  return text.replace(/\/+$/, '')
}

const sameMembers = (a: readonly PythonMember[], b: readonly PythonMember[]) =>
  a.length === b.length && a.every((member, i) => member.every((value, j) => isSameValue(value, b[i]?.[j], j)))

function isSameValue(a: PythonMember[number], b: PythonMember[number] | undefined, column: number): boolean {
  if (a === b || (column === 4 && (a === null || b === null))) return true
  return typeof a === 'string' && typeof b === 'string' && column !== 4 && plainName(a) === plainName(b)
}

/** pip leaves the top directory out where all lies in one. */
function sameTree(pip: Tree, uv: Tree): boolean {
  const tops = new Set(Object.keys(uv).map(path => path.split('/', 1)[0]))
  const top = tops.size === 1 ? `${[...tops][0]}/` : ''
  const a = rows(pip, '')
  return a === rows(uv, top) || a === rows(uv, '')
}

function rows(tree: Tree, top: string): string {
  const list: string[] = []
  for (const [path, what] of Object.entries(tree)) {
    if (top !== '' && !path.startsWith(top)) continue
    list.push(`${path.slice(top.length)} ${what.startsWith('l:') ? `l:${plain(what.slice(2))}` : what}`)
  }
  return list.sort().join('\n')
}

/** A newer tarfile writes link targets in their plain form. */
function plain(target: string): string {
  const parts: string[] = []
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/') || '.'
}
