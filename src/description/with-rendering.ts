import type { Distribution } from '../distribution/distribution.js'
import type { Need } from '../rule.js'

/** The same facts with the description rendered, where a selected rule asks for it and there is one. */
export async function withRendering(fact: Distribution, needs: ReadonlySet<Need>): Promise<Distribution> {
  if (!needs.has('rendering') || (fact.kind !== 'wheel' && fact.kind !== 'sdist')) return fact
  const description = fact.metadata?.description
  // Empty text is not sent, and text that is not UTF-8 is refused before it is rendered.
  if (!description || description.text === '' || !description.utf8 || fact.metadata?.cut) return fact
  const { render } = await import('./render.js')
  return { ...fact, rendering: await render(description.text, fact.metadata?.value('Description-Content-Type')) }
}

/**
 * Starts to load the renderer when the bytes of METADATA or PKG-INFO ask for it: while the rest of the archive is read.
 * Cheap and only a guess: the description is rendered later, if at all.
 */
export function warmUpFor(metadata: Uint8Array): void {
  const head = new TextDecoder('latin1').decode(metadata.subarray(0, 64 * 1024))
  const type = /^description-content-type:[ \t]*([^\r\n]*)/im.exec(head)?.[1]
  const hasText = /\n\r?\n\s*\S/.test(head) || /^description:[ \t]*\S/im.test(head)
  if (!hasText || (type !== undefined && !/^(?:text\/x-rst\b|UNKNOWN|$)/i.test(type))) return
  void import('./render.js').then(({ warmUp }) => warmUp())
}
