import { finding, quote, rule } from '../../src/rule.js'
import { parseMarker } from '../../src/standards/marker.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { splitLines } from '../../src/text/lines.js'
import { repairRequirement } from '../../src/views/dependencies.js'
import { problemOf } from '../../src/views/parsed.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

/** How many lines of a file are read. */
const MOST = 2000

/** Data that tests read. */
const isSample = (member: string) => /\/(?:tests?|testing|testdata|fixtures)\//i.test(member)

export default rule({
  id: 'egg-info-requirement-invalid',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Dependency specifiers; setuptools, "requires.txt"',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'A requirement in the .egg-info of the sdist is not valid.',
  why: 'The requirement comes from setup.py: setuptools fails on it, or the wheel contains a requirement that installers reject.',
  fix: project => `Correct the requirement under ${project.key('Requires-Dist')}, and build the sdist again.`,
  byHand: 'No current backend builds it, or writes it.',
  bad: [
    {
      sdist: {
        files: {
          '{top}/src/demo.egg-info/requires.txt': 'attrs<=23.1.*\n\n[yaml:python_version<"4"]\nPyYAML>=5.1.*\n',
        },
      },
    },
    { sdist: { files: { '{top}/src/demo.egg-info/requires.txt': '[:python_version<"3" or old]\nsix\n' } } },
  ],
  good: { sdist: { files: { '{top}/src/demo.egg-info/requires.txt': 'attrs>=23\n\n[:python_version < "3"]\nsix\n' } } },
  *check({ texts, metadata }) {
    // Those of PKG-INFO are reported there.
    if (metadata?.first('Requires-Dist')) return
    for (const [member, { text }] of texts) {
      if (!member.endsWith('.egg-info/requires.txt') || isSample(member)) continue
      for (const [i, line] of splitLines(text).slice(0, MOST).entries()) {
        const written = line.trim()
        if (written === '' || written.startsWith('#')) continue
        // `[extra:marker]` begins a section.
        const marker = /^\[[^:\]]*:(.+)\]$/.exec(written)?.[1]
        if (written.startsWith('[') && marker === undefined) continue
        const problem = marker === undefined ? problemOf(parseRequirement, written) : problemOf(parseMarker, marker)
        if (!problem) continue
        if (marker !== undefined) {
          yield finding(
            { member, line: i + 1, column: line.indexOf(marker) + 1, value: marker },
            `The marker ${quote(marker)} of a section is not valid: ${problem.message}.`,
            { subject: written },
          )
          continue
        }
        const better = repairRequirement(written)
        yield finding(
          { member, line: i + 1, column: line.indexOf(written) + 1, value: written },
          `${quote(written)} is not a valid requirement: ${problem.message}.${better === undefined ? '' : ` Did you mean ${quote(better)}?`}`,
          { subject: written },
        )
      }
    }
  },
})
