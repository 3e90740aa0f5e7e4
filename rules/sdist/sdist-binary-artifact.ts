import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

const BINARY = /\.(?:so|pyd|dll|dylib|exe|obj|o|a|lib|class|jar)$|\.so\.[0-9]+(?:\.[0-9]+)*$/

/** First bytes of executables, libraries, objects and archives of them. */
const MAGIC: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46],
  [0x4d, 0x5a],
  // 32-bit and 64-bit Mach-O, universal binaries, and Java classes, which start like the latter.
  [0xce, 0xfa, 0xed, 0xfe],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xfe, 0xed, 0xfa, 0xce],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xca, 0xfe, 0xba, 0xbe],
  // `!<arch>` and `!<thin>`.
  [0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e],
  [0x21, 0x3c, 0x74, 0x68, 0x69, 0x6e, 0x3e],
  [0x50, 0x4b, 3, 4],
  // WebAssembly and LLVM bitcode.
  [0x00, 0x61, 0x73, 0x6d],
  [0x42, 0x43, 0xc0, 0xde],
  // COFF objects: x86, x86-64, ARM, ARM64, and those with many sections.
  [0x4c, 0x01],
  [0x64, 0x86],
  [0xc4, 0x01],
  [0x64, 0xaa],
  [0x00, 0x00, 0xff, 0xff],
]

const isBinary = (head: Uint8Array | undefined) =>
  head !== undefined && MAGIC.some(magic => magic.every((byte, i) => head[i] === byte))

export default rule({
  id: 'sdist-binary-artifact',
  topic: 'sdist',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist contains compiled binaries.',
  why: 'Nobody can see what they were built from, and they run on only one platform.',
  fix: 'Ship the source code, and put binaries in wheels.',
  precision: 'medium',
  bad: { sdist: { files: { '{top}/src/demo/_core.cpython-313-x86_64-linux-gnu.so': '\x7fELF\x02\x01\x01' } } },
  good: {
    sdist: { files: { '{top}/src/demo/_core.c': 'int x;', '{top}/models/monkey.obj': 'v 1 1 1\n', '{top}/a.so': '' } },
  },
  *check({ members, heads }) {
    for (const { path } of members.files)
      if (BINARY.test(path) && isBinary(heads.get(path)))
        yield finding({ member: path }, `${quote(path)} is a compiled binary.`)
  },
})
