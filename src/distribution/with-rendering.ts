import type { Render } from '../description/render.js'
import type { Rendering } from '../description/rendering.js'
import type { Time } from '../time.js'
import type { Distribution } from './distribution.js'
import type { Metadata } from './metadata.js'
import type { Need } from './read.js'

/** The same facts with the description rendered, where a selected rule asks for it and there is one. */
export async function withRendering(
  fact: Distribution,
  needs: ReadonlySet<Need>,
  render: Render,
  time: Time,
): Promise<Distribution> {
  if (!needs.has('rendering') || (fact.kind !== 'wheel' && fact.kind !== 'sdist') || !fact.metadata) return fact
  const rendering = await renderingOf(fact.metadata, render, time)
  return rendering ? { ...fact, rendering } : fact
}

/**
 * Begins to render the description of a METADATA or PKG-INFO while the rest of the archive is read. The result is found again
 * when it is asked for.
 */
export function renderEarly(metadata: Metadata, render: Render, time: Time): void {
  void renderingOf(metadata, render, time)
}

function renderingOf(
  { description, cut, value }: Metadata,
  render: Render,
  time: Time,
): Promise<Rendering> | undefined {
  // Empty text is not sent, and text that is not UTF-8 is refused before it is rendered.
  if (!description || description.text === '' || !description.utf8 || cut) return undefined
  return render(description.text, value('Description-Content-Type'), time)
}
