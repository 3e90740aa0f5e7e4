import type { Member } from '../../src/archive/archive.js'
import type { Release } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'baseline-startup-file-added',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module site; PEP 829',
  url: 'https://docs.python.org/3/library/site.html',
  summary: 'The wheels install a startup file that the previous release did not.',
  why: 'Python reads it whenever it starts in the environment and may run code from it, even if the project is not imported.',
  fix: 'Remove the file unless it is intended, and mention it in the release notes.',
  securitySeverity: 6,
  absence: 'content',
  bad: [
    {
      baseline: [{ wheel: { version: '0.9' } }],
      release: [{ wheel: { files: { 'demo.pth': 'demo_extras\n' } } }],
    },
    {
      baseline: [{ wheel: { version: '0.9', files: { 'demo.pth': 'demo_extras\n' } } }],
      release: [{ wheel: { files: { 'demo.pth': 'demo_more\n' } } }],
    },
  ],
  good: {
    baseline: [{ wheel: { version: '0.9', files: { 'demo-0.9-nspkg.pth': 'demo_extras\n' } } }],
    release: [{ wheel: { files: { 'demo-1.0-nspkg.pth': 'demo_extras\n' } } }],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline || baseline.wheels.length === 0) return
    const before = startupFiles(baseline)
    for (const [name, { path, member }] of startupFiles(release)) {
      const old = before.get(name)
      if (old?.member.sha256 === member.sha256) continue
      yield finding(
        { member: member.path, field: 'files' },
        old
          ? `The startup file ${quote(member.path)} differs from that in version ${baseline.version}.`
          : `The wheels install the startup file ${quote(member.path)}; those of version ${baseline.version} did not.`,
        {
          path,
          subject: name,
          severity: old ? 'info' : undefined,
          related: old
            ? [{ path: old.path, member: old.member.path, message: `file in version ${baseline.version}` }]
            : [],
        },
      )
    }
  },
})

/** `.pth`, `.start`, sitecustomize and usercustomize of all wheels, by name without the version. */
function startupFiles({ wheels, version }: Release) {
  const found = new Map<string, { readonly path: string; readonly member: Member }>()
  for (const wheel of wheels)
    for (const { path, member } of installed(wheel)) {
      if (!/^[^/.][^/]*\.(?:pth|start)$|^(?:site|user)customize(?:\/__init__)?\.(?:py|pyc|so|pyd)$/.test(path)) continue
      const name = path
        .replaceAll(wheel.version ?? version, '*')
        .replaceAll(version, '*')
        .replace(/-py[0-9.]+/, '')
      if (!found.has(name)) found.set(name, { path: wheel.path, member })
    }
  return found
}
