import { RULES } from '../../rules/registry/index.js'
import type { Finding } from '../../src/finding.js'
import type { AnyRule } from '../../src/rule.js'
import { auditBuilt } from '../support/audit-built.js'
import { type Answers, type Asked, refuses, type Tried } from './examples.js'

/** Topics where what PyPI looks at is all that its checks of the file and of its name look at. */
const FRAMING: ReadonlySet<string> = new Set(['archive', 'entry-points', 'record'])
const TOPIC_OF = new Map(RULES.map(({ id, topic }) => [id, topic]))

/** What cannot be tried on one machine and without a build: which tools the rules name for it, and why. */
export const NOT_TRIED: readonly { readonly rules: RegExp; readonly why: string }[] = [
  { rules: /^tags\//, why: 'which machines take a tag: every wheel is installed as if this one did' },
  {
    rules: /^(?:dependencies\/specifier-unsatisfiable|release\/requirements-conflict)$/,
    why: 'dependencies: none is resolved',
  },
  { rules: /^pyproject\/build-(?:backend|system)-/, why: 'a build: none is made' },
  { rules: /^pyproject\/dependency-group-/, why: 'groups, which are installed from a source tree' },
]

const isTriedFor = (rule: string): boolean => {
  const name = `${TOPIC_OF.get(rule)}/${rule}`
  return !NOT_TRIED.some(({ rules }) => rules.test(name))
}

/** The findings of every rule on the file of an example, as it lies in its release. */
export async function findingsOn({ filename, bytes }: Tried): Promise<readonly Finding[]> {
  const { findings } = await auditBuilt([{ filename, bytes }], RULES)
  return findings.filter(({ location }) => location.path === filename)
}

const rulesNaming = (findings: readonly Finding[], ...who: readonly Asked[]): readonly string[] => [
  ...new Set(findings.filter(({ enforcedBy }) => who.some(one => enforcedBy.includes(one))).map(({ rule }) => rule)),
]

/** Where what is said of a file and what the tools did with it differ. */
export function differences(findings: readonly Finding[], answers: Answers): readonly string[] {
  const different: string[] = []
  for (const tool of ['pip', 'uv', 'twine'] as const) {
    const refused = refuses(answers, tool)
    const naming = rulesNaming(findings, tool)
    const tried = naming.filter(isTriedFor)
    if (refused === true && naming.length === 0)
      different.push(`${tool} refuses it, and no finding says so: ${answers[tool]}`)
    if (refused === false && tried.length > 0)
      different.push(`${tool} takes it; said to refuse it: ${tried.join(', ')}`)
  }
  // What PyPI says of the metadata is held by test/conformance/pypi-cases.ts.
  const crash = answers['pypi-crash']
  const refused = crash !== undefined || refuses(answers, 'pypi')
  const naming = rulesNaming(findings, 'pypi', 'pypi-crash')
  if (refused === true && naming.length === 0)
    different.push(`PyPI refuses it, and no finding says so: ${answers.pypi ?? crash}`)
  const framing = naming.filter(rule => FRAMING.has(TOPIC_OF.get(rule) ?? ''))
  if (refused === false && framing.length > 0) different.push(`PyPI takes it; said to refuse it: ${framing.join(', ')}`)
  return different
}

/** Differences that have their reason, by example. */
export const EXPLAINED: Readonly<Record<string, string>> = {}

export interface Audited {
  readonly findings: readonly Finding[]
  readonly answers: Answers
}

/** A tool that the rule names, and that no example shows to refuse a file for what this rule alone says. */
export function namedAlone(rule: AnyRule, audited: readonly Audited[]): readonly string[] {
  return (['pip', 'uv', 'twine'] as const).flatMap(tool => {
    if (!rule.enforcedBy.includes(tool) || !isTriedFor(rule.id)) return []
    const asked = audited.filter(({ answers }) => refuses(answers, tool) !== undefined)
    if (asked.length === 0) return []
    const shown = asked.some(
      ({ findings, answers }) => refuses(answers, tool) && rulesNaming(findings, tool).join() === rule.id,
    )
    return shown ? [] : [`no example shows by itself that ${tool} refuses it`]
  })
}
