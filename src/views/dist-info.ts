import type { Member } from '../archive/archive.js'
import { clean } from '../archive/links.js'
import type { Wheel } from '../distribution/distribution.js'
import type { Enforcer } from '../finding.js'
import { canonicalName } from '../standards/name.js'
import { tryVersion } from '../standards/version.js'

/** Name part of filenames and of the .dist-info directory: normalized, with `_` for `-`. */
export const fileNamePart = (name: string): string => canonicalName(name).replaceAll('-', '_')

/** Version in its normalized form; as written if it is not a valid version. */
export const normalVersion = (version: string): string => tryVersion(version)?.toString() ?? version

/** Members below the dist-info directory, by their path inside it. */
export function inDistInfo(wheel: Wheel): readonly { readonly path: string; readonly member: Member }[] {
  const start = `${wheel.distInfo}/`
  if (wheel.distInfo === undefined) return []
  return wheel.members.list
    .filter(member => member.type !== 'directory' && member.path.startsWith(start))
    .map(member => ({ path: member.path.slice(start.length), member }))
}

/** Members below a top-level `.data` directory: that directory, the scheme key, and the path below it. */
export function inData(wheel: Wheel) {
  return wheel.members.list.flatMap(member => {
    const end = member.path.indexOf('/')
    // Most of the thousands of members end here.
    if (end < 0 || !member.path.endsWith('.data', end) || member.type === 'directory') return []
    // pip and uv look at where a path with `..` leads.
    const cleaned = member.path.includes('/..') ? clean(member.path) : undefined
    const path = cleaned?.startsWith(member.path.slice(0, end + 1)) ? cleaned : member.path
    const [key = '', ...rest] = path.slice(end + 1).split('/')
    const hasKey = rest.length > 0
    return [
      {
        top: member.path.slice(0, end),
        key: hasKey ? key : undefined,
        path: hasKey ? rest.join('/') : key,
        member,
      },
    ]
  })
}

/** Scripts that an installer copies to the scripts directory. */
export const dataScripts = (wheel: Wheel) => inData(wheel).filter(({ key }) => key === 'scripts')

/** Who rejects errors in a `.data` directory: pip installs any directory with such a name, uv only that of the wheel. */
export const refusingData = ({ distInfo }: Wheel, top: string): readonly Enforcer[] =>
  top === distInfo?.replace(/\.dist-info$/, '.data') ? ['pip', 'uv'] : ['pip']
