import { finding, rule } from '../../src/rule.js'
import { pathFiles } from './_path-files.js'

export default rule({
  id: 'start-file-encoding',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'MUST',
  source: 'PEP 829, "File naming and discovery" (UTF-8)',
  url: 'https://peps.python.org/pep-0829/',
  summary: 'A .start or .pth file is not UTF-8.',
  why: 'Python reads a `.start` file only as UTF-8; how it reads a `.pth` file that is not UTF-8 depends on the locale.',
  fix: 'Save the file as UTF-8.',
  bad: [
    { wheel: { make: 'startFileInLatin1' }, alsoGives: ['start-invalid-line'] },
    { wheel: { make: 'pathFileInLatin1' } },
  ],
  good: { wheel: { files: { 'demo.start': 'demo:hook\n' } } },
  *check(wheel) {
    for (const suffix of ['.start', '.pth'] as const)
      for (const file of pathFiles(wheel, suffix))
        if (file.bad)
          yield finding(file.bad, `${file.member} is not UTF-8.`, {
            severity: suffix === '.start' ? 'error' : 'warning',
          })
  },
})
