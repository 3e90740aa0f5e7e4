import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { Remedy } from '../finding.js'
import { attempt } from '../standards/error.js'
import { parseLicenseExpression } from '../standards/license-expression.js'
import {
  CLASSIFIER_EXPRESSIONS,
  classifierFamily,
  isPlainLicense,
  licenseExpressionFor,
  namesFamilyOf,
} from './licenses.js'
import { texts } from './pyproject.js'

/** What the project's `license` key says now. */
interface Stated {
  readonly text?: string | undefined
  readonly file?: string | undefined
}

/**
 * `license` as an expression, where the text, the file and the classifiers agree on one. Safe where one of them says it without
 * doubt.
 */
export function licenseRemedy(subject: Wheel | Sdist, { text, file }: Stated): Remedy | undefined {
  const classifiers = licenseClassifiers(subject)
  const said = text === undefined ? fromFile(subject, file, classifiers) : fromText(subject, text, classifiers)
  if (!said || !classifiers.every(classifier => agrees(said.expression, classifier))) return undefined
  const files = file === undefined ? [] : [file, ...otherLicenseFiles(subject, file)]
  const change = { kind: 'license', expression: said.expression, was: text ?? file, files, classifiers } as const
  return { safe: said.sure, changes: [change] }
}

interface Said {
  readonly expression: string
  readonly sure: boolean
}

function fromText(subject: Wheel | Sdist, text: string, classifiers: readonly string[]): Said | undefined {
  const expression = licenseExpressionFor(text)
  if (expression !== undefined) {
    const sure = isPlainLicense(text) || exact(classifiers).includes(expression)
    return { expression, sure }
  }
  // "BSD" names a family: the text of the license tells which one.
  const [only, ...others] = recognized(subject)
  return only !== undefined &&
    others.length === 0 &&
    text
      .trim()
      .toLowerCase()
      .replace(/ licen[cs]e$/, '') === 'bsd'
    ? /^BSD-/.test(only)
      ? { expression: only, sure: true }
      : undefined
    : undefined
}

function fromFile(subject: Wheel | Sdist, file: string | undefined, classifiers: readonly string[]): Said | undefined {
  const [named, ...more] = [...new Set(exact(classifiers))]
  const [only, ...others] = file === undefined ? [] : recognized(subject, file)
  if (only !== undefined && others.length === 0) return { expression: only, sure: true }
  return named !== undefined && more.length === 0 && (others.length === 0 || [only, ...others].includes(named))
    ? { expression: named, sure: true }
    : undefined
}

const exact = (classifiers: readonly string[]): readonly string[] =>
  classifiers.flatMap(classifier => CLASSIFIER_EXPRESSIONS.get(classifier) ?? [])

/** Of pyproject.toml where it has them: those are what a change of it has to agree with. */
function licenseClassifiers({ metadata, ...subject }: Wheel | Sdist): readonly string[] {
  const pyproject = subject.kind === 'sdist' ? subject.pyproject : undefined
  const own = texts(pyproject?.get('project', 'classifiers')).map(([, text]) => text.trim())
  const all = own.length > 0 ? own : (metadata?.all('Classifier') ?? []).map(({ value }) => value.trim())
  return [...new Set(all.filter(text => text.startsWith('License ::')))]
}

/** Does a classifier say nothing but what the expression says? */
export function agrees(expression: string, classifier: string): boolean {
  const ids =
    attempt(parseLicenseExpression, expression)?.licenses.map(({ id, orLater }) => (orLater ? `${id}+` : id)) ?? []
  const named = CLASSIFIER_EXPRESSIONS.get(classifier)
  if (named !== undefined) return ids.includes(named)
  if (classifier === 'License :: OSI Approved') return true
  return classifierFamily(classifier) !== undefined && namesFamilyOf(expression, classifier)
}

/** What license files the backends find on their own. */
const FOUND = /^(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$/

const otherLicenseFiles = (subject: Wheel | Sdist, named: string): readonly string[] => {
  const top = subject.kind === 'sdist' ? `${subject.top}/` : undefined
  if (top === undefined) return []
  const names = [...subject.members].flatMap(({ path }) => (path.startsWith(top) ? [path.slice(top.length)] : []))
  return [...new Set(names.filter(name => FOUND.test(name) && name !== named))].sort()
}

/** SPDX ids that the text of a license file is; of the only such file at the top where none is named. */
function recognized(subject: Wheel | Sdist, file?: string): readonly string[] {
  const top = subject.kind === 'sdist' ? subject.top : undefined
  if (top === undefined) return []
  const found = subject.licenseTexts.filter(({ member }) =>
    file === undefined ? FOUND.test(member.slice(top.length + 1)) : member === `${top}/${file}`,
  )
  const [only, ...others] = found.filter(({ matches }) => matches.length > 0)
  const [match, ...more] = only?.matches ?? []
  return match && !only?.offersChoice && others.length === 0 && more.length === 0 && match.share >= SURE
    ? match.ids
    : []
}

/** The whole of a license's text, but for names and line ends. */
const SURE = 0.95
