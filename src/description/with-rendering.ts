import type { Distribution } from '../distribution/distribution.js'
import type { Need } from '../rule.js'

/** The same facts with the description rendered, where a selected rule asks for it and there is one. */
export async function withRendering(fact: Distribution, needs: ReadonlySet<Need>): Promise<Distribution> {
  if (!needs.has('rendering') || (fact.kind !== 'wheel' && fact.kind !== 'sdist')) return fact
  const description = fact.metadata?.description
  if (!description || fact.metadata?.cut) return fact
  const { render } = await import('./render.js')
  return { ...fact, rendering: await render(description.text, fact.metadata?.value('Description-Content-Type')) }
}
