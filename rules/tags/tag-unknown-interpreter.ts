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
  summary: 'A Python tag names an unknown interpreter.',
  why: 'No installer in common use accepts it.',
  fix: 'Check the spelling. Known interpreters are py, cp, pp, graalpy, ip and jy.',

  bad: { wheel: { filename: 'demo-1.0-xx3-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    const odd = wheel.name?.python.find(python => !/^(?:py|cp|pp|ip|jy|graalpy)[0-9]*(?:_[0-9]+)?$/.test(python))
    if (odd !== undefined)
      yield finding(tagPlace(wheel, 'python', odd), `${quote(odd)} does not name a known interpreter.`, {
        subject: 'tags',
      })
  },
})
