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
  summary: 'The wheel contains a signature of RECORD, a feature that was withdrawn.',
  why: 'No installer has ever verified RECORD.jws or RECORD.p7s, and PEP 815 says that tools must not write them anymore.',
  fix: "Remove the file. PyPI's attestations record who built a file.",

  bad: { wheel: { files: { '{dist-info}/RECORD.jws': '{}' }, make: 'recordWithoutSignature' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const { path, member } of inDistInfo(wheel))
      if (path === 'RECORD.jws' || path === 'RECORD.p7s')
        yield finding(
          { member: member.path },
          `${quote(path)} is a signature of RECORD, a feature that PEP 815 withdrew.`,
        )
  },
})
