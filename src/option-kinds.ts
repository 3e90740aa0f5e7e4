import { didYouMean } from './text/nearest.js'
import { UsageError } from './usage-error.js'

/** What a program without types may give instead of what the library takes. */
const KINDS = {
  string: { name: 'a string', is: (value: unknown) => typeof value === 'string' },
  boolean: { name: 'true or false', is: (value: unknown) => typeof value === 'boolean' },
  number: { name: 'a number of at least 0', is: (value: unknown) => typeof value === 'number' && value >= 0 },
  strings: { name: 'an array of strings', is: isStrings },
  list: { name: 'an array', is: isList },
  'string or list': {
    name: 'a string or an array',
    is: (value: unknown) => typeof value === 'string' || isList(value),
  },
  object: { name: 'an object', is: isObject },
  function: { name: 'a function', is: (value: unknown) => typeof value === 'function' },
}

type Kind = keyof typeof KINDS | Kinds
interface Kinds {
  readonly [option: string]: Kind
}

/** What each option of `T` takes; an object with options of its own has kinds of its own. */
export type KindsOf<T> = { readonly [K in keyof Required<T>]: Kind }

/** @throws UsageError for an option that there is not, or of another kind. */
export function checkOptions(options: unknown, kinds: Kinds, of = ''): void {
  if (!isObject(options)) throw new UsageError(`${of === '' ? 'The options' : of} must be an object.`)
  const inTable = (name: string) => (of === '' ? name : `${of}.${name}`)
  for (const [name, value] of Object.entries(options)) {
    const whole = inTable(name)
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined)
      throw new UsageError(`There is no option '${whole}'.${didYouMean(whole, Object.keys(kinds).map(inTable))}`)
    if (value === undefined) continue
    if (typeof kind !== 'string') checkOptions(value, kind, whole)
    else if (!KINDS[kind].is(value)) throw new UsageError(`${whole} must be ${KINDS[kind].name}.`)
  }
}

/** @throws UsageError for inputs that are one input, or none. */
export function checkInputs(inputs: unknown): void {
  if (!isList(inputs)) throw new UsageError('The inputs must be an array, also for a single file.')
}

/** Whatever can be gone through, but for the characters of a string. */
function isList(value: unknown): value is Iterable<unknown> {
  return isObject(value) && Symbol.iterator in value
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every(one => typeof one === 'string')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
