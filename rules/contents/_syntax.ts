import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import type { PythonModule } from '../../src/python/module.js'
import { finding } from '../../src/rule.js'
import { importChain } from '../../src/views/import-chain.js'
import { plural } from '../../src/wording.js'

type Construct = PythonModule['constructs'][number]

export interface Fault {
  readonly construct: Construct
  /** The Python versions that cannot parse it, as minor versions of 3. */
  readonly lacking: readonly number[]
  /** None of them is in use. */
  readonly mild?: boolean
}

/** Modules that are only for some versions of Python. */
const FOR_SOME =
  /(?:^|[._])(?:_?py\d+|py_?[23]\w*|python[23]|compat\w*|_?compat|legacy\w*|new_?syntax)(?:[._]|$)|(?:[23]k|_3\d+)(?:[._]|$)/i

/** One finding for what is imported whenever the wheel is used, and one for the rest. */
export function* syntaxFindings(
  wheel: Wheel,
  faultOf: (construct: Construct) => Fault | undefined,
  say: (fault: Fault, where: string) => string,
): Generator<Draft> {
  const { modules, beside } = importChain(wheel)
  for (const [list, onChain] of [
    [modules, true],
    [beside.filter(({ module }) => !FOR_SOME.test(module)), false],
  ] as const) {
    const found = list.flatMap(({ member, facts }) => {
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
      ...(first.mild ? { severity: 'info' } : !onChain && { severity: 'warning' }),
    })
  }
}
