import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isObjectReference } from '../../src/standards/object-reference.js'
import { entries } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'project-entry-points-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "Entry points"; entry points specification',
  url: pyprojectToml('entry-points'),
  summary: 'An entry point in `[project]` is not a valid object reference.',
  why: 'Most backends copy it unchecked, and the command fails when it runs.',
  breaks: 'The build fails, pip refuses to install the command, or it fails when it is loaded.',
  fix: 'Write `module:object`, such as `demo.cli:main`.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.scripts]\ndemo = "demo main"\n',
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.scripts]\ndemo = "demo.cli.main"\n',
        files: { 'src/demo/cli.py': 'def main(): ...\n' },
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.scripts]\ndemo = "demo.cli:main"\n',
      files: { '{top}/src/demo/cli.py': 'def main(): ...\n' },
    },
  },
  *check(sdist) {
    const { pyproject } = sdist
    if (!pyproject) return
    const groups = [
      ...['scripts', 'gui-scripts'].map(key => ({ path: [key], table: pyproject.get('project', key) })),
      ...entries(pyproject.get('project', 'entry-points')).map(([group, table]) => ({
        path: ['entry-points', group],
        table,
      })),
    ]
    for (const { path, table } of groups) {
      for (const [name, value] of entries(table)) {
        if (typeof value !== 'string') continue
        const at = pyproject.place('project', ...path, name)
        const text = value.trim()
        if (!isObjectReference(value))
          yield finding(
            at,
            `The entry point ${quote(name)} is ${quote(value)}, which is not a valid object reference (expected module:object).`,
          )
        else if (path[0] !== 'entry-points' && !text.includes(':')) {
          const meant = meantReference(sdist, text)
          yield finding(at, `The command ${quote(name)} is ${quote(value)}, which does not name a function.`, {
            ...(meant !== undefined && { help: `Write \`${meant}\`.` }),
          })
        }
      }
    }
  },
})

/** `demo.cli:main` for `demo.cli.main`, where `demo.cli` is a module; undefined where the whole may be one. */
function meantReference({ members }: Sdist, text: string): string | undefined {
  const dot = text.lastIndexOf('.')
  const isModule = (name: string) => {
    const end = `/${name.replaceAll('.', '/')}`
    return members.files.some(({ path }) => path.endsWith(`${end}.py`) || path.endsWith(`${end}/__init__.py`))
  }
  const [module, name] = [text.slice(0, Math.max(0, dot)), text.slice(dot + 1)]
  return dot > 0 && !isModule(text) && isModule(module) ? `${module}:${name}` : undefined
}
