import { type Environment, environmentsOf, servedBy } from '../../src/contract/environments.js'
import { finding, rule } from '../../src/rule.js'
import { tagPlace } from '../../src/views/tags.js'
import { some } from '../../src/wording.js'
import { firstOf } from './_wheels.js'

export default rule({
  id: 'baseline-system-raised',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Platform Tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/#platform-tag',
  summary: 'Wheels require a newer system than those of the previous release.',
  why: 'There is no longer a wheel for older systems: installers build the sdist there, or keep the older release.',
  fix: 'Build for the older system again, or mention in the release notes that it is no longer supported.',
  absence: 'file',
  bad: {
    baseline: [{ wheel: { version: '0.9', filename: 'demo-0.9-py3-none-manylinux_2_17_x86_64.whl' } }],
    release: [{ wheel: { filename: 'demo-1.0-py3-none-manylinux_2_28_x86_64.whl' } }],
  },
  good: {
    baseline: [{ wheel: { version: '0.9', filename: 'demo-0.9-py3-none-manylinux_2_28_x86_64.whl' } }],
    release: [{ wheel: { filename: 'demo-1.0-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl' } }],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    const now = environmentsOf(release.wheels)
    const raised = new Map<string, { before: Environment; after: Environment; interpreters: string[] }>()
    for (const before of environmentsOf(baseline.wheels).values()) {
      const after = servedBy(before, now)
      if (!before.floor || !after?.floor || after.floor.of !== before.floor.of) continue
      const [a, b] = [before.floor.version, after.floor.version]
      if (b[0] < a[0] || (b[0] === a[0] && b[1] <= a[1])) continue
      const key = `${before.platform}|${a}|${b}`
      const row = raised.get(key) ?? { before, after, interpreters: [] }
      row.interpreters.push(before.interpreter)
      raised.set(key, row)
    }
    for (const { before, after, interpreters } of raised.values())
      yield finding(
        { ...tagPlace(after.wheel, 'platform'), value: after.platform },
        `Wheels for ${before.platform} require ${said(after)}; those of version ${baseline.version} required ${said(before)} (${some(interpreters, 3)}).`,
        {
          path: after.wheel.path ?? firstOf(release)?.path,
          subject: before.platform,
          related: [{ path: before.wheel.path, message: `wheel of version ${baseline.version}` }],
        },
      )
  },
})

const said = ({ floor }: Environment): string =>
  floor === undefined ? '' : `${floor.of} ${floor.of === 'Android API' ? floor.version[0] : floor.version.join('.')}`
