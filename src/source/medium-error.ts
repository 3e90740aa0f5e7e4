/**
 * The medium of a file failed: a disk, a network, a Blob that has changed, or a source that is not what it says. Sources throw
 * nothing else: so whatever else is thrown while a file is read is a fault of distaudit.
 */
export class MediumError extends Error {
  override readonly name = 'MediumError'
}

/** For what a medium threw, whatever that is. */
export function mediumError(cause: unknown): MediumError {
  return new MediumError(reasonOf(cause), { cause })
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message || cause.name : cause
  return typeof text === 'string' && text !== '' ? text : 'the source does not give a reason'
}
