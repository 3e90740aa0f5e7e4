import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { dependencies, isOptional } from '../../src/views/dependencies.js'
import { ownEggInfo } from '../../src/views/egg-info.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { ofEggInfo } from '../../src/views/required.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { someQuoted } from '../../src/wording.js'
import { SDIST_FORMAT } from '../shared/tar.js'

const PYPROJECT = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
const SETUP =
  'from setuptools import setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    install_requires=["attrs>=23", "PyYAML"],\n)\n'

export default rule({
  id: 'build-requirements-differ',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'Building the sdist produces different requirements from those in its metadata.',
  why: 'Tools that read the metadata of the sdist see requirements that differ from those that are installed.',
  fix: 'Rebuild the sdist from the sources of this version, without the old .egg-info directory.',
  precision: 'high',
  bad: [
    {
      sdist: {
        pyproject: PYPROJECT,
        files: {
          '{top}/setup.py': SETUP,
          '{top}/src/demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n',
          '{top}/src/demo.egg-info/requires.txt': 'attrs>=23\n',
        },
      },
    },
    {
      sdist: {
        pyproject: PYPROJECT,
        metadata: { 'Requires-Dist': ['attrs>=23', 'PyYAML', 'six'] },
        files: { '{top}/setup.py': SETUP },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: PYPROJECT,
        files: {
          '{top}/setup.py': SETUP,
          '{top}/src/demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n',
          '{top}/src/demo.egg-info/requires.txt': 'attrs>=22\n\n[:python_version < "4"]\npyyaml\n\n[tests]\npytest\n',
        },
      },
    },
    {
      sdist: {
        pyproject: PYPROJECT,
        metadata: { 'Requires-Dist': ['attrs>=23', 'PyYAML', 'six'] },
        files: {
          '{top}/setup.py': `import os\n\nmore = os.environ.get("MORE", "").split()\n${SETUP.replace('"PyYAML"]', '"PyYAML"] + more')}`,
        },
      },
    },
  ],
  *check(sdist) {
    const { metadata, pyproject } = sdist
    // `[project]` has its own rules.
    if (!isSetuptools(sdist) || pyproject?.project !== undefined) return
    const written = ofSetup(sdist)
    if (!written) return
    const stated = dependencies(metadata)
    const told =
      stated.length > 0
        ? stated.flatMap(({ name, requirement }) => (isOptional(requirement) ? [] : [name]))
        : ownEggInfo(sdist)?.isWhole
          ? namesOf(ofEggInfo(sdist))
          : undefined
    const built = namesOf(written.texts)
    if (!told || !built) return
    const lost = built.filter(name => !told.includes(name))
    // `extras_require` may have conditions without an extra.
    const conditional = [
      ...stated.flatMap(({ name, requirement }) => (requirement.marker ? [name] : [])),
      ...ofEggInfo(sdist).flatMap(text => {
        const one = attempt(parseRequirement, text)
        return one?.marker ? [canonicalName(one.name)] : []
      }),
    ]
    const more = told.filter(name => !built.includes(name) && !conditional.includes(name))
    if (lost.length === 0 && more.length === 0) return
    const where = stated.length > 0 ? 'PKG-INFO' : 'requires.txt'
    yield finding(
      { member: written.member, line: written.line, column: written.column },
      lost.length > 0
        ? `A build requires ${someQuoted(lost, 3)}, but ${where} does not list ${lost.length === 1 ? 'it' : 'them'}.`
        : `${where} lists ${someQuoted(more, 3)}, but a build does not require ${more.length === 1 ? 'it' : 'them'}.`,
    )
  },
})

/** Names of what is required without an extra; undefined where a line is not a requirement. */
function namesOf(lines: readonly string[]): readonly string[] | undefined {
  const found = lines.map(text => attempt(parseRequirement, text))
  return found.includes(undefined)
    ? undefined
    : [...new Set(found.flatMap(one => (one && !isOptional(one) ? [canonicalName(one.name)] : [])))]
}

/** What setup.py lists, or else setup.cfg; nothing if anything may change it. */
function ofSetup(sdist: Sdist) {
  const member = `${sdist.top}/setup.py`
  const script = setupScript(sdist)
  const setup = script?.setup
  if (script ? !setup || setup.isOpen : sdist.texts.has(member)) return undefined
  if (setup && ['cmdclass', 'distclass', 'pbr', 'setup_requires'].some(key => setup.keywords.has(key))) return undefined
  if (setup?.keywords.has('install_requires')) {
    const list = setup.list('install_requires')
    const [first] = list ?? []
    return list && first && { member, line: first.line, column: first.column, texts: list.map(({ text }) => text) }
  }
  const option = setupCfg(sdist).get('options.install_requires')
  const [first] = option?.values ?? []
  return option && first && !first.text.startsWith('file:')
    ? { member: option.member, line: first.line, column: first.column, texts: option.values.map(({ text }) => text) }
    : undefined
}
