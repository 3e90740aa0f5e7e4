import { finding, quote, rule } from '../../src/rule.js'
import { tagsFor } from '../shared/native.js'

export default rule({
  id: 'ios-framework-in-wheel',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 730, "Binary extension modules"',
  url: 'https://peps.python.org/pep-0730/',
  summary: 'A wheel for iOS contains files that are created when an app is built.',
  why: 'The app build moves each module into its own framework. Existing frameworks interfere with that.',
  fix: 'Ship the modules as they are, next to the Python files.',
  needs: ['native'],
  bad: {
    wheel: {
      filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl',
      make: 'ios',
      files: { 'demo/_y.fwork': 'Frameworks/demo._y.framework/_y' },
    },
  },
  good: { wheel: { filename: 'demo-1.0-cp313-cp313-ios_13_0_arm64_iphoneos.whl', make: 'ios' } },
  *check(wheel) {
    if (tagsFor(wheel, 'ios').length === 0) return
    const file = wheel.members.files.find(member => /\.(?:fwork|origin)$/.test(member.path))
    if (file) yield finding({ member: file.path }, `${quote(file.path)} belongs in an app, not in a wheel.`)
  },
})
