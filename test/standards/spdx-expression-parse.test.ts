/**
 * A second reader of license expressions: spdx-expression-parse, which npm uses for package.json. It follows SPDX, and
 * distaudit follows packaging; every difference between the two is listed here with its reason.
 */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import parse from 'spdx-expression-parse'
import { describe, expect, it } from 'vitest'
import spdx from '../../src/data/spdx.json' with { type: 'json' }
import { type LicenseNode, parseLicenseExpression, StandardsError } from '../../src/standards/index.js'
import { licenseText } from '../conformance/packaging-cases.js'
import fc from '../support/fc.js'

/** What both trees say: a license with its `+` and exception, or an operator and its terms. */
type Tree = string | readonly ['and' | 'or', ...Tree[]]

const use = (id: string, orLater: boolean | undefined, exception: string | undefined): Tree =>
  `${id}${orLater ? '+' : ''}${exception === undefined ? '' : ` WITH ${exception}`}`

/** A group within a group of the same operator is one group: distaudit keeps it as written, the other tree is binary. */
const group = (kind: 'and' | 'or', terms: readonly Tree[]): Tree => [
  kind,
  ...terms.flatMap(term => (typeof term !== 'string' && term[0] === kind ? (term.slice(1) as Tree[]) : [term])),
]

const ourTree = (node: LicenseNode): Tree =>
  node.kind === 'license' ? use(node.id, node.orLater, node.exception) : group(node.kind, node.terms.map(ourTree))

const theirTree = (node: parse.Info): Tree =>
  'conjunction' in node
    ? group(node.conjunction, [theirTree(node.left), theirTree(node.right)])
    : use(node.license, node.plus, node.exception)

/** The tree, or nothing when the text is rejected. */
function ours(text: string): Tree | undefined {
  try {
    return ourTree(parseLicenseExpression(text).tree)
  } catch (error) {
    if (!(error instanceof StandardsError)) throw error
    return undefined
  }
}

/** It rejects with errors of several classes: an empty text gives a TypeError. */
function theirs(text: string): Tree | undefined {
  try {
    return theirTree(parse(text))
  } catch {
    return undefined
  }
}

interface Difference {
  readonly what: string
  /** Who accepts such an expression. `both`: they read different things from it. */
  readonly acceptedBy: 'distaudit' | 'the other' | 'both'
  /** An expression that the readers disagree on for this reason only. */
  readonly example: string
  /** The expression without the difference. An expression that has it is one that this changes. */
  readonly without: (text: string) => string
}

const spelling = new Map([...spdx.licenses.ids, ...spdx.exceptions.ids].map(id => [id.toLowerCase(), id]))
const newer: ReadonlySet<string> = new Set(spdx.newer.ids)
const unknownExceptions: ReadonlySet<string> = new Set(
  spdx.exceptions.ids.filter(id => theirs(`MIT WITH ${id}`) === undefined),
)

const eachWord = (text: string, change: (word: string) => string) => text.replace(/[^\s()+]+/g, change)

function withoutEmptyParentheses(text: string): string {
  const less = text.replace(/\( *\)/g, '')
  return less === text ? text : withoutEmptyParentheses(less)
}

