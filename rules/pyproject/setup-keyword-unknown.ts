import { SETUP_KEYWORDS } from '../../src/project/declared-setup.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { setupScript } from '../../src/views/setup-files.js'
import { withSetupScript } from './_backends.js'
import { lostWithSetupKey } from './_explained.js'

/** What people write instead of the right keyword, for the most part keys of `[project]`. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['requires_python', 'python_requires'],
  ['dependencies', 'install_requires'],
  ['optional_dependencies', 'extras_require'],
  ['readme', 'long_description'],
  ['homepage', 'url'],
  ['urls', 'project_urls'],
  ['console_scripts', 'entry_points'],
  ['gui_scripts', 'entry_points'],
])

export default rule({
  id: 'setup-keyword-unknown',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "Keywords"',
  url: 'https://setuptools.pypa.io/en/latest/references/keywords.html',
  summary: 'setup.py contains a misspelled keyword, which setuptools does not read.',
  why: 'setuptools ignores the keyword with a warning, and builds metadata without its value.',
  fix: 'Write the keyword as setuptools spells it.',
  byHand: 'distaudit does not edit programs.',
  precision: 'high',
  bad: [
    withSetupScript('install_require=["attrs"]'),
    withSetupScript('requires_python=">=3.9"'),
    withSetupScript('console_scripts=["demo = demo:main"]'),
  ],
  good: [withSetupScript('install_requires=["attrs"]'), withSetupScript('use_scm_version=True, cmake_args=[]')],
  *check(sdist) {
    const setup = setupScript(sdist)?.setup
    // Another class of distribution may have keywords of its own.
    if (!setup || setup.keywords.has('distclass')) return
    for (const keyword of setup.keywords) {
      if (SETUP_KEYWORDS.has(keyword)) continue
      const meant = MEANT.get(keyword) ?? nearest(keyword, SETUP_KEYWORDS)
      const at = setup.keyword(keyword)
      if (meant === undefined || !at) continue
      yield finding(
        { member: `${sdist.top}/setup.py`, line: at.line, column: at.column, value: keyword, mark: keyword },
        setup.keywords.has(meant)
          ? `setuptools ignores the keyword ${quote(keyword)} of setup().`
          : `setuptools ignores the keyword ${quote(keyword)} of setup(). Did you mean ${quote(meant)}?`,
        {
          subject: keyword,
          explains: lostWithSetupKey(meant),
          help: setup.keywords.has(meant) ? `Remove \`${keyword}\`.` : `Rename the keyword to \`${meant}\`.`,
        },
      )
    }
  },
})
