import { finding, quote, rule } from '../../src/rule.js'
import { tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-unknown-interpreter',
  topic: 'tags',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Python tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'A Python tag names an interpreter that is not known.',
  why: 'No installer in common use accepts it.',
  fix: 'Check the spelling: py, cp, pp, graalpy, ip and jy are known.',

  bad: { wheel: { filename: 'demo-1.0-xx3-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    const odd = wheel.name?.python.find(python => !/^(?:py|cp|pp|ip|jy|graalpy)[0-9]*(?:_[0-9]+)?$/.test(python))
    if (odd !== undefined)
      yield finding(tagPlace(wheel, 'python', odd), `${quote(odd)} names no known interpreter.`, { subject: 'tags' })
  },
})
