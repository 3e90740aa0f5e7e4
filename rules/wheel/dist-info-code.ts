import { finding, quote, rule } from '../../src/rule.js'
import { inDistInfo } from '../../src/views/dist-info.js'

export default rule({
  id: 'dist-info-code',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The .dist-info directory contains code.',
  why: 'It is meant for metadata, and nobody looks for programs there. The code is hidden, or was packed by mistake.',
  fix: 'Move the file into a package, or remove it.',
  securitySeverity: 4,
  bad: [
    { wheel: { files: { '{dist-info}/helper.py': 'x = 1\n' } } },
    {
      wheel: {
        metadata: { 'License-File': ['LICENSE', 'AUTHORS.py'] },
        files: { '{dist-info}/licenses/AUTHORS.py': 'x = 1\n' },
      },
    },
  ],
  good: { wheel: { files: { '{dist-info}/AUTHORS': 'Ann\n' } } },
  *check(wheel) {
    const licenses = new Set(wheel.metadata?.all('License-File').map(({ value }) => `licenses/${value}`))
    for (const { path, member } of inDistInfo(wheel))
      if (/\.(?:py|pyc|pyw|pyd|so|dll|dylib|exe|sh|bat|cmd|ps1|pth|jar)$/i.test(path))
        yield finding({ member: member.path }, `${quote(path)} is code in the .dist-info directory.`, {
          subject: path,
          // A pattern such as AUTHORS* takes the script that writes the list, too.
          ...(licenses.has(path) && /\.(?:py|sh)$/i.test(path) && { severity: 'info' }),
        })
  },
})
