import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { builtModules } from '../../src/views/built-modules.js'
import { ownEggInfo } from '../../src/views/egg-info.js'
import { texts } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { plural, thousands } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { SDIST_FORMAT } from '../shared/tar.js'

/** What describes, configures, tests or builds a project. */
const ABOUT =
  /^(?:PKG-INFO|pyproject\.toml(?:\.orig)?|setup\.(?:py|cfg)|MANIFEST(?:\.in)?|[^/]+\.egg-info\/.*|readme.*|licen[cs]e.*|copying.*|notice.*|authors.*|contributors.*|contributing.*|code_of_conduct.*|security.*|change(?:s|log).*|history.*|news.*|todo.*|install(?:ation)?(?:\.\w+)?|requirements[^/]*|requirements\/.*|constraints[^/]*|makefile|dockerfile|tox\.ini|noxfile\.py|conftest\.py|tasks\.py|justfile|pytest\.ini|(?:poetry|uv|pdm|pixi)\.(?:lock|toml)|pipfile.*|environment\.ya?ml|mkdocs\.ya?ml|package(?:-lock)?\.json|\.[^/]*|\.[^/]*\/.*|\w+\/(?:\w+\/)?\.git(?:keep|ignore)|(?:tests?|docs?|examples?|licen[cs]es?)\/.*)$/i

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n'

export default rule({
  id: 'sdist-without-source',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist does not contain any source code, or a build finds none of it.',
  why: 'A wheel built from it does not install anything that can be imported or run.',
  fix: project =>
    `Tell the build backend where the package is (${setting(project, 'packages')}), and make sure that the sdist includes it (${setting(project, 'includeInSdist')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  precision: 'high',
  absence: 'content',
  bad: [
    { sdist: { pyproject: SETUPTOOLS, files: { '{top}/src/demo/__init__.py': null } } },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/src/demo/__init__.py': null,
          '{top}/demo.egg-info/top_level.txt': 'demo\n',
          '{top}/tests/test_demo.py': 'import demo\n',
        },
        metadata: { 'Requires-Dist': 'numpy' },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/src/demo/__init__.py': null,
          '{top}/core/reader.py': 'x = 1\n',
          '{top}/setup.py':
            'from setuptools import find_packages, setup\n\nsetup(name="demo", version="1.0", packages=find_packages())\n',
          '{top}/demo.egg-info/top_level.txt': '\n',
        },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: { '{top}/src/demo/__init__.py': null, '{top}/rust/main.rs': 'fn main() {}\n' },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: { '{top}/src/demo/__init__.py': null },
        metadata: { 'Requires-Dist': 'demo-core==1.0' },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS.replace('>=77"', '", "setuptools-download"'),
        files: { '{top}/src/demo/__init__.py': null },
      },
    },
  ],
  *check(sdist) {
    const { top, members, metadata } = sdist
    if (top === undefined || !metadata) return
    const paths = members.list
      .filter(({ type }) => type !== 'directory')
      .map(({ path }) => path.replace(/^(?:\.\/)*[^/]+\//, ''))
    if (paths.length === 0) return
    if (paths.some(path => !ABOUT.test(path))) {
      yield* nothingFound(sdist)
      return
    }
    const named = [...sdist.texts].flatMap(([path, { text }]) =>
      path.endsWith('.egg-info/top_level.txt') ? text.split('\n').filter(name => /^\w+$/.test(name.trim())) : [],
    )
    // A metapackage contains only requirements.
    if (named.length === 0 && requiresOthers(sdist)) return
    if (isFilledByBuild(sdist)) return
    yield finding(
      undefined,
      `The sdist does not contain source code: ${paths.length === 1 ? 'its only file describes' : `its ${thousands(paths.length)} files only describe, configure or test`} the project.`,
      { follows: ['sources'] },
    )
  },
})

/** setuptools itself wrote down that it found nothing to install. */
function* nothingFound(sdist: Sdist) {
  const egg = ownEggInfo(sdist)
  const member = `${egg?.path}/top_level.txt`
  const kept = sdist.texts.get(member)
  const setup = setupScript(sdist)?.setup
  if (!egg || kept?.text.trim() !== '' || requiresOthers(sdist) || builtModules(sdist).mayAdd) return
  if (
    ['scripts', 'data_files', 'headers'].some(key => setup?.keywords.has(key) || setupCfg(sdist).has(`options.${key}`))
  )
    return
  const modules = sdist.members.files.filter(
    ({ path }) => path.endsWith('.py') && !ABOUT.test(path.replace(/^(?:\.\/)*[^/]+\//, '')),
  )
  if (modules.length > 0)
    yield finding(
      { member },
      `${quote(member)} is empty: setuptools did not find a package or module to install, although the sdist contains ${plural(modules.length, 'Python file')}.`,
      { follows: ['packages'] },
    )
}

/** Does a plug-in or a command of setup.py take part in the build? It may fetch a program, for example. */
function isFilledByBuild({ pyproject, texts: kept, top }: Sdist): boolean {
  const scripts = ['setup.py', 'setup.cfg'].map(name => kept.get(`${top}/${name}`)?.text ?? '')
  if (scripts.some(text => /\bcmdclass\b|\bsetup_requires\b/.test(text))) return true
  return texts(pyproject?.get('build-system', 'requires')).some(([, line]) => !PLAIN.test(line.trim()))
}

/** Backends, and what only finds a version. */
const PLAIN =
  /^(?:setuptools|wheel|hatchling|flit[-_]core|poetry[-_]core|pdm[-_]backend|uv[-_]build|setuptools[-_]scm|hatch[-_]vcs|versioneer)(?![\w-])/i

function requiresOthers({ metadata, pyproject, texts: kept, top }: Sdist): boolean {
  if ((metadata?.all('Requires-Dist').length ?? 0) > 0) return true
  if ([...kept].some(([path, { text }]) => path.endsWith('.egg-info/requires.txt') && text.trim() !== '')) return true
  if (texts(pyproject?.get('project', 'dependencies')).length > 0) return true
  return ['setup.py', 'setup.cfg'].some(name => kept.get(`${top}/${name}`)?.text.includes('install_requires'))
}
