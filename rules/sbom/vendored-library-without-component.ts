import { finding, rule } from '../../src/rule.js'
import { readSboms, unpaired } from '../../src/views/sboms.js'
import { someQuoted } from '../../src/wording.js'

const BOM = `{"bomFormat": "CycloneDX", "specVersion": "1.6",
 "components": [{"type": "library", "name": "bzip2-libs", "version": "1.0.8", "purl": "pkg:rpm/almalinux/bzip2-libs@1.0.8"}]}`

export default rule({
  id: 'vendored-library-without-component',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 770, "Motivation"',
  url: 'https://peps.python.org/pep-0770/#motivation',
  summary: 'No SBOM lists a library that was vendored into the wheel.',
  why: 'Scanners do not see the library or its vulnerabilities.',
  fix: 'Add an SBOM to `.dist-info/sboms/`. auditwheel 6.5 and later write one.',
  precision: 'medium',
  absence: 'content',
  needs: ['native'],
  bad: [
    { wheel: { files: { 'demo.libs/libz-0cd532bd.so.1': 'not really a library\n' } } },
    { wheel: { files: { 'demo/.dylibs/libz.1.dylib': 'not really a library\n', '{dist-info}/sboms/demo.json': BOM } } },
  ],
  good: [
    { wheel: {} },
    {
      wheel: {
        files: { 'demo.libs/libbz2-a1e77c99.so.1': 'not really a library\n', '{dist-info}/sboms/demo.json': BOM },
      },
    },
  ],
  *check(wheel) {
    // What cannot be read may list them.
    if (wheel.sboms.length > 0 && readSboms(wheel).every(one => one.components.length === 0)) return
    const { libraries: missing } = unpaired(wheel)
    const [first] = missing
    if (first === undefined) return
    const names = someQuoted(missing.map(path => path.slice(path.lastIndexOf('/') + 1)))
    yield finding(
      { member: first, field: 'sboms' },
      wheel.sboms.length === 0
        ? `The wheel does not have an SBOM, but vendors ${names}.`
        : `No SBOM component matches ${names}.`,
      { subject: 'sboms' },
    )
  },
})
