import { finding, quote, rule } from '../../src/rule.js'
import { cp3Minor, tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-abi3-multiple-floors',
  topic: 'tags',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "ABI tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'The wheel uses abi3 with several Python tags.',
  why: 'The lowest tag already covers later versions.',
  fix: 'Keep the lowest Python tag.',

  bad: { wheel: { filename: 'demo-1.0-cp36.cp37-abi3-win_amd64.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    const floors = wheel.name?.python.filter(python => cp3Minor(python) !== undefined) ?? []
    if (wheel.name?.abi.join('.') === 'abi3' && floors.length > 1)
      yield finding(
        tagPlace(wheel, 'python'),
        `${quote(floors.join('.'))} is redundant with abi3: the lowest tag covers the others.`,
        {
          subject: 'tags',
        },
      )
  },
})
