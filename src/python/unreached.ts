import { conditionOf, type KnownTests } from './conditions.js'
import type { Statement } from './tree.js'
import { blocksOf } from './walk.js'

/** From a place in the text to before another. */
type Range = readonly [from: number, before: number]

/** What no Python 3 runs: `else` of `if sys.version_info >= (3, 0)`. `before` is where the statements end. */
export function* unreached(whole: readonly Statement[], known: KnownTests, last: number): Generator<Range> {
  const left: (readonly [body: readonly Statement[], before: number])[] = [[whole, last]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [body, before] = next
    for (const [index, one] of body.entries()) {
      const blocks = blocksOf(one).filter(block => block.length > 0)
      const end = body[index + 1]?.at ?? before
      const condition = one.kind === 'if' ? conditionOf(one.test, known) : undefined
      for (const [i, block] of blocks.entries()) {
        const range: Range = [block[0]?.at ?? end, blocks[i + 1]?.[0]?.at ?? end]
        const isBody = one.kind === 'if' && block === one.body
        if (condition === (isBody ? 'never' : 'always')) yield range
        else left.push([block, range[1]])
      }
    }
  }
}
