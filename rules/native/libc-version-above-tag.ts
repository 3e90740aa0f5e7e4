import { groupBy } from '../../src/group-by.js'
import { fitOfTag } from '../../src/platform/platform.js'
import { compareVersions } from '../../src/platform/platform-tag.js'
import { LINUX, NEWEST_POLICY, policyOfTag, policyVersion, tagsOfPolicy } from '../../src/platform/policy.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

/**
 * A tag says the newest version of glibc by its own number, between the policies too. Of other libraries, versions that no
 * table knows yet count only for tags that are not newer than the table.
 */
function isBeyond(
  demand: { readonly version: string; readonly rank: number },
  tag: readonly [number, number],
): boolean {
  const number = /^GLIBC_(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(demand.version)
  if (number) return compareVersions([Number(number[1]), Number(number[2])], tag) > 0
  if (OF_GCC_13.test(demand.version) && compareVersions([2, 38], tag) <= 0) return false
  if (demand.rank !== LINUX) return true
  return demand.version.endsWith('PRIVATE') || compareVersions(tag, NEWEST) <= 0
}

/** No policy has the number 2.38, but all systems with that glibc have GCC 13: Fedora 39 and Ubuntu 23.10. */
const OF_GCC_13 = /^(?:GLIBCXX_3\.4\.3[12]|CXXABI_1\.3\.14|GCC_13\.0\.0)$/

const NEWEST = policyVersion(NEWEST_POLICY)

export default rule({
  id: 'libc-version-above-tag',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['auditwheel', 'system'],
  force: 'MUST',
  source: 'PEP 600, "The definition, the audit procedure"',
  url: 'https://peps.python.org/pep-0600/',
  summary: 'A binary requires a newer C library than the platform tag says.',
  why: 'The loader refuses the file on systems that the tag allows: "version `GLIBC_2.34\' not found".',
  fix: 'Build in the manylinux image of the tag, or use the tag that fits.',
  needs: ['native'],
  formerly: ['tag-too-old'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-new-glibc' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-private-glibc' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_25_x86_64.whl', make: 'elf-glibc-2.25' } },
  ],
  *check(wheel) {
    const judged = new Set<number>()
    for (const tag of tagsFor(wheel, 'linux')) {
      if (tag.libc !== 'glibc') continue
      const fit = fitOfTag(wheel, tag)
      const promised = policyOfTag(tag)
      if (!fit || promised === undefined || judged.has(promised)) continue
      judged.add(promised)
      const worst = new Map<string, (typeof fit.demands)[number]>()
      for (const demand of fit.demands) {
        if (demand.rank <= promised || !isBeyond(demand, tag.version)) continue
        const known = worst.get(demand.file.path)
        if (!known || demand.rank > known.rank) worst.set(demand.file.path, demand)
      }
      for (const all of groupBy(worst.values(), one => `${one.library} ${one.version}`).values()) {
        const [{ file, library, version, rank }] = all
        const files = all.map(one => one.file)
        const fitsTag =
          rank === LINUX
            ? 'No manylinux tag allows it'
            : `The first tag that allows it is ${tagsOfPolicy(fit, rank)[0]}`
        yield nativeFinding(
          file,
          version,
          `${filesThat(files, 'needs', 'need')} ${quote(version)} of ${quote(library)}, which is newer than ${tag.tag} allows. ${fitsTag}.`,
        )
      }
    }
  },
})
