import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

const BINARY = /\.(?:so|pyd|dll|dylib|exe|obj|o|a|lib|class|jar)$|\.so\.[0-9]+(?:\.[0-9]+)*$/

export default rule({
  id: 'sdist-binary-artifact',
  topic: 'sdist',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist has compiled binaries.',
  why: 'Nobody can see what they were built from, and they serve one platform only.',
  fix: 'Ship the source, and put binaries into wheels.',
  precision: 'medium',
  bad: { sdist: { files: { '{top}/src/demo/_core.cpython-313-x86_64-linux-gnu.so': 'x' } } },
  good: { sdist: { files: { '{top}/src/demo/_core.c': 'int x;' } } },
  *check(subject) {
    for (const { path } of subject.members.files)
      if (BINARY.test(path)) yield finding({ member: path }, `${quote(path)} is a compiled binary by its name.`)
  },
})
