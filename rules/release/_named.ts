import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { oncePer } from '../../src/once.js'

/** Bytes of Python that are read for names: most wheels have no more, and it costs a few milliseconds. */
const MOST_READ = 512 * 1024

/**
 * Names of files in the strings of a wheel's modules; undefined where there are more modules than are read. Rules of releases
 * are not given the texts, so a rule asks while the wheel itself is judged.
 */
export const namesInCode = oncePer((wheel: Wheel | Sdist): ReadonlySet<string> | undefined => {
  const files = [...wheel.python.values()]
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_READ) return undefined
  const found = new Set<string>()
  for (const { text } of files) {
    for (const { 0: word, index } of text.matchAll(/[\w.-]+/g))
      if (word.includes('.') && /["']/.test(text.charAt(index + word.length))) found.add(word)
    for (const [, path = '', names = ''] of text.matchAll(IMPORT)) {
      found.add(
        `import ${path.slice(path.lastIndexOf('.') + 1)} of ${path.startsWith('.') ? '' : path.split('.', 1)[0]}`,
      )
      if (/^\.+$/.test(path)) for (const [name] of names.matchAll(/\w+/g)) found.add(`import ${name} of `)
    }
  }
  return found
})

/** Of the same package: `from .a.b import c`, `from . import a, b`, `import demo.a`, at any depth. */
const IMPORT = /^[ \t]*(?:from[ \t]+|import[ \t]+)([.\w]+)(?:[ \t]+import[ \t]+\(?([^\n]*))?/gm

/** Does a module of the wheels import the module of their package at that path? */
export function importsModule(wheels: readonly (Wheel | Sdist)[], path: string): boolean {
  const parts = path
    .replace(/\.(?:py|so|pyd)$/, '')
    .replace(/\.(?:cpython-[^./]+|cp\d[^./]*|abi3)$/, '')
    .replace(/\/__init__$/, '')
    .split('/')
  const [top = ''] = parts
  const name = parts.at(-1) ?? ''
  return wheels.some(wheel => ['', top].some(of => namesInCode(wheel)?.has(`import ${name} of ${of}`) === true))
}

/** Does a module of the wheels name the file, by the last part of its path? */
export const isNamedIn = (wheels: readonly (Wheel | Sdist)[], path: string): boolean =>
  wheels.some(wheel => namesInCode(wheel)?.has(path.slice(path.lastIndexOf('/') + 1)))
