/** Where source trees keep their packages. */
export const PACKAGE_ROOTS = ['', 'src/', 'lib/', 'python/']

/** `a.b.c` → `a` */
export const topOf = (module: string): string => module.split('.', 1)[0] ?? ''

/** What an import means in a module; undefined where it goes above the top. */
export function absolute(from: string, isPackage: boolean, level: number, module: string): string | undefined {
  if (level === 0) return module
  const parts = from.split('.')
  const up = level - (isPackage ? 1 : 0)
  if (up > parts.length) return undefined
  return [...parts.slice(0, parts.length - up), ...(module === '' ? [] : [module])].join('.')
}
