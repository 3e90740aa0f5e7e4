import type { Homes } from '../../src/homes.js'

/** The key that takes a README, with one, and with its type where the backend does not see it by the name. */
export function readmeSetting(project: Homes): string {
  switch (project.home('Description')?.form) {
    case 'setup.py':
      return '`long_description=open("README.md", encoding="utf-8").read()` and `long_description_content_type="text/markdown"` in setup.py'
    case 'setup.cfg':
      return '`long_description = file: README.md` and `long_description_content_type = text/markdown` in `[metadata]` of setup.cfg'
    default: {
      const home = project.home('Description')
      return home?.path[1] === 'setuptools'
        ? '`readme = { file = "README.md", content-type = "text/markdown" }` in `[tool.setuptools.dynamic]`'
        : project.setting('Description', 'README.md')
    }
  }
}

/** The step that gives the description its type. */
export function typeSetting(project: Homes): string {
  switch (project.home('Description')?.form) {
    case 'setup.py':
    case 'setup.cfg':
      return `Set ${project.key('Description-Content-Type')} to \`text/markdown\`, \`text/x-rst\` or \`text/plain\``
    case 'project':
      return 'Give the file of `readme` in `[project]` the suffix .md, .rst or .txt, or set `content-type` there to `text/markdown`, `text/x-rst` or `text/plain`'
    default:
      return `Name the file of ${project.key('Description')} README.md, README.rst or README.txt`
  }
}
