import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { andMore } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'licenses-dir-unlisted',
  topic: 'license',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'License-File does not list a file in the licenses directory.',
  why: 'Tools find license texts through the metadata, and do not find this one.',
  fix: project => `Add the file to ${project.key('License-File')}.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'member',
  bad: { wheel: { files: { '{dist-info}/licenses/NOTICE': 'A notice\n' } } },
  good: { wheel: {} },
  misses: ['License-File'],
  *check({ metadata, distInfo, members }) {
    if (!metadata?.atLeast('2.4') || distInfo === undefined) return
    const listed = new Set(metadata.all('License-File').map(({ value }) => value))
    const place = `${distInfo}/licenses/`
    const there = members.files.flatMap(({ path }) => (path.startsWith(place) ? [path.slice(place.length)] : []))
    const missing = [...listed].filter(name => !there.includes(name))
    // A misspelled name is one mistake: license-file-missing tells it.
    const stray = members.files.filter(({ path }) => {
      const name = path.startsWith(place) ? path.slice(place.length) : undefined
      return name !== undefined && !listed.has(name) && (missing.length === 0 || nearest(name, missing) === undefined)
    })
    const [first] = stray
    if (!first) return
    const more = andMore(stray.length - 1)
    yield finding(
      { member: first.path },
      `No License-File field lists ${quote(first.path.slice(place.length))}${more}.`,
      {
        subject: 'licenses',
      },
    )
  },
})
