import { groupBy } from '../../src/group-by.js'
import { compareCodeUnits } from '../../src/wording.js'
import { type FileRecord, sum, WASTES, type Waste } from './records.js'

/** A name, how many files it has, and of how many of all that it concerns. */
export interface Count {
  readonly name: string
  readonly files: number
  readonly projects: number
}

/** Files of a backend or a year, and how many of them have an error or are refused by PyPI. */
export interface Share {
  readonly name: string
  readonly files: number
  readonly withErrors: number
  readonly refused: number
  /** The rule, other than notes, that most of them have. */
  readonly commonest: string | null
}

export interface Census {
  readonly date: string
  readonly files: number
  readonly projects: number
  readonly wheels: number
  readonly refused: number
  readonly refusals: readonly Count[]
  readonly problems: readonly Count[]
  readonly backends: readonly Share[]
  readonly years: readonly Share[]
  readonly unimportable: { readonly files: number; readonly rules: readonly Count[] }
  readonly waste: readonly { readonly kind: Waste; readonly bytes: number; readonly files: number }[]
  /** Bytes of all wheels, unpacked. */
  readonly unpacked: number
}

/** Errors that mean: an import of something in the wheel fails on a machine that the wheel is for. */
const BREAKS_IMPORT: ReadonlySet<string> = new Set([
  'conflict-markers',
  'extension-suffix-mismatch',
  'import-fails',
  'macho-missing-dylib',
  'missing-dll',
  'module-not-importable',
  'pyinit-missing',
  'syntax-invalid',
  'wrong-architecture',
  'wrong-format',
])

const FEWEST = 20

/** The numbers of the census. */
export function take(records: readonly FileRecord[], date: string): Census {
  const wheels = records.filter(({ kind }) => kind === 'wheel')
  const breaks = countRules(wheels, ({ rule, severity }) => severity === 'error' && BREAKS_IMPORT.has(rule))
  const broken = wheels.filter(({ findings }) =>
    findings.some(({ rule, severity }) => severity === 'error' && BREAKS_IMPORT.has(rule)),
  )
  return {
    date,
    files: records.length,
    projects: projectsOf(records),
    wheels: wheels.length,
    refused: records.filter(isRefused).length,
    refusals: countRules(records, ({ refused }) => refused).slice(0, 15),
    problems: countRules(records, ({ severity }) => severity !== 'info').slice(0, 20),
    backends: shares(records, ({ backend }) => backend ?? 'not known').sort((a, b) => b.files - a.files),
    years: shares(records, ({ year }) => String(year ?? 'fixed dates')).sort((a, b) =>
      compareCodeUnits(a.name, b.name),
    ),
    unimportable: { files: broken.length, rules: breaks },
    waste: WASTES.map(kind => {
      const files = wheels.filter(({ waste }) => waste[kind] !== undefined)
      return { kind, bytes: sum(files, ({ waste }) => waste[kind] ?? 0), files: files.length }
    }),
    unpacked: sum(wheels, ({ unpacked }) => unpacked),
  }
}

const isRefused = ({ findings }: FileRecord) => findings.some(({ refused }) => refused)
const projectsOf = (records: readonly FileRecord[]) => new Set(records.map(({ project }) => project)).size

function countRules(
  records: readonly FileRecord[],
  counts: (found: FileRecord['findings'][number]) => boolean,
): Count[] {
  const pairs = records.flatMap(record =>
    [...new Set(record.findings.filter(counts).map(({ rule }) => rule))].map(rule => ({ rule, record })),
  )
  return [...groupBy(pairs, ({ rule }) => rule)]
    .map(([name, of]) => ({ name, files: of.length, projects: projectsOf(of.map(({ record }) => record)) }))
    .sort((a, b) => b.files - a.files || compareCodeUnits(a.name, b.name))
}

function shares(records: readonly FileRecord[], nameOf: (record: FileRecord) => string): Share[] {
  return [...groupBy(records, nameOf)]
    .filter(([, same]) => same.length >= FEWEST)
    .map(([name, same]) => ({
      name,
      files: same.length,
      withErrors: same.filter(({ findings }) => findings.some(({ severity }) => severity === 'error')).length,
      refused: same.filter(isRefused).length,
      commonest: countRules(same, ({ severity }) => severity !== 'info')[0]?.name ?? null,
    }))
}
