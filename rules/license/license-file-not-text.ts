import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { TextFault } from '../../src/licenses/evidence.js'
import { finding, quote, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { licensePath } from '../../src/views/licenses.js'
import { backendOf } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'license-file-not-text',
  topic: 'license',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'pyproject.toml specification, "license-files"; PEP 639',
  url: pyprojectToml('license-files'),
  summary: 'A license file is empty, binary or not UTF-8.',
  why: 'Tools read license files as UTF-8 and should reject others. With an empty file, users do not get the license text.',
  fix: 'Put the text of the license into the file, and save it as UTF-8.',
  needs: ['license-texts'],
  bad: [
    { wheel: { files: { '{dist-info}/licenses/LICENSE': '' } } },
    { wheel: { files: { '{dist-info}/licenses/LICENSE': ' \n\n' } } },
    { wheel: { files: { '{dist-info}/licenses/LICENSE': null }, make: 'licenseInLatin1' } },
    { wheel: { files: { '{dist-info}/licenses/LICENSE': null }, make: 'licenseInUtf16' } },
    { wheel: { files: { '{dist-info}/licenses/LICENSE': null }, make: 'licenseAsPdf' } },
    { sdist: { files: { '{top}/LICENSE': '' } } },
  ],
  good: [
    { wheel: { files: { '{dist-info}/licenses/LICENSE': '\ufeff© 2026 André Author\n' } } },
    { sdist: { files: { '{top}/LICENSE': '© 2026 André Author\n', '{top}/demo/NOTICE': '' } } },
  ],
  *check(subject) {
    const { metadata, members, licenseFaults } = subject
    if (!metadata) return
    for (const field of uploaded(metadata, 'License-File')) {
      const path = licensePath(subject, field.value)
      const member = path === undefined ? undefined : members.get(path)
      if (member?.type !== 'file') continue
      const fault = licenseFaults.get(member.path)
      const name = `License-File ${quote(field.value)}`
      if (member.size === 0 && member.actualSize === 0) yield finding({ member: member.path }, `${name} is empty.`)
      else if (fault !== undefined)
        yield finding(placeOf(member.path, fault), `${name} is ${wordsOf(fault)}.`, weightOf(subject, fault))
    }
  },
})

/** uv_build refuses what is not UTF-8; others copy it, and a letter that is wrong leaves the text readable. */
function weightOf(subject: Wheel | Sdist, fault: TextFault) {
  const isByte = typeof fault === 'object'
  if (!isByte && fault !== 'utf-16') return {}
  if (subject.kind === 'sdist' && subject.pyproject && backendOf(subject.pyproject) === 'uv-build')
    return {
      severity: 'error',
      breaks: 'uv_build stops the build, so nobody can install from the sdist.',
    } as const
  return isByte ? ({ severity: 'info' } as const) : {}
}

const placeOf = (member: string, fault: TextFault) => (typeof fault === 'string' ? { member } : { member, ...fault })

function wordsOf(fault: TextFault): string {
  if (fault === 'blank') return 'blank'
  if (fault === 'binary') return 'a binary file, not text'
  if (fault === 'utf-16') return 'UTF-16, not UTF-8'
  return `not UTF-8: line ${fault.line} contains an invalid byte`
}
