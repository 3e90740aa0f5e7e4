import { finding, quote, rule } from '../../src/rule.js'
import { readmeFile } from '../../src/views/readme.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'

export default rule({
  id: 'project-readme-not-text',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "readme"',
  url: pyprojectToml('readme'),
  summary: 'The README that `[project]` names is not UTF-8 text.',
  why: 'Build backends read it as UTF-8 and stop with UnicodeDecodeError.',
  breaks: BUILD_STOPS,
  fix: 'Save the README as UTF-8.',
  byHand: 'A person has to say which encoding the file has now.',
  bad: { sdist: { files: { '{top}/README.md': null }, make: 'readmeInLatin1' } },
  good: { sdist: { files: { '{top}/README.md': '# Demo\n\nBy André.\n' } } },
  *check({ pyproject, top, texts }) {
    const readme = pyproject && readmeFile(pyproject)
    if (!readme || pyproject.get('project', 'readme', 'charset') !== undefined) return
    const text = texts.get(`${top}/${readme.path.replace(/^(?:\.\/)+/, '')}`)
    if (!text || text.utf8 || text.cut) return
    yield finding(readme.at, `The README ${quote(readme.path)} is not UTF-8 text, as backends expect.`)
  },
})
