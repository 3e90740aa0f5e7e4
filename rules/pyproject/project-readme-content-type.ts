import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { contentTypeOfFile, contentTypeProblem, meantContentType } from '../../src/standards/content-type.js'
import { replacing } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { STOPS_OR_REFUSED } from './_backends.js'

export default rule({
  id: 'project-readme-content-type',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "readme"; core metadata specification, "Description-Content-Type"',
  url: pyprojectToml('readme'),
  summary: '`project.readme.content-type` is not a supported content type.',
  why: 'Most backends copy it to the metadata unchecked, and the index then rejects the files.',
  breaks: STOPS_OR_REFUSED,
  fix: 'Use `text/markdown`, `text/x-rst` or `text/plain`.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nreadme = { file = "README.md", content-type = "text/html" }\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nreadme = { file = "README.rst", content-type = "text/markdown" }\n',
        files: { '{top}/README.rst': 'Demo\n' },
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nreadme = { file = "README.md", content-type = "text/markdown" }\n',
    },
  },
  *check({ pyproject }) {
    const type = pyproject?.get('project', 'readme', 'content-type')
    if (!pyproject || type === undefined) return
    const at = pyproject.place('project', 'readme', 'content-type')
    if (typeof type !== 'string') yield finding(at, 'project.readme.content-type is not a string.')
    else {
      const verdict = contentTypeProblem(type)
      const file = pyproject.get('project', 'readme', 'file')
      if (verdict)
        yield finding(
          verdict.part ? within(at, verdict.part) : at,
          `${quote(type)} is not a valid content type: ${verdict.problem}.`,
          {
            remedy: replacing(
              'project.readme.content-type',
              type,
              meantContentType(type, typeof file === 'string' ? file : undefined),
            ),
          },
        )
      else if (
        typeof file === 'string' &&
        MARKUP.has(contentTypeOfFile(file) ?? '') &&
        MARKUP.has(type) &&
        contentTypeOfFile(file) !== type
      )
        yield finding(
          at,
          `${quote(file)} is ${contentTypeOfFile(file)} by its suffix, but \`content-type\` is ${quote(type)}.`,
          {
            severity: 'warning',
            help: `Write \`content-type = "${contentTypeOfFile(file)}"\`, or rename the file.`,
            remedy: replacing('project.readme.content-type', type, contentTypeOfFile(file), false),
          },
        )
    }
  },
})

const MARKUP: ReadonlySet<string> = new Set(['text/markdown', 'text/x-rst'])
