import type { Sdist } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import { staticVersion } from '../../src/python/static-value.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'
import { backendOf, dynamicKeys, isSetuptools, texts } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { SDIST_FORMAT } from '../shared/tar.js'
import { codeIn, flitModule, versionSource } from './_code.js'

const poetry = (name: string, version: string) =>
  `[build-system]\nrequires = ["poetry-core>=1.0.0"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "${name}"\nversion = "${version}"\ndescription = "Reads demo files"\nauthors = ["Ann Author <ann@ann-author.dev>"]\n`

const ATTR =
  '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\ndynamic = ["version"]\n\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n'

export default rule({
  id: 'build-gives-another',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"; PEP 643',
  url: SDIST_FORMAT,
  summary: 'Building the sdist produces a different name or version than PKG-INFO.',
  why: 'pip and uv compare the name and version of what they build with what they requested, and fail: nobody can install this version from its sdist.',
  fix: 'Rebuild the sdist from the sources of this version, and define the version in only one file.',
  needs: ['python-imports'],
  bad: [
    { sdist: { pyproject: poetry('demo', '0.9') } },
    { sdist: { pyproject: ATTR, files: { '{top}/src/demo/__init__.py': '__version__ = "1.1"\n' } } },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: { '{top}/setup.py': 'from setuptools import setup\n\nsetup(name="other", version="1.1")\n' },
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\ndynamic = ["version", "description"]\n',
        files: { '{top}/src/demo/__init__.py': '"""Demo."""\n\n__version__ = "1.1"\n' },
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: { '{top}/setup.cfg': '[metadata]\nname = demo\nversion = 1.1\n' },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: ATTR,
        files: { '{top}/src/demo/__init__.py': 'import os\n\n__version__ = (1, 0)\n__version__ = os.name\n' },
      },
    },
    { sdist: { pyproject: poetry('Demo', '1.0.0') } },
    {
      sdist: {
        version: '1.0.post2',
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: {
          '{top}/setup.py': 'from setuptools import setup\n\nsetup(name="demo", version="1.0")\n',
          '{top}/setup.cfg': '[egg_info]\ntag_build = .post2\n',
        },
      },
    },
  ],
  *check(sdist) {
    const { metadata } = sdist
    const name = metadata?.value('Name')
    const version = metadata?.value('Version')
    const said =
      sdist.top === undefined
        ? undefined
        : isSetuptools(sdist)
          ? bySetuptools(sdist)
          : (byPoetry(sdist) ?? byFlit(sdist))
    if (!said || name === undefined || version === undefined) return
    if (said.name && canonicalName(said.name.text) !== canonicalName(name))
      yield finding(
        said.name.at,
        `A build produces the name ${quote(said.name.text)}, but PKG-INFO says ${quote(name)}.`,
        {
          subject: 'name',
        },
      )
    const [built, stated] = [tryVersion(said.version?.text ?? ''), tryVersion(version)]
    if (said.version && built && stated && compareVersions(built, stated) !== 0)
      yield finding(
        said.version.at,
        `A build produces the version ${quote(said.version.text)}, but PKG-INFO says ${quote(version)}.`,
        { subject: 'version' },
      )
  },
})

interface Stated {
  readonly text: string
  readonly at: Place
}
interface Identity {
  readonly name: Stated | undefined
  readonly version: Stated | undefined
}

/** Only poetry-core: plugins replace the version. */
function byPoetry({ pyproject }: Sdist): Identity | undefined {
  if (pyproject?.project !== undefined) return undefined
  if (pyproject?.get('build-system', 'build-backend') !== 'poetry.core.masonry.api') return undefined
  if (
    /poetry[-_]|version/i.test(
      texts(pyproject.get('build-system', 'requires'))
        .map(([, text]) => text.replace(/^\s*poetry[-_]core/i, ''))
        .join(' '),
    )
  )
    return undefined
  const of = (key: string): Stated | undefined => {
    const text = pyproject.get('tool', 'poetry', key)
    return typeof text === 'string' ? { text, at: pyproject.place('tool', 'poetry', key) } : undefined
  }
  return { name: of('name'), version: of('version') }
}

/** Where the version is dynamic, flit reads it from the module. */
function byFlit(sdist: Sdist): Identity | undefined {
  const { pyproject } = sdist
  if (!pyproject || backendOf(pyproject) !== 'flit-core' || !dynamicKeys(pyproject).includes('version'))
    return undefined
  const found = flitModule(pyproject)?.paths.flatMap(path => {
    const code = codeIn(sdist, path)
    return code ? [{ path, code }] : []
  })
  const [only, ...others] = found ?? []
  const version = only?.code.module.version
  if (!only || !version || others.length > 0) return undefined
  const at = { member: `${sdist.top}/${only.path}`, line: version.line, column: version.column }
  return { name: undefined, version: { text: version.value, at } }
}

/** What setup.py sets as a literal, or else setup.cfg; nothing if anything may change it. */
function bySetuptools(sdist: Sdist): Identity | undefined {
  const { pyproject, top, texts: kept } = sdist
  const options = setupCfg(sdist)
  const script = setupScript(sdist)
  const requires = texts(pyproject?.get('build-system', 'requires'))
    .map(([, text]) => text)
    .join(' ')
  if (/scm|pbr|versioneer|versioning|git/i.test(requires)) return undefined
  if (script ? !script.setup || script.setup.isOpen : kept.has(`${top}/setup.py`)) return undefined
  const setup = script?.setup
  const changes = [
    'pbr',
    'use_scm_version',
    'setup_requires',
    'distclass',
    'version_config',
    'vcversioner',
    'use_vcs_version',
  ]
  if (setup && changes.some(key => setup.keywords.has(key))) return undefined
  // Tags are added to the version again.
  if (
    [...options.keys()].some(
      key => key.startsWith('egg_info.tag_') && !/^(?:0|false|no|)$/i.test(options.get(key)?.values[0]?.text ?? ''),
    )
  )
    return undefined
  const read = readVersion(sdist)
  // What `[project]` states has its own rules.
  if (pyproject?.project !== undefined) return { name: undefined, version: read }
  const member = `${top}/setup.py`
  const of = (key: string): Stated | undefined => {
    if (setup?.keywords.has(key)) {
      const text = setup.text(key)
      return (
        text && { text: text.text, at: { member, line: text.line, column: text.column, value: text.text, mark: '' } }
      )
    }
    const [line, ...more] = options.get(`metadata.${key}`)?.values ?? []
    if (!line || more.length > 0 || /^(?:file|attr):/.test(line.text)) return undefined
    return {
      text: line.text,
      at: { member: `${top}/setup.cfg`, line: line.line, column: line.column, value: line.text },
    }
  }
  return { name: of('name'), version: of('version') ?? read }
}

/** The version that setuptools reads from a file: `attr` and `file`. */
function readVersion(sdist: Sdist): Stated | undefined {
  const source = versionSource(sdist)
  const [path, ...others] = source?.paths ?? []
  if (!source || path === undefined || others.length > 0) return undefined
  const text =
    source.name === undefined
      ? sdist.texts.get(`${sdist.top}/${path}`)?.text.trim()
      : staticVersion(codeIn(sdist, path)?.text ?? '', source.name)
  // An empty file says nothing, and then it is the default.
  return text === undefined ? undefined : { text: text || '0.0.0', at: source.at }
}
