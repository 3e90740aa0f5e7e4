import type { Wheel } from '../../src/distribution/distribution.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'
import { withoutEnd } from '../../src/text/ends.js'
import { type Dependency, dependencies, isOptional } from '../../src/views/dependencies.js'
import { valuedTagPlace } from '../../src/views/tags.js'
import { someQuoted, thousands } from '../../src/wording.js'
import { PLATFORM_TAGS } from '../shared/native.js'

/**
 * A required distribution with the same version and the same start of its name: the wheel is an umbrella over such
 * parts.
 */
function pinnedPart({ name, metadata }: Wheel): Dependency | undefined {
  const own = tryVersion(name?.version ?? '')
  const [first] = canonicalName(name?.name ?? '').split('-')
  const family = first && withoutEnd(first, /[0-9]/)
  return dependencies(metadata).find(
    ({ name, requirement }) =>
      !isOptional(requirement) &&
      withoutEnd(name.split('-', 1)[0] ?? '', /[0-9]/) === family &&
      requirement.specifier.clauses.some(clause => {
        const version = clause.operator === '==' ? clause.parsed() : undefined
        return version !== undefined && own !== undefined && compareVersions(version, own) === 0
      }),
  )
}

export default rule({
  id: 'platform-tag-no-binary',
  topic: 'tags',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File name convention"; platform compatibility tags',
  url: PLATFORM_TAGS,
  summary: 'The file name has a platform tag, but the wheel does not contain any binaries.',
  why: 'Either the compiled files were lost in the build, or one wheel for every platform would be enough.',
  fix: 'Check that the build produced the extension module, or build the wheel for `any`.',
  absence: 'content',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-win_amd64.whl', wheel: { 'Root-Is-Purelib': 'true' } } },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
        metadata: { 'Requires-Dist': 'demo-core==1.0' },
      },
    },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { loadable, natives, platforms } = nativeSubject(wheel)
    if (platforms.length === 0 || platforms.some(tag => tag.os === 'any')) return
    if (loadable.length > 0 || natives.some(file => file.format === 'wasm')) return
    const part = pinnedPart(wheel)
    // A build that lost an extension module calls the wheel not pure. What only some systems need is for the others, too.
    const isMeant =
      wheel.name?.abi.every(abi => abi === 'none') === true && wheel.wheelFile?.value('Root-Is-Purelib') === 'true'
    const tags = platforms.map(tag => tag.tag)
    yield finding(
      valuedTagPlace(wheel, 'platform', tags[0] ?? ''),
      `The wheel is for ${someQuoted(tags)}, but ${wheel.members.files.length === 1 ? 'its only file is not' : `none of its ${thousands(wheel.members.files.length)} files is`} a program or a library${part === undefined ? '' : `. The required project ${quote(part.name)} of the same version may contain them`}.`,
      part !== undefined || isMeant ? { severity: 'info' } : {},
    )
  },
})
