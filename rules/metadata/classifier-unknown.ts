import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Place } from '../../src/finding.js'
import { once } from '../../src/once.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { CLASSIFIERS } from '../../src/standards/classifiers.js'
import { nearest } from '../../src/text/nearest.js'
import { given, uploaded } from '../../src/views/as-uploaded.js'
import { some } from '../../src/wording.js'
import { replacing } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'
import { meantClassifier, stopsHatchling } from './_classifiers.js'

const MOST_HINTS = 20
/** So many classifiers of one character are those of a string. */
const LEAST_LETTERS = 3

export default rule({
  id: 'classifier-unknown',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, classifiers; core metadata specification, "Classifier"',
  url: coreMetadata('classifier'),
  summary: 'A classifier is not in the list of valid classifiers.',
  why: 'PyPI rejects the file. The text must match exactly, including case and spaces. hatchling stops the build.',
  fix: project =>
    `Replace it under ${project.key('Classifier')} with a classifier from https://pypi.org/classifiers/, or remove it.`,
  pypiMessage: "'Programming Language :: Python3' is not a valid classifier.",
  bad: [
    { wheel: { metadata: { Classifier: 'Programming Language :: Python3' } } },
    { wheel: { metadata: { Classifier: 'Programming Language :: Python :: 3.12.1' } } },
    { wheel: { metadata: { Classifier: 'Operating System :: Windows' } } },
    { wheel: { metadata: { Classifier: 'Topic :: Internet :: HTTP' } } },
    {
      wheel: { metadata: { Classifier: 'License :: OSI Approved :: Apache License 2.0', 'License-Expression': null } },
    },
    { wheel: { metadata: { Classifier: 'License :: OSI Approved :: MIT Licence' } } },
    { wheel: { metadata: { Classifier: [...'MIT License'] } } },
  ],
  good: { wheel: { metadata: { Classifier: 'Programming Language :: Python :: 3' } } },
  *check(subject) {
    const { metadata } = subject
    if (!metadata) return
    const letters = uploaded(metadata, 'Classifier').filter(({ value }) => value.length <= 1)
    if (letters.length >= LEAST_LETTERS)
      yield finding(
        letters[0],
        `The classifiers are the single characters of a string: ${some(
          letters.map(({ value }) => quote(value)),
          3,
        )}. Expected a list of strings.`,
        { help: project => `Write a list with one classifier per item under ${project.key('Classifier')}.` },
      )
    const [expression] = given(metadata, 'License-Expression')
    // Each costs time; nobody reads more of them in one file.
    let hints = MOST_HINTS
    for (const field of uploaded(metadata, 'Classifier')) {
      const { value } = field
      const isStated = expression !== undefined && value.startsWith('License ::')
      if (value.length <= 1 && letters.length >= LEAST_LETTERS) continue
      if (CLASSIFIERS.all.has(value) || CLASSIFIERS.deprecated.has(value) || value.startsWith('Private ::')) continue
      const isHinted = hints-- > 0
      const both = isHinted ? joined(value) : undefined
      const sure = isHinted && !both ? meantClassifier(value) : undefined
      const meant = sure ?? (isHinted && !both ? likelyClassifier(value) : undefined)
      const hint = both
        ? ` ${both.text} between ${quote(both.first)} and ${quote(both.second)}?`
        : meant === undefined || isStated
          ? ''
          : ` Did you mean ${quote(meant)}?`
      yield finding(
        unknownPart(field),
        `The classifier ${quote(value)} is not valid (not in the list as of ${CLASSIFIERS.date}).${hint}${stopsHatchling(subject, value)}`,
        isStated
          ? {
              help: `Delete it: License-Expression already states the license, ${quote(expression.value)}.`,
              remedy: { safe: false, changes: [{ kind: 'remove', field: 'Classifier', value }] },
            }
          : { remedy: replacing('Classifier', value, meant, sure !== undefined) },
      )
    }
  },
})

/**
 * The classifier that a person probably meant: the number of a status, the ends of a longer one, one that adds a word, or a text
 * that is near.
 */
function likelyClassifier(value: string): string | undefined {
  const [, python] = PYTHON.exec(value) ?? []
  if (python !== undefined) return `${PYTHONS}${python}` === value ? undefined : known(`${PYTHONS}${python}`)
  const numbered = /^Development Status :: [1-7] - /.exec(value)?.[0]
  const same = numbered
    ? [...CLASSIFIERS.all].find(one => one.startsWith(numbered))
    : (sameEnds(value) ?? sameWord(value))
  return same ?? sameLicense(value) ?? nearest(value, candidates(), other => isAlike(value, other))
}

