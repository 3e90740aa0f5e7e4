import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft, Severity } from '../../src/finding.js'
import { oncePer } from '../../src/once.js'
import { type PythonModule, readModule } from '../../src/python/module.js'
import { finding } from '../../src/rule.js'
import { importChain } from '../../src/views/import-chain.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { isForPython3 } from '../../src/views/python-modules.js'
import { plural } from '../../src/wording.js'

type Construct = PythonModule['constructs'][number]

export interface Fault {
  readonly construct: Construct
  /** The Python versions that cannot parse it, as minor versions of 3. */
  readonly lacking: readonly number[]
  /** Few people still run any of them. */
  readonly isRare?: boolean
  /** Python 3.5 and older, which ended in 2020. */
  readonly isGone?: boolean
  /** It does not stop the import. */
  readonly isLater?: boolean
}

/** Modules that are only for some versions of Python. */
const FOR_SOME =
  /(?:^|[._])(?:_?py\d+|py_?[23]\w*|python[23]|compat\w*|_?compat|legacy\w*|new_?syntax)(?:[._]|$)|(?:[23]k|_3\d+)(?:[._]|$)/i

/** One finding for what is imported whenever the wheel is used, and one for the rest. */
export function* syntaxFindings(
  wheel: Wheel | Sdist,
  faultOf: (construct: Construct) => Fault | undefined,
  say: (fault: Fault, where: string) => string,
  helpOf?: (fault: Fault) => Draft['help'],
): Generator<Draft> {
  if (!isForPython3(wheel)) return
  const { modules, beside } = importChain(wheel)
  for (const [list, onChain] of [
    [modules, true],
    [beside.filter(({ module }) => !FOR_SOME.test(module)), false],
  ] as const) {
    const found = list.flatMap(({ member, facts }) => {
      // What no Python can parse is not too new or too old.
      if (facts.broken) return []
      const [worst] = facts.constructs
        .flatMap(construct => faultOf(construct) ?? [])
        .sort((a, b) => b.lacking.length - a.lacking.length || a.construct.line - b.construct.line)
      return worst ? [{ ...worst, member }] : []
    })
    const [first] = found
    if (!first) continue
    const { line, column } = first.construct
    const more =
      found.length > 1
        ? ` ${plural(found.length - 1, 'other module')} ${found.length === 2 ? 'has' : 'have'} the same problem.`
        : ''
    yield finding({ member: first.member, line, column }, `${say(first, `${first.member}:${line}`)}${more}`, {
      subject: onChain ? 'chain' : 'beside',
      severity: severityOf(first, onChain),
      help: helpOf?.(first),
    })
  }
}

function severityOf({ isRare, isGone, isLater }: Fault, onChain: boolean): Severity {
  if (isGone || (isRare && !onChain)) return 'info'
  return isRare || isLater || !onChain ? 'warning' : 'error'
}

/** setup.py of a release for Python 3, if a build runs it. */
export const setupModule = oncePer(
  (sdist: Sdist): { readonly member: string; readonly facts: PythonModule } | undefined => {
    const member = `${sdist.top}/setup.py`
    const kept = sdist.texts.get(member)
    if (!kept || kept.cut || !kept.utf8 || !isSetuptools(sdist)) return undefined
    const pythons = sdist.metadata?.value('Requires-Python')
    const named = sdist.metadata?.all('Classifier').map(({ value }) => value) ?? []
    const isForPython2 =
      pythons === undefined
        ? named.some(one => /:: Python :: 2/.test(one)) && !named.some(one => /:: Python :: 3/.test(one))
        : /^\s*(?:<\s*3|~?==?\s*2)|,\s*<\s*3(?:\.0)?\s*(?:,|$)/.test(pythons)
    return isForPython2 ? undefined : { member, facts: readModule(kept.text) }
  },
)
