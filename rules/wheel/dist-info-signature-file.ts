import { finding, quote, rule } from '../../src/rule.js'
import { inDistInfo } from '../../src/views/dist-info.js'

export default rule({
  id: 'dist-info-signature-file',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 815',
  url: 'https://peps.python.org/pep-0815/',
  summary: 'The wheel has a signature of RECORD, a feature that was withdrawn.',
  why: 'No installer has ever checked RECORD.jws or RECORD.p7s; PEP 815 tells tools to write them no more.',
  fix: "Remove the file. PyPI's attestations say who built a file.",

  bad: { wheel: { files: { '{dist-info}/RECORD.jws': '{}' }, make: 'recordWithoutSignature' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const { path, member } of inDistInfo(wheel))
      if (path === 'RECORD.jws' || path === 'RECORD.p7s')
        yield finding({ member: member.path }, `${quote(path)} signs RECORD, which PEP 815 withdrew.`)
  },
})
