import type { Choice } from '../selection.js'
import type { Arguments } from './options.js'

export const words = (values: unknown): readonly string[] =>
  ((values as string[] | undefined) ?? [])
    .flatMap(value => value.split(','))
    .map(word => word.trim())
    .filter(word => word !== '')

/** Which rules the command line asks for. */
export function choiceOf(values: Arguments['values']): Choice {
  return {
    profile: values.profile as Choice['profile'],
    preview: values.preview === true,
    select: values.select === undefined ? undefined : words(values.select),
    ignore: words(values.ignore),
  }
}
