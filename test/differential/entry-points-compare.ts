import { posix } from 'node:path'
import nameUnusual from '../../rules/entry-points/entry-point-name-unusual.js'
import noCallable from '../../rules/entry-points/entry-point-script-no-callable.js'
import valueInvalid from '../../rules/entry-points/entry-point-value-invalid.js'
import notUtf8 from '../../rules/entry-points/entry-points-not-utf8.js'
import readDifferently from '../../rules/entry-points/entry-points-read-differently.js'
import syntax from '../../rules/entry-points/entry-points-syntax.js'
import nameReserved from '../../rules/entry-points/script-name-reserved.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import { parseEntryPoints } from '../../src/distribution/entry-points.js'
import { membersOf } from '../../src/distribution/members.js'
import type { Enforcer } from '../../src/finding.js'
import { strip } from '../../src/text/python.js'
import { decodeUtf8 } from '../../src/text/utf8.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'

const RULES = [noCallable, nameUnusual, valueInvalid, notUtf8, readDifferently, syntax, nameReserved]

export interface Refused {
  readonly refused: string
}
type Commands = Readonly<Record<string, string>>
type Entries = readonly (readonly [group: string, name: string, value: string])[]

export interface PythonEntryPoints {
  readonly pip: Refused | Commands
  readonly importlib: Refused | Entries
  readonly configparser: Refused | Entries
  /** Python 3.15 makes no entry points of it. */
  readonly later: boolean
}
export type UvEntryPoints = Refused | { readonly console_scripts: Commands; readonly gui_scripts: Commands }

export const isRefused = (answer: object): answer is Refused =>
  'refused' in answer && typeof answer.refused === 'string'

/** What we say of a text: who refuses it, and what is installed by one of pip and uv alone. */
interface Told {
  readonly by: ReadonlySet<Enforcer>
  readonly differs: boolean
  readonly pip: ReadonlySet<string>
  readonly uv: ReadonlySet<string>
}

function told(bytes: Uint8Array): Told {
  const member = 'demo-1.0.dist-info/entry_points.txt'
  const kept = { member, bytes, size: bytes.length, cut: false }
  const text = { member, size: bytes.length, cut: false, ...decodeUtf8(bytes) }
  const wheel = {
    kind: 'wheel',
    entryPoints: parseEntryPoints(kept),
    texts: new Map([[member, text]]),
    members: membersOf([]),
    distInfo: 'demo-1.0.dist-info',
  } as unknown as Wheel
  const by = new Set<Enforcer>()
  let differs = false
  for (const rule of RULES)
    for (const found of rule.check(wheel, { preview: false, limits: DEFAULT_LIMITS })) {
      if (rule === readDifferently) differs = true
      if ((found.severity ?? rule.severity) === 'error')
        for (const one of found.enforcedBy ?? rule.enforcedBy) by.add(one)
    }
  const [pip, uv] = [new Set<string>(), new Set<string>()]
  for (const one of entryPointReadings(wheel).differences) {
    if (one.pip) pip.add(`${one.pip.path} ${one.pip.calls}`)
    if (one.uv) uv.add(`${one.uv.path} ${one.uv.calls}`)
  }
  return { by, differs, pip, uv }
}

/** Names that pip and uv make of others: left out of the comparison. */
const VERSIONED = /^(?:pip\d+(?:\.\d+)?|easy_install-\d+\.\d+)$/

const shown = (commands: readonly (readonly [string, string | undefined])[]) =>
  new Set(commands.flatMap(([name, calls]) => (VERSIONED.test(name) ? [] : [`${name} ${calls}`])))

const RESERVED = /^(?:pythonw?|python3|graalpy|pypy[23]?|python3\.\d+t?|pythonw3\.\d+t)(?:\.py)?$/i

/** As the file system has them; undefined where uv refuses one. */
function placed(commands: Commands): ReadonlyMap<string, string | undefined> | undefined {
  const found = new Map<string, string | undefined>()
  for (const [name, calls] of Object.entries(commands)) {
    const path = posix.normalize(name).replace(/\/$/, '')
    if (/^(?:\/|\.\.?(?:\/|$))/.test(path) || name.includes('\0') || RESERVED.test(path)) return undefined
    // In which order uv writes two commands of one path is chance.
    found.set(path, found.has(path) ? undefined : calls)
  }
  return found
}

const minus = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  [...a]
    .filter(item => !b.has(item))
    .sort()
    .join(' | ')

/** Every way in which what we say is not what the readers do. */
export function compare(bytes: Uint8Array, python: PythonEntryPoints, uv: UvEntryPoints): readonly string[] {
  const ours = told(bytes)
  const found: string[] = []
  const [console, gui] = isRefused(uv) ? [] : [placed(uv.console_scripts), placed(uv.gui_scripts)]
  const uvCommands = console && gui && new Map([...console, ...gui])
  const expect = (who: Enforcer, refuses: boolean) => {
    if (refuses !== ours.by.has(who)) found.push(refuses ? `${who} refuses, unsaid` : `${who} does not refuse`)
  }
  expect('pip', isRefused(python.pip) || python.later)
  expect('uv', uvCommands === undefined)
  expect('pypi', isRefused(python.configparser))
  const isClear = uvCommands && [...uvCommands.values()].every(calls => calls !== undefined)
  const both =
    !isRefused(python.pip) && uvCommands && isClear
      ? { pip: shown(Object.entries(python.pip)), uv: shown([...uvCommands]) }
      : undefined
  if (both) {
    const [pip, other] = [minus(both.pip, both.uv), minus(both.uv, both.pip)]
    if (pip !== [...ours.pip].sort().join(' | ')) found.push('pip alone installs other commands than we say')
    if (other !== [...ours.uv].sort().join(' | ')) found.push('uv alone installs other commands than we say')
  }
  const apart = both ? minus(both.pip, both.uv) !== '' || minus(both.uv, both.pip) !== '' : false
  const texts =
    !isRefused(python.configparser) && !isRefused(python.importlib)
      ? [python.importlib, python.configparser].map(
          entries => new Set(entries.map(([group, name, value]) => `${group}\n${name}\n${strip(value)}`)),
        )
      : undefined
  const [a, b] = texts ?? []
  const read = a && b ? minus(a, b) !== '' || minus(b, a) !== '' : false
  if (both && texts && ours.differs !== (apart || read))
    found.push(ours.differs ? 'read alike, though we say otherwise' : 'read differently, unsaid')
  return found
}
