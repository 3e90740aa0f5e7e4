import type { Demands } from '../demands.js'
import type { Choice } from '../selection.js'
import { didYouMean } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'
import { notOverwritten } from './not-overwritten.js'
import { type Arguments, FORMATS, type Format } from './options.js'

export type Values = Arguments['values']

/** A `--format` value: its name, and the file it goes to. */
export interface Output {
  readonly format: Format
  readonly file: string | undefined
}

/**
 * Where the report goes, in each format that is asked for.
 * @throws UsageError for a format that does not exist, or two for one place.
 */
export function outputsOf(values: Values): readonly Output[] {
  const outputFile = values['output-file'] as string | undefined
  if (outputFile === '') throw new UsageError('--output-file needs a file name.')
  if (outputFile !== undefined) notOverwritten(outputFile)
  const outputs = ((values.format as string[] | undefined) ?? ['text']).map((value): Output => {
    const equals = value.indexOf('=')
    const name = equals < 0 ? value : value.slice(0, equals)
    const format = FORMATS.find(one => one === name)
    if (!format) {
      throw new UsageError(`--format takes ${FORMATS.join(', ')}, not '${name}'.${didYouMean(name, FORMATS)}`)
    }
    const file = equals < 0 ? undefined : value.slice(equals + 1)
    if (file === '') throw new UsageError(`--format ${name}= needs a file name after the '='.`)
    if (file !== undefined) notOverwritten(file)
    return { format, file }
  })
  const toStdout = outputs.filter(output => output.file === undefined).length
  if (toStdout > 1)
    throw new UsageError(
      'Only one --format can go to standard output; give the others a file: --format sarif=distaudit.sarif.',
    )
  if (outputFile === undefined) return outputs
  if (toStdout === 0)
    throw new UsageError('--output-file has nothing to write: every --format has a file of its own already.')
  return outputs.map(({ format, file }) => ({ format, file: file ?? outputFile }))
}

export const words = (values: unknown): readonly string[] =>
  ((values as string[] | undefined) ?? [])
    .flatMap(value => value.split(','))
    .map(word => word.trim())
    .filter(word => word !== '')

/** Which rules the options choose. */
export function choiceOf(values: Values): Choice {
  return {
    profile: values.profile as Choice['profile'],
    preview: values.preview === true,
    select: values.select === undefined ? undefined : words(values.select),
    ignore: words(values.ignore),
  }
}

/** Only what was named: it wins over the configuration. */
export function demandsOf(values: Values): Demands {
  const { expect } = values
  const patterns = expect as string[] | undefined
  const bounds = {
    size: sizeOf(values, 'max-size'),
    unpackedSize: sizeOf(values, 'max-unpacked-size'),
    files: sizeOf(values, 'max-files'),
  }
  return {
    ...(patterns && { expected: { wheel: patterns, sdist: patterns } }),
    ...(values['top-level'] !== undefined && { topLevel: words(values['top-level']) }),
    ...(Object.values(bounds).some(bound => bound !== undefined) && { atMost: bounds }),
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

/** `50M`, `50000000`: a number above 0, with the unit in decimal steps. */
export function sizeOf(values: Values, option: string): number | undefined {
  const text = values[option]
  if (text === undefined) return undefined
  const [, number = '', unit = ''] = /^([0-9]{1,15})([kmg]?)b?$/i.exec(String(text)) ?? []
  const size = Number(number) * (UNITS[unit.toLowerCase()] ?? 1)
  if (size < 1) throw new UsageError(`--${option} takes a number above 0, as in 50M, not '${text}'.`)
  return size
}

/** @throws UsageError for what is not a number of threads. */
export function jobsOf(values: Values): number | undefined {
  const text = values.jobs as string | undefined
  if (text === undefined) return undefined
  const jobs = Number(text)
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError(`--jobs takes a number from 1 up, not '${text}'.`)
  return jobs
}
