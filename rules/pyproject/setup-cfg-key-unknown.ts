import { finding, quote, rule } from '../../src/rule.js'
import { readIni } from '../../src/text/ini.js'
import { splitLines } from '../../src/text/lines.js'
import { nearest } from '../../src/text/nearest.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { unsafely } from '../shared/remedies.js'
import { KEYS } from './_setup-cfg-keys.js'

/** What people write instead of the right key, for the most part keys of `[project]`. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['authors', 'author'],
  ['maintainers', 'maintainer'],
  ['readme', 'long_description'],
  ['urls', 'project_urls'],
  ['homepage', 'url'],
  ['requires_python', 'python_requires'],
  ['dependencies', 'install_requires'],
  ['requires', 'install_requires'],
  ['optional_dependencies', 'extras_require'],
])

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

export default rule({
  id: 'setup-cfg-key-unknown',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "Configuring setuptools using setup.cfg files"',
  url: 'https://setuptools.pypa.io/en/latest/userguide/declarative_config.html',
  summary: 'setup.cfg contains a misspelled key, which setuptools does not read.',
  why: 'setuptools silently ignores the key, and builds metadata without its value.',
  fix: 'Write the key as setuptools spells it.',
  byHand: 'The sample projects have no such keys.',
  precision: 'high',
  bad: {
    sdist: {
      pyproject: SETUPTOOLS,
      files: {
        '{top}/setup.cfg': '[metadata]\nname = demo\nversion = 1.0\n\n[options]\nrequires-python = >=3.10\n',
      },
    },
  },
  good: {
    sdist: {
      pyproject: SETUPTOOLS,
      files: {
        '{top}/setup.cfg':
          '[metadata]\nname = demo\nversion = 1.0\ncontact = ann\n\n[options]\npython_requires = >=3.10\n',
      },
    },
  },
  *check(sdist) {
    const member = `${sdist.top}/setup.cfg`
    const kept = sdist.texts.get(member)
    // pbr and distutils2 have keys of their own.
    if (!kept || !isSetuptools(sdist) || /\bpbr\b/.test(kept.text) || hasPbr(sdist.pyproject?.text)) return
    if (hasPbr(sdist.texts.get(`${sdist.top}/setup.py`)?.text)) return
    for (const { section, name } of readIni(splitLines(kept.text), '=:').options) {
      const keys = KEYS.get(section.trim())
      const plain = name.text.toLowerCase().replaceAll('-', '_')
      if (!keys || keys.has(plain)) continue
      const meant = MEANT.get(plain)
      const better = meant !== undefined && keys.has(meant) ? meant : nearest(plain, keys)
      if (better === undefined) continue
      yield finding(
        { member, line: name.line, column: name.column, field: `${section.trim()}.${name.text}`, mark: name.text },
        `setuptools ignores the key ${quote(name.text)} in [${section.trim()}] of setup.cfg. Did you mean ${quote(better)}?`,
        {
          remedy: unsafely({
            kind: 'rename',
            what: 'setup.cfg',
            name: `${section.trim()}.${name.text}`,
            by: `${section.trim()}.${better}`,
          }),
        },
      )
    }
  },
})

const hasPbr = (text = ''): boolean => /\bpbr\b/.test(text)