/** In the order in which they are removed. */
const DIFFERENCES: readonly Difference[] = [
  {
    // packaging splits at what Python calls white space. The other skips spaces only.
    what: 'white space other than the space',
    acceptedBy: 'distaudit',
    example: 'MIT\tOR\u00a0ISC',
    without: text => text.replace(/[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, ' '),
  },
  {
    // SPDX and PEP 639 match identifiers in any case. The other wants the case of the list.
    what: 'an identifier in another case than in the list',
    acceptedBy: 'distaudit',
    example: 'mit OR GPL-2.0-ONLY with classpath-exception-2.0',
    without: text => eachWord(text, word => spelling.get(word.toLowerCase()) ?? word),
  },
  {
    // packaging lower-cases the expression first.
    what: 'LicenseRef- in another case',
    acceptedBy: 'distaudit',
    example: 'LICENSEREF-a',
    without: text => eachWord(text, word => word.replace(/^licenseref-/i, 'LicenseRef-')),
  },
  {
    // packaging removes one + and finds GPL-2.0+ in its list. The other's list has GPL-2.0 only, which can have one +.
    what: 'a + after an identifier that ends with +',
    acceptedBy: 'distaudit',
    example: 'GPL-2.0++',
    without: text => text.replace(/\b(L?GPL-[123]\.[01])\+\+(?=[\s)]|$)/g, '$1+'),
  },
  {
    // spdx-exceptions has an older SPDX list than packaging.
    what: 'an exception that spdx-exceptions does not have yet',
    acceptedBy: 'distaudit',
    example: 'MIT WITH mxml-exception',
    without: text => eachWord(text, word => (unknownExceptions.has(word) ? 'LLVM-exception' : word)),
  },
  {
    // The other looks for an operator where a token starts, whatever follows: no identifier of the list starts like one.
    what: 'an operator without space between it and the next word',
    acceptedBy: 'the other',
    example: 'MIT ORISC',
    without: text => text.replace(/(?<=^|[\s()+])(and|or|with)(?=[\w.-])/gi, '$1 '),
  },
  {
    // For the other + is a token of its own. For packaging only white space and parentheses separate.
    what: 'an operator right after +',
    acceptedBy: 'the other',
    example: 'MIT+OR ISC',
    without: text => text.replace(/\+(?=and|or|with)/gi, '+ '),
  },
  {
    // A bug of the other: its pattern for names is not anchored. It takes the next name that it finds, wherever that is, and
    // then skips as many characters as the name has.
    what: 'LicenseRef- or DocumentRef- without a name',
    acceptedBy: 'the other',
    example: 'LicenseRef-  OR MIT',
    without: text =>
      text.replace(
        /((?:License|Document)Ref-)([^A-Za-z0-9.-]+)([A-Za-z0-9.-]+)/g,
        (_, prefix, junk, name) => `${prefix}${name} ${(junk + name).slice(name.length)}`,
      ),
  },
  {
    // SPDX refers to licenses of other SPDX documents with it. PEP 639 does not allow it.
    what: 'DocumentRef-',
    acceptedBy: 'the other',
    example: 'DocumentRef-spdx-tool-1.2:LicenseRef-a',
    without: text => text.replace(/(?<=^|[\s()])DocumentRef-[\w.-]+ *: *(?=LicenseRef-)/g, ''),
  },
  {
    // spdx-license-ids has a newer SPDX list than packaging; PyPI rejects what packaging does not know.
    what: 'an identifier of a newer SPDX list',
    acceptedBy: 'the other',
    example: 'OpenMDW-1.0',
    without: text => eachWord(text, word => (newer.has(word) ? 'MIT' : word)),
  },
  {
    // A bug of the other: it reads past an empty pair and takes what follows.
    what: 'empty parentheses before a license',
    acceptedBy: 'the other',
    example: '() MIT',
    without: withoutEmptyParentheses,
  },
  {
    // packaging gives up where Python's own parser does.
    what: 'more than 200 nested parentheses',
    acceptedBy: 'the other',
    example: `${'('.repeat(201)}MIT${')'.repeat(201)}`,
    without: text => text.replace(/\({201}([^()]*)\){201}/g, '($1)'),
  },
  {
    // For packaging they are the same, and the last spelling counts. For the other they are two licenses.
    what: 'one LicenseRef in two spellings',
    acceptedBy: 'both',
    example: 'LicenseRef-A OR LicenseRef-a',
    without: text => {
      const last = new Map([...text.matchAll(/LicenseRef-[\w.-]+/g)].map(([ref]) => [ref.toLowerCase(), ref]))
      return eachWord(text, word => last.get(word.toLowerCase()) ?? word)
    },
  },
]

type Verdict = 'agree' | 'unexplained' | readonly Difference[]

/**
 * Whether the readers agree on a text, or which differences explain why not: without these, both must accept the text and
 * read the same from it. So a difference explains nothing but itself.
 */
function compare(text: string): Verdict {
  const [mine, other] = [ours(text), theirs(text)]
  if (isDeepStrictEqual(mine, other)) return 'agree'
  const rejectedBy = mine === undefined ? 'distaudit' : other === undefined ? 'the other' : undefined
  const met: Difference[] = []
  let plain = text
  for (const difference of DIFFERENCES) {
    if (difference.acceptedBy === rejectedBy) continue
    const before = plain
    plain = difference.without(plain)
    if (plain !== before) met.push(difference)
  }
  const tree = ours(plain)
  return tree !== undefined && isDeepStrictEqual(tree, theirs(plain)) ? met : 'unexplained'
}

const words = (...list: readonly string[]) => fc.constantFrom(...list)
const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(all => all.join(''))

