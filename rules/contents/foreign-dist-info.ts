import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'foreign-dist-info',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-dist-info-directory',
  summary: 'The wheel contains the metadata directory of another project.',
  why: 'Tools that search the tree take it for an installed project. Vendored copies often keep it for their license and version.',
  fix: 'If the project is vendored on purpose, keep it; otherwise remove it.',
  status: 'strict',
  bad: {
    wheel: {
      files: { 'demo/_vendor/six-1.16.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\n' },
    },
  },
  good: { wheel: {} },
  *check(wheel) {
    const seen = new Set<string>()
    for (const { parts, member } of installed(wheel)) {
      const i = parts.findIndex((part, at) => at > 0 && at < parts.length - 1 && /\.(?:dist|egg)-info$/.test(part))
      const folder = i < 0 ? undefined : parts.slice(0, i + 1).join('/')
      if (folder === undefined || seen.has(folder)) continue
      seen.add(folder)
      yield finding({ member: member.path }, `${quote(folder)} is the metadata directory of another project.`, {
        subject: parts[i]?.replace(/-.*/, '') ?? '',
      })
    }
  },
})
