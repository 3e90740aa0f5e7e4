import type { Metadata, MetadataField } from '../distribution/metadata.js'
import type { Place } from '../finding.js'
import { linesOf, mailboxes } from './core-items.js'
import type { Item } from './items.js'

/** One table of `project.authors` or `project.maintainers`. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly at: Place
}

interface People {
  readonly given: readonly Item[]
  readonly found: readonly Item[]
}

const squeeze = (text: string) => text.trim().replace(/\s+/g, ' ').normalize('NFC')
const show = (name: string, email: string) => (email === '' ? name : name === '' ? email : `${name} <${email}>`)

/**
 * Those with an address, which are in Author-email, and those without, which are in Author. Some backends write the names of
 * the first kind to Author too, or only there: that means the same.
 */
export function comparePeople(people: readonly Person[], metadata: Metadata, field: 'Author' | 'Maintainer') {
  const [named] = linesOf(metadata, field)
  const [mailed] = linesOf(metadata, `${field}-email`)
  const texts = [named, mailed].map(line => line?.value ?? '').join('\n')
  // RFC 2047 words hide the names.
  if (texts.includes('=?')) return undefined
  const withEmail = people.filter(({ email }) => email !== '')
  const names = namesIn(named, people)
  const known = new Set(people.map(({ name }) => squeeze(name)))
  return {
    email: {
      given: withEmail.map(toItem),
      found: found(mailed, withEmail, new Set(names.map(({ key }) => key)), texts),
    },
    name: {
      given: people.filter(({ email }) => email === '').map(toItem),
      found: names
        .filter(({ key }) => !known.has(key) || people.some(({ name, email }) => email === '' && squeeze(name) === key))
        .map(item => ({ ...item, key: `${item.key}\0` })),
    },
  } satisfies { email: People; name: People }
}

const toItem = ({ name, email, at }: Person): Item => {
  const text = show(squeeze(name), email.trim())
  return { key: `${squeeze(name)}\0${email.trim()}`, text, at, name: email === '' ? squeeze(name) : email.trim() }
}

/** A name may contain commas, so the expected names are looked for first. */
function namesIn(line: MetadataField | undefined, people: readonly Person[]): readonly Item[] {
  if (!line) return []
  let rest = squeeze(line.value)
  const result: Item[] = []
  const push = (name: string) => result.push({ key: name, text: name, at: line, name })
  for (const name of new Set(people.map(person => squeeze(person.name)).filter(one => /[,"]/.test(one)))) {
    const quoted = rest.includes(`"${name}"`) ? `"${name}"` : name
    if (!rest.includes(quoted)) continue
    push(name)
    rest = rest.replace(quoted, '')
  }
  // Maturin writes the addresses to this field, too.
  const bare = (name: string) => name.replace(/^"(.*)"$/, '$1').replace(/ ?<[^<>]*>$/, '')
  for (const name of rest.split(',').map(squeeze)) if (bare(name) !== '') push(bare(name))
  return result
}

function found(
  line: MetadataField | undefined,
  people: readonly Person[],
  names: ReadonlySet<string>,
  texts: string,
): readonly Item[] {
  if (!line) return []
  // A comma in a name without quotes cuts it in two.
  const isPiece = (text: string) =>
    !text.includes('@') && people.some(({ name }) => name.includes(',') && name.includes(text))
  const whole = mailboxes(line.value).filter(({ address }) => !isPiece(address))
  return whole.map(({ name, address, shown }) => {
    const same = people.filter(({ email }) => email.trim() === address)
    const fits =
      same.find(person => squeeze(person.name) === name) ??
      // The name is in the other field, or its signs have a meaning in an address list.
      same.find(person => name === '' && names.has(squeeze(person.name))) ??
      same.find(person => /[^\p{L}\p{N} ]/u.test(person.name) && squeeze(texts).includes(squeeze(person.name)))
    return {
      key: fits ? `${squeeze(fits.name)}\0${address}` : `${name}\0${address}`,
      text: shown,
      at: line,
      name: address,
    }
  })
}