const PYTHONS = 'Programming Language :: Python :: '
/** `3.9.1`, `3.9+`, `>=3.9`, `3.x`, and the same without the last separator. */
const PYTHON = /^Programming Language :: Python(?: ::)? ?[<>=~^v ]{0,4}([23](?:\.\d{1,2})?)(?:\.\d{1,3}|\.[x*]|\+)?$/

const known = (text: string): string | undefined => (CLASSIFIERS.all.has(text) ? text : undefined)

/** Is each part near that of the other, or its beginning? What comes before it is long, and the same for many. */
function isAlike(value: string, other: string): boolean {
  const [written, meant] = [value.split(' :: '), other.split(' :: ')]
  return (
    written.length !== meant.length ||
    written.every((part, index) => {
      const one = meant[index] ?? ''
      return one.toLowerCase().startsWith(part.toLowerCase()) || nearest(bare(part), [bare(one)]) !== undefined
    })
  )
}

/** Every license is called so. */
const bare = (part: string) => part.replace(/ Licen[cs]e$/, '')

/** The license without its short name, or the only one with the same first word: `License :: OSI Approved :: Apache License 2.0`. */
function sameLicense(value: string): string | undefined {
  const [short, ...more] = [...CLASSIFIERS.all].filter(one => one.startsWith(`${value} (`))
  if (short !== undefined && more.length === 0) return short
  const start = value.startsWith('License :: ') ? value.lastIndexOf(' :: ') + 4 : value.length
  const [word = ''] = value.slice(start).split(' ', 1)
  const found = [...CLASSIFIERS.all].filter(one => word !== '' && one.startsWith(`${value.slice(0, start)}${word} `))
  return found.length === 1 ? found[0] : undefined
}

/** Classifiers that say something by themselves. */
const candidates = once(() => [...CLASSIFIERS.all].filter(text => text !== 'License :: OSI Approved'))

/** Two classifiers in one text: Python joins strings without a comma between them, and a list has one on each line. */
function joined(value: string) {
  if (!value.slice(1).includes(' :: ', value.indexOf(' :: ') + 4)) return undefined
  for (const first of CLASSIFIERS.all) {
    if (!value.startsWith(first)) continue
    const rest = value.slice(first.length)
    const second = rest.replace(/^\s*[,;]?\s*/, '')
    if (CLASSIFIERS.all.has(second))
      return {
        first,
        second,
        text: /[,;]/.test(rest.slice(0, -second.length)) ? 'Is a line break missing' : 'Is a comma missing',
      }
  }
  return undefined
}

/** The only classifier with the same first and last part: `Operating System :: Linux`. */
function sameEnds(value: string): string | undefined {
  const [first = '', ...rest] = value.split(' :: ')
  const last = rest.at(-1)
  if (last === undefined) return undefined
  const found = [...CLASSIFIERS.all].filter(one => one.startsWith(`${first} :: `) && one.endsWith(` :: ${last}`))
  return found.length === 1 ? found[0] : undefined
}

/** The classifier that adds `License`, or the only one whose last part has the written one as a word: `Topic :: Internet :: HTTP`. */
function sameWord(value: string): string | undefined {
  const license = `${value} License`
  if (CLASSIFIERS.all.has(license)) return license
  const start = value.lastIndexOf(' :: ') + 4
  const [before, last] = [value.slice(0, start), value.slice(start)]
  if (start < 4 || last === '') return undefined
  const found = [...CLASSIFIERS.all].filter(
    one =>
      one.startsWith(before) &&
      !one.includes(' :: ', start) &&
      one
        .slice(start)
        .split(/[^\w.+#-]+/)
        .includes(last),
  )
  return found.length === 1 ? found[0] : undefined
}

/** Every beginning of a classifier that ends where a part does. */
const beginnings = once(() => {
  const found = new Set<string>()
  for (const text of CLASSIFIERS.all)
    for (let end = text.indexOf(' :: '); end >= 0; end = text.indexOf(' :: ', end + 1)) found.add(text.slice(0, end))
  return found
})

/** What follows the parts that begin some classifier. */
function unknownPart(field: MetadataField): Place {
  const { value } = field
  let start = 0
  for (let end = value.indexOf(' :: '); end >= 0; end = value.indexOf(' :: ', start)) {
    if (!beginnings().has(value.slice(0, end))) break
    start = end + 4
  }
  return within(field, value.slice(start), start)
}
