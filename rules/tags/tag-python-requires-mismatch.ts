import { finding, quote, rule } from '../../src/rule.js'
import { PYTHONS, pythonsOf } from '../../src/standards/python-versions.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { tagPlace, versionsOf } from '../../src/views/tags.js'

export default rule({
  id: 'tag-python-requires-mismatch',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Core metadata specification, Requires-Python',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'Requires-Python excludes the Python versions in the file name.',
  why: 'Installers refuse the wheel on every Python that its tags name.',
  fix: project => `Correct ${project.key('Requires-Python')}, or build for the Pythons it admits.`,

  byHand: 'The code has to be changed, or support for a Python version dropped.',
  bad: [
    { wheel: { filename: 'demo-1.0-cp38-cp38-win_amd64.whl' } },
    { wheel: { filename: 'demo-1.0-py2.py3-none-any.whl' } },
    { wheel: { filename: 'demo-1.0-cp38.cp312-none-win_amd64.whl' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const { name, metadata } = wheel
    const field = metadata?.first('Requires-Python')
    const set = specifiersOf(field)
    if (!name || !field || !set) return
    const admitted = pythonsOf(set)
    if (admitted.length === 0) return
    const judged = name.python.map(python => ({ python, versions: versionsOf(python, name.abi, PYTHONS) }))
    const dead = judged.filter(({ versions }) => versions && !versions.some(version => admitted.includes(version)))
    if (dead.length === 0) return
    const all = dead.length === judged.length
    // `py2.py3` says more than it means, and misleads nobody; a file for one CPython is not selected there.
    const severity = dead.every(({ python }) => python.startsWith('py')) ? 'info' : 'warning'
    const names = dead
      .slice(0, 5)
      .map(({ python }) => quote(python))
      .join(', ')
    yield finding(
      field,
      `Requires-Python ${quote(field.value)} excludes ${all ? 'every Python version of the tags:' : dead.length === 1 ? 'the tag' : 'the tags'} ${names}.`,
      {
        subject: 'tags',
        related: dead.slice(0, 5).map(({ python }) => ({
          ...tagPlace(wheel, 'python', python),
          message: `The tag is ${quote(python)}.`,
        })),
        ...(!all && { severity, enforcedBy: [] }),
        ...(dead.every(({ python }) => /^py2/.test(python)) && { follows: ['Python 2 tag'] }),
      },
    )
  },
})
