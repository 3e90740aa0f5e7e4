import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import type { HomeForm } from '../../src/homes.js'
import { finding, rule } from '../../src/rule.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { importLines, pathFiles } from './_path-files.js'

/** The key that asks for the namespace, and what then finds packages without `__init__.py`. */
const remedy = (form: HomeForm | undefined): string => {
  const [key, search] =
    form === 'project'
      ? ['`namespace-packages` from `[tool.setuptools]`', '`[tool.setuptools.packages.find]`']
      : form === 'setup.cfg'
        ? ['`namespace_packages` from `[options]` of setup.cfg', '`packages = find_namespace:`']
        : ['`namespace_packages` from setup.py', '`find_namespace_packages()`']
  return `Remove ${key}, delete the \`__init__.py\` of the namespace (PEP 420), and find the packages with ${search}.`
}

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

export default rule({
  id: 'pth-nspkg',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 829, "Specification"; PEP 420',
  url: 'https://packaging.python.org/en/latest/guides/packaging-namespace-packages/',
  summary: 'Code in an -nspkg.pth file creates a namespace package.',
  why: 'This legacy mechanism of setuptools slows down the startup of Python, and stops working in Python 3.18 (PEP 829).',
  fix: project => remedy(project.known ? project.home('Name')?.form : undefined),
  byHand: 'The packages have to become namespaces without setup code, in all projects that share them.',
  bad: [
    { wheel: { files: { 'demo-1.0-nspkg.pth': 'import sys, types, os;has_mfs = sys.version_info > (3, 5)\n' } } },
    {
      tree: {
        pyproject: SETUPTOOLS,
        files: {
          'setup.cfg':
            '[metadata]\nname = acme.demo\nversion = 1.0\n\n[options]\npackages = find:\nnamespace_packages = acme\n',
          'acme/__init__.py': "__import__('pkg_resources').declare_namespace(__name__)\n",
          'acme/demo/__init__.py': '',
        },
      },
    },
  ],
  good: { wheel: {} },
  *check(dist) {
    if (dist.kind === 'sdist') {
      yield* asked(dist)
      return
    }
    for (const file of pathFiles(dist, '.pth')) {
      const [line] = importLines(file)
      if (file.isNspkg && line)
        yield finding(line, `${file.member} creates a namespace package with code that runs whenever Python starts.`)
    }
  },
})

/** What makes setuptools write the file. */
function* asked(sdist: Sdist): Generator<Draft> {
  if (!isSetuptools(sdist)) return
  const { pyproject, top } = sdist
  const key = ['tool', 'setuptools', 'namespace-packages'] as const
  const list = pyproject?.get(...key)
  const option = setupCfg(sdist).get('options.namespace_packages')
  const keyword = setupScript(sdist)?.setup?.keyword('namespace_packages')
  const does = 'makes setuptools write an -nspkg.pth file, with code that runs whenever Python starts.'
  const name = 'namespace_packages'
  if (pyproject && Array.isArray(list) && list.length > 0)
    yield finding(pyproject.keyPlace(...key), `\`namespace-packages\` ${does}`, { help: remedy('project') })
  else if (option && option.values.length > 0)
    yield finding(
      { member: option.member, line: option.line, column: option.column, value: name, mark: name },
      `\`${name}\` ${does}`,
      { help: remedy('setup.cfg') },
    )
  else if (keyword)
    yield finding(
      { member: `${top}/setup.py`, line: keyword.line, column: keyword.column, value: name, mark: name },
      `\`${name}\` ${does}`,
      { help: remedy('setup.py') },
    )
}
