import { finding, rule } from '../../src/rule.js'
import { WHEEL_FORMAT } from '../shared/paths.js'

export default rule({
  id: 'platlib-flag-pure',
  topic: 'wheel',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: WHEEL_FORMAT,
  summary: 'Root-Is-Purelib is false, but the wheel is platform-independent and does not contain any binaries.',
  why: 'Systems that separate platform-specific files, such as Fedora with lib64, install it among those.',
  fix: 'Write `Root-Is-Purelib: true`, as backends do for a project without extension modules.',
  absence: 'content',
  needs: ['native'],
  bad: { wheel: { wheel: { 'Root-Is-Purelib': 'false' } } },
  good: { wheel: {} },
  *check({ name, wheelFile, natives }) {
    const root = wheelFile?.all('Root-Is-Purelib')[0]
    if (root?.value.trim().toLowerCase() !== 'false' || natives.size > 0) return
    if (name?.abi.join('.') === 'none' && name.platform.join('.') === 'any')
      yield finding(
        root,
        `Root-Is-Purelib is false, but the tag is ${name.tag} and the wheel does not contain any binaries.`,
      )
  },
})
