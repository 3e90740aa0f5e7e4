import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'root-is-purelib-missing',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'Root-Is-Purelib is missing, duplicated, or neither true nor false.',
  why: 'Installers treat anything except `true` as false, and some also accept `True`, so the files end up in different places.',
  fix: 'Write `Root-Is-Purelib: true` for pure Python, otherwise `false`.',

  bad: [{ wheel: { wheel: { 'Root-Is-Purelib': null } } }, { wheel: { wheel: { 'Root-Is-Purelib': 'yes' } } }],
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (!file) return
    const [field, second] = file.all('Root-Is-Purelib')
    if (!field)
      yield finding({ member: file.member, line: 1 }, `${file.member} does not have Root-Is-Purelib.`, {
        subject: 'Root-Is-Purelib',
      })
    else if (!/^(?:true|false)$/i.test(field.value.trim()))
      yield finding(field, `Root-Is-Purelib is ${quote(field.value)}. Expected true or false.`)
    else if (second) yield finding(nameOf(second), 'Root-Is-Purelib appears twice.')
  },
})
