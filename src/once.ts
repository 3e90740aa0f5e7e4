/** Makes a value at its first use, and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The same for each subject: a value is kept for as long as its subject lives. */
export function oncePer<S extends object, T>(make: (subject: S) => T): (subject: S) => T {
  const known = new WeakMap<S, { readonly value: T }>()
  return subject => {
    let made = known.get(subject)
    if (!made) {
      made = { value: make(subject) }
      known.set(subject, made)
    }
    return made.value
  }
}
