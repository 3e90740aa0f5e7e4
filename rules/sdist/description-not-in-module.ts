import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, dynamicKeys } from '../../src/views/pyproject.js'
import { codeIn, flitModule } from './_code.js'
import { sourceTree } from './_tree.js'

const FLIT =
  '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n'

export default rule({
  id: 'description-not-in-module',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Flit, "The pyproject.toml config file"',
  url: 'https://flit.pypa.io/en/stable/pyproject_toml.html',
  summary: 'flit takes the description from the docstring of the module, which does not have one.',
  why: 'flit stops before it builds anything: a module without a docstring has no description.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: 'Begin the module with a docstring, or set `description` in `[project]` and remove it from `dynamic`.',
  byHand: 'Only a person can describe the project.',
  precision: 'high',
  needs: ['python-imports'],
  bad: { sdist: { pyproject: FLIT, files: { '{top}/src/demo/__init__.py': '# Demo.\n' } } },
  good: { sdist: { pyproject: FLIT, files: { '{top}/src/demo/__init__.py': '"""Reads demo files."""\n' } } },
  *check(sdist) {
    const { pyproject } = sdist
    if (!pyproject || pyproject.error || backendOf(pyproject) !== 'flit-core') return
    const isDynamic = dynamicKeys(pyproject).includes('description')
    const module = pyproject.project && !isDynamic ? undefined : flitModule(pyproject)
    const [path, ...others] = module?.paths.filter(one => sourceTree(sdist).files.has(one)) ?? []
    const code = path === undefined || others.length > 0 ? undefined : codeIn(sdist, path)
    if (!module || path === undefined || !code) return
    const { docstring, names, isOpen, broken, imports } = code.module
    const mayHaveOne = isOpen || names.has('__doc__') || imports.some(one => one.names.includes('*'))
    if (broken || mayHaveOne || docstring?.trim()) return
    yield finding(
      isDynamic ? pyproject.place('project', 'dynamic') : module.at,
      `${quote(path)} does not have a docstring, and flit takes the description from there: the build fails.`,
    )
  },
})
