/** Adds all of them. A spread does it in one call, and more than some 120,000 arguments do not fit on the stack. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item)
}
