/** Wrong usage: what the caller has to change. The command ends with status 2 and this message. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
