/** Left the reader where it cannot tell what docutils would do, or where docutils would report a problem. */
export class Unsure extends Error {}

/** Gives the text up: docutils itself shall judge it. The reason is for the statistics of the conformance test. */
export function unsure(reason: string): never {
  throw new Unsure(reason)
}
