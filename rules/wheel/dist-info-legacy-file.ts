import { finding, quote, rule } from '../../src/rule.js'
import { inDistInfo } from '../../src/views/dist-info.js'

const FILES = new Set([
  'metadata.json',
  'pydist.json',
  'DESCRIPTION.rst',
  'zip-safe',
  'dependency_links.txt',
  'setup.py',
])

export default rule({
  id: 'dist-info-legacy-file',
  topic: 'wheel',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The .dist-info directory contains a leftover from old tools.',
  why: 'No tool reads it anymore.',
  fix: 'Build with wheel 0.31 or later, which does not write it.',

  bad: { wheel: { files: { '{dist-info}/metadata.json': '{}' } } },
  good: { wheel: {} },
  *check(wheel) {
    for (const { path, member } of inDistInfo(wheel))
      if (FILES.has(path))
        yield finding(
          { member: member.path },
          `${quote(path)} is a leftover from old versions of wheel; nothing reads it.`,
          {
            subject: path,
          },
        )
  },
})
