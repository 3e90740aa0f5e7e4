import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import { parsePlatformTag } from '../../src/platform/platform-tag.js'

export type File = Wheel | Sdist

/** The sdist, or the largest wheel for the same interpreter and platform; if there is none, the largest of all. */
export function counterpart(file: File, baseline: Release): File | undefined {
  const all: readonly File[] = file.kind === 'sdist' ? baseline.sdists : baseline.wheels
  const same = all.filter(old => old.kind === 'wheel' && file.kind === 'wheel' && keyOf(old) === keyOf(file))
  return [...(same.length > 0 ? same : all)].sort((a, b) => b.size - a.size)[0]
}

/** Tags without the versions of systems. */
function keyOf({ name }: Wheel): string {
  if (!name) return ''
  const platforms = name.platform.map(text => {
    const tag = parsePlatformTag(text)
    if (tag?.os === 'linux') return `${tag.libc === 'musl' ? 'musl' : 'linux'}_${tag.arch}`
    if (tag?.os === 'macos') return `macos_${tag.archs.join('.')}`
    return text.replace(/[0-9]{4}_[0-9]+|(?<=(?:ios|android)_)[0-9]+(?:_[0-9]+)?/, '')
  })
  // abi3 wheels still support later interpreters when their floor is raised.
  const python = name.abi.includes('abi3') ? 'abi3' : name.python.join('.')
  return [python, name.abi.join('.'), [...new Set(platforms)].sort().join('.'), name.variant ?? ''].join('-')
}
