import { RULES } from '../../rules/registry/index.js'
import type { Finding } from '../../src/finding.js'
import type { AnyRule } from '../../src/rule.js'
import { auditBuilt } from '../support/audit-built.js'
import { type Answers, type Asked, refuses, type Tried } from './examples.js'

/** Topics where what PyPI looks at is all that its checks of the file and of its name look at. */
const FRAMING: ReadonlySet<string> = new Set(['archive', 'entry-points', 'record'])
const TOPIC_OF = new Map(RULES.map(({ id, topic }) => [id, topic]))

/** What cannot be tried on one machine and without a build: which tools the rules name for it, and why. */
const NOT_TRIED: readonly { readonly rules: RegExp; readonly why: string }[] = [
  { rules: /^tags\//, why: 'which machines take a tag: every wheel is installed as if this one did' },
  {
    rules: /^(?:dependencies\/specifier-unsatisfiable|release\/requirements-conflict)$/,
    why: 'dependencies: none is resolved',
  },
  {
    rules:
      /^(?:pyproject\/build-(?:backend|system)-|filename\/sdist-metadata-mismatch$|sdist\/(?:build-|setup-import-missing$))/,
    why: 'a build: none is made',
  },
  { rules: /\/index-[a-z-]+$/, why: 'what an index says: no index is asked' },
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
export const EXPLAINED: Readonly<Record<string, string>> = {
  'archive/archive-limit bad 1': 'So many directories in each other that everybody stops, each at another depth.',
  'archive/file-too-large bad 1': 'PyPI counts the bytes while they come in, before it looks at the file.',
  'archive/link-target-form bad 3': 'pip refuses it on Python 3.14, whose tarfile looks at the whole target.',
  'archive/path-traversal bad 2': "Before Python 3.13 tarfile fails to make a directory that '..' then leaves.",
  'archive/tar-pax-record bad 1':
    'The length reaches into the padding: tarfile takes NUL characters into a path, which pip cannot write.',
  'archive/tar-sparse bad 2': 'In format 1.0 the map lies in the content, which is not read.',
  'archive/zip-compression-method bad 1': 'uv reads this method; the content of the example has another.',
  'archive/zip-member-overlap bad 2':
    'It is the newer zipfile that warns, in a way that the older Python around it does not know.',
  'entry-points/entry-point-script-no-callable bad 3': 'An sdist: pip refuses the wheel that it builds from it.',
  'entry-points/entry-point-value-invalid bad 2': 'pip refuses it on Python 3.15 and later.',
  'entry-points/entry-point-value-invalid bad 4': 'pip refuses it on Python 3.15 and later.',
}

/** Cases of a rule that no example has, as `rule tool`. */
const UNSHOWN: ReadonlySet<string> = new Set([
  'file-unreadable twine',
  'gzip-truncated pip',
  'gzip-truncated twine',
  'gzip-truncated uv',
  'link-followed pip',
  'link-loop pip',
  'link-target-form pip',
  'path-absolute uv',
  'tar-data-after-end uv',
  'tar-extension-padding pip',
  'tar-header-invalid pip',
  'tar-member-after-end uv',
  'tar-pax-record pip',
  'tar-pax-record twine',
  'tar-sparse pip',
  'tar-sparse twine',
  'zip-compression-method uv',
  'zip-extra-malformed pip',
  'zip-extra-malformed twine',
  'zip-member-missing pip',
  'zip-truncated pip',
  'zip-truncated twine',
  'zip64-end-contradiction pip',
  'zip64-end-contradiction twine',
])

export interface Audited {
  readonly findings: readonly Finding[]
  readonly answers: Answers
}

/** A tool that the rule names, and that refuses no example for which it does. */
export function neverShown(rule: AnyRule, audited: readonly Audited[]): readonly string[] {
  return (['pip', 'uv', 'twine'] as const).flatMap(tool => {
    if (!rule.enforcedBy.includes(tool) || !isTriedFor(rule.id)) return []
    const asked = audited.filter(({ answers }) => refuses(answers, tool) !== undefined)
    const isShown = asked.some(
      ({ findings, answers }) => refuses(answers, tool) && rulesNaming(findings, tool).includes(rule.id),
    )
    if (asked.length === 0 || isShown !== UNSHOWN.has(`${rule.id} ${tool}`)) return []
    return [isShown ? `an example shows that ${tool} refuses it` : `no example shows that ${tool} refuses it`]
  })
}
