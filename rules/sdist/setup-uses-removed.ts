import type { Sdist } from '../../src/distribution/distribution.js'
import { readModule } from '../../src/python/module.js'
import { topOf } from '../../src/python/module-name.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { parseVersion } from '../../src/standards/version.js'
import { isSetuptools, texts } from '../../src/views/pyproject.js'
import { isForPython3 } from '../../src/views/python-modules.js'
import { setupScript } from '../../src/views/setup-files.js'
import { pythonList, wheelPythons } from '../../src/views/wheel-pythons.js'

/** Tried with this version: what it cannot import. */
const NEWEST = parseVersion('84.2.1')

const MODULES =
  /^(?:setuptools\.(?:command\.(?:upload|register|upload_docs|bdist_wininst|py36compat)|lib2to3_ex|py(?:27|31|33|34)compat|ssl_support|dep_util|package_index|sandbox|svn_utils|utils|extern(?:\..*)?|_deprecation_warning)|distutils\.(?:msvc9compiler|msvccompiler|emxccompiler|bcppcompiler|mwerkscompiler|py38compat|config|tests|command\.(?:bdist_wininst|bdist_msi|bdist_packager|upload|register)))$/
const NAMES =
  /^(?:setuptools(?:\.dist)?\.Feature|(?:setuptools|distutils)\.command\.build_py\.build_py_2to3|distutils\.command\.build_scripts\.build_scripts_2to3|distutils\.util\.(?:Mixin2to3|run_2to3)|setuptools\.command\.easy_install\.(?:main|get_script_args|is_64bit))$/

const setup = (head: string, more = '') =>
  `${head}from setuptools import setup\n\nsetup(name="demo", version="1.0", packages=["demo"], package_dir={"": "src"}${more})\n`
const PYPROJECT = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

export default rule({
  id: 'setup-uses-removed',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "History"; PEP 594; PEP 632',
  url: 'https://setuptools.pypa.io/en/latest/history.html',
  summary: 'setup.py uses a part of setuptools, or of the standard library, that newer versions do not have.',
  why: 'A build installs the newest setuptools that `build-system.requires` allows, and stops where setup.py uses a part that was removed.',
  breaks: 'No build from the sdist gets past setup.py, so nobody without a matching wheel can install the release.',
  fix: 'Remove it from setup.py, or require an older setuptools in `build-system.requires`.',
  byHand: 'The code has to be changed, or support for a Python version dropped.',
  precision: 'high',
  needs: ['python-imports'],
  bad: [
    { sdist: { pyproject: PYPROJECT, files: { '{top}/setup.py': setup('', ', use_2to3=True') } } },
    {
      sdist: {
        pyproject: PYPROJECT,
        files: { '{top}/setup.py': setup('from distutils.command.build_py import build_py_2to3\n') },
      },
    },
    {
      sdist: {
        pyproject: PYPROJECT,
        files: { '{top}/setup.py': setup('from setuptools.command import upload\n') },
      },
    },
    {
      sdist: {
        pyproject: PYPROJECT,
        metadata: { 'Requires-Python': '>=3.9' },
        files: { '{top}/setup.py': setup('import imp\n') },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: PYPROJECT.replace('"setuptools"', '"setuptools<58"'),
        files: { '{top}/setup.py': setup('', ', use_2to3=True') },
      },
    },
    {
      sdist: {
        pyproject: PYPROJECT,
        metadata: { 'Requires-Python': '>=3.9' },
        files: {
          '{top}/setup.py': setup(
            'import sys\nfrom setuptools.command.build_py import build_py\n\ntry:\n    from setuptools.command.upload import upload\nexcept ImportError:\n    upload = None\nif sys.version_info < (3, 12):\n    import imp\n',
            ', use_2to3=False',
          ),
        },
      },
    },
  ],
  *check(sdist) {
    const member = `${sdist.top}/setup.py`
    const kept = sdist.texts.get(member)
    if (!kept || kept.cut || !kept.utf8 || !isSetuptools(sdist) || !mayBeNewest(sdist)) return
    const { text } = kept
    const keyword = setupScript(sdist)?.setup?.keyword('use_2to3')
    if (keyword && /\buse_2to3\s*=\s*True\b/.test(text.split('\n')[keyword.line - 1] ?? ''))
      yield finding(
        { member, line: keyword.line, column: keyword.column, mark: 'use_2to3' },
        'setup.py gives setup() `use_2to3=True`, which setuptools 58 and later reject: the build fails.',
        { subject: 'use_2to3', severity: 'error' },
      )
    const module = readModule(text)
    // Python 2 has a setuptools of its own.
    if (module.broken || !isForPython3(sdist)) return
    const pythons = wheelPythons(sdist).filter(minor => minor >= OLDEST)
    for (const one of module.imports) {
      if (!one.unguarded || one.level > 0) continue
      const at = { member, line: one.line, column: one.column, mark: '' }
      const lost = MODULES.test(one.module)
        ? one.module
        : one.names.map(name => `${one.module}.${name}`).find(name => MODULES.test(name) || NAMES.test(name))
      if (lost !== undefined) {
        yield finding(
          at,
          `setup.py imports ${quote(lost)}, which setuptools ${NEWEST.release[0]} does not have: the build fails with ${MODULES.test(one.module) ? 'ModuleNotFoundError' : 'ImportError'}.`,
          { subject: lost },
        )
        continue
      }
      const top = topOf(one.module)
      const lacking = REMOVED.test(top) ? pythons.filter(minor => !isStdlibModule(top, `3.${minor}`)) : []
      if (lacking.length > 0)
        yield finding(
          at,
          `setup.py imports ${quote(top)}, which is not in the standard library of Python ${pythonList(lacking)}: there, the build fails with ModuleNotFoundError.`,
          { subject: top },
        )
    }
  },
})

/** Older Pythons are no longer in use. */
const OLDEST = 9
/** What a setup.py may have used; setuptools itself provides distutils. */
const REMOVED =
  /^(?:imp|asyncore|asynchat|smtpd|cgi|cgitb|crypt|imghdr|pipes|telnetlib|lib2to3|uu|xdrlib|binhex|formatter|parser|symbol)$/

/** May the build use the newest setuptools? Without a table, pip and uv take that. */
function mayBeNewest({ pyproject }: Sdist): boolean {
  const listed = pyproject?.get('build-system', 'requires')
  if (listed === undefined) return true
  const own = texts(listed)
    .flatMap(([, text]) => attempt(parseRequirement, text) ?? [])
    .filter(({ name }) => canonicalName(name) === 'setuptools')
  return own.length > 0 && own.every(({ specifier }) => specifier.contains(NEWEST))
}
