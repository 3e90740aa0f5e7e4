import { providerIn } from '../../src/provider.js'
import { finding, rule } from '../../src/rule.js'
import { PEP_770, readSboms, unpaired } from '../../src/views/sboms.js'
import { someQuoted } from '../../src/wording.js'

const bom = (component: string) => `{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [${component}]}`
export default rule({
  id: 'sbom-component-not-in-wheel',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM lists a file or a system library that is not in the wheel.',
  why: 'Scanners report vulnerabilities of software that is not present.',
  fix: 'Write the SBOM after the last change to the wheel.',
  precision: 'medium',
  absence: 'content',
  needs: ['native'],
  bad: [
    { wheel: { files: { '{dist-info}/sboms/demo.json': bom('{"type": "file", "name": "demo/gone.js"}') } } },
    {
      wheel: {
        files: {
          '{dist-info}/sboms/demo.json': bom(
            '{"type": "library", "name": "zlib", "version": "1.3", "purl": "pkg:rpm/almalinux/zlib@1.3"}',
          ),
        },
      },
    },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/app-1.2.min.js': 'app()\n',
          '{dist-info}/sboms/demo.json': bom(
            '{"type": "file", "name": "demo/__init__.py"}, {"type": "file", "name": "app", "version": "1.2"}',
          ),
        },
      },
    },
    {
      wheel: {
        files: {
          'demo.libs/libz-0cd532bd.so.1': 'not really a library\n',
          '{dist-info}/sboms/demo.json': bom(
            '{"type": "library", "name": "zlib", "version": "1.3", "purl": "pkg:rpm/almalinux/zlib@1.3"}',
          ),
        },
      },
    },
    // A required distribution provides it.
    {
      wheel: {
        metadata: { 'Requires-Dist': 'librmm-cu12' },
        files: {
          '{dist-info}/sboms/demo.json': bom(
            '{"type": "library", "name": "librmm", "version": "26.12", "purl": "pkg:deb/debian/librmm@26.12"}',
          ),
        },
      },
    },
    // The package has another name than its library.
    {
      wheel: {
        files: {
          'demo.libs/libsatlas-6c1f674f.so.3.10': 'not really a library\n',
          '{dist-info}/sboms/demo.json': bom(
            '{"type": "library", "name": "atlas", "version": "3.10.3", "purl": "pkg:rpm/almalinux/atlas@3.10.3"}',
          ),
        },
      },
    },
  ],
  *check(wheel) {
    if (wheel.sboms.length === 0) return
    const { files, packages } = unpaired(wheel)
    for (const { components, member } of readSboms(wheel)) {
      for (const isFile of [true, false]) {
        const [first, ...others] = components.filter(one =>
          isFile ? files.has(one) : packages.has(one) && providerIn(wheel, one.name, [])?.extra !== false,
        )
        if (!first) continue
        const names = someQuoted(
          [first, ...others].map(({ name, version }) => (version === undefined ? name : `${name} ${version}`)),
        )
        const what = isFile ? 'No file in the wheel has the SHA-256 or the name of' : 'No library in the wheel is'
        yield finding(first, `${what} ${names}.`, {
          subject: `sboms ${member.slice(member.lastIndexOf('/') + 1)} ${isFile ? 'files' : 'libraries'}`,
        })
      }
    }
  },
})