/** Most of these expressions are accepted by one reader at least; together they have every difference. */
const license = fc.oneof(
  words('MIT', 'mit', 'Apache-2.0', 'GPL-2.0', 'GPL-2.0+', 'GPL-2.0++', 'gpl-3.0-only+', 'GPL-3.0-or-later+'),
  words('LicenseRef-A', 'LicenseRef-a', 'licenseref-b', 'LicenseRef-\u212a', 'LicenseRef-a_b', 'LicenseRef-a+'),
  words('DocumentRef-d:LicenseRef-a', 'DocumentRef-d : LicenseRef-A', '() MIT', '(() ISC)', 'Unknown'),
  words(`${'('.repeat(201)}ISC${')'.repeat(201)}`),
  words(...spdx.licenses.ids, ...spdx.newer.ids),
)
const exception = join(
  words(' WITH ', ' with ', ' WITH', '+WITH '),
  words('LLVM-exception', 'llvm-Exception', ...spdx.exceptions.ids),
)
const operator = words(' AND ', ' or ', ' Or ', '\tAND\n', ' OR', '+AND ', ' OR  ')
const { expression } = fc.letrec<{ expression: string; term: string }>(tie => ({
  expression: fc.oneof(
    { weight: 2, arbitrary: tie('term') },
    { weight: 3, arbitrary: join(tie('term'), operator, tie('term')) },
    { weight: 1, arbitrary: join(tie('term'), operator, tie('term'), operator, tie('term')) },
  ),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: license },
    { weight: 2, arbitrary: join(license, exception) },
    { weight: 1, arbitrary: join(words('(', '( '), tie('expression'), words(')', ' )')) },
  ),
}))

function recorded(file: string): readonly string[] {
  const rows = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  return rows.flatMap(row => {
    const fact = JSON.parse(row) as
      | { readonly kind: string; readonly input: string }
      | readonly [readonly [kind: string, text: string]]
    if ('kind' in fact) return fact.kind === 'license-expression' ? [fact.input] : []
    return fact[0][0] === 'license' ? [fact[0][1]] : []
  })
}

describe('spdx-expression-parse', () => {
  it.each(DIFFERENCES)('differs on $what', difference => {
    expect(compare(difference.example)).toEqual([difference])
  })

  it.each([
    ['a deprecated identifier', 'GPL-2.0 OR eCos-2.0', true],
    ['a + after any identifier', 'GPL-2.0+ AND GPL-3.0-only+ AND MIT+', true],
    ['operators in lower and mixed case', 'MIT or ISC And 0BSD with LLVM-exception', true],
    ['no space at parentheses', '(MIT)AND(ISC)', true],
    ['an exception to a LicenseRef', 'LicenseRef-a WITH LLVM-exception', true],
    ['AND before OR', 'MIT OR ISC AND 0BSD', true],
    ['a LicenseRef with +', 'LicenseRef-a+', false],
    ['a LicenseRef with an underscore', 'LicenseRef-a_b', false],
    ['a LicenseRef without a name', 'LicenseRef-', false],
    ['a space before +', 'MIT +', false],
    ['an exception to a group', '(MIT OR ISC) WITH LLVM-exception', false],
    ['a license as an exception', 'MIT WITH ISC', false],
    ['an exception as a license', 'LLVM-exception', false],
    ['NONE and NOASSERTION', 'NONE OR NOASSERTION', false],
    ['nothing', '', false],
  ])('agrees on %s', (_, text, accepted) => {
    expect([compare(text), ours(text) !== undefined]).toEqual(['agree', accepted])
  })

  it('differs in no other way on the identifiers of the lists', () => {
    const texts = spdx.licenses.ids.flatMap(id => [id, `${id}+`, `LicenseRef-${id}`])
    const exceptions = spdx.exceptions.ids.flatMap(id => [id, `ISC WITH ${id}`])
    expect([...texts, ...exceptions].filter(text => compare(text) === 'unexplained')).toEqual([])
  })

  it('differs in no other way on the expressions recorded from packaging', () => {
    const texts = [...recorded('recorded-cases.jsonl'), ...recorded('packaging-cases.jsonl')]
    expect(texts.length).toBeGreaterThan(300)
    expect(texts.filter(text => compare(text) === 'unexplained')).toEqual([])
  })

  it('differs in no other way on generated expressions', () => {
    const met = new Set<string>()
    const differsAsListed = (text: string) => {
      const verdict = compare(text)
      if (typeof verdict !== 'string') for (const { what } of verdict) met.add(what)
      return verdict !== 'unexplained'
    }
    fc.assert(fc.property(expression, differsAsListed), { seed: 20261129, numRuns: 3_000 })
    fc.assert(fc.property(licenseText, differsAsListed), { seed: 20261129, numRuns: 6_000 })
    expect([...met].sort()).toEqual(DIFFERENCES.map(({ what }) => what).sort())
  })
})
