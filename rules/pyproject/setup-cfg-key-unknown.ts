import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { readIni } from '../../src/text/ini.js'
import { splitLines } from '../../src/text/lines.js'
import { nearest } from '../../src/text/nearest.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { setupScript, usesPbr } from '../../src/views/setup-files.js'
import { unsafely } from '../shared/remedies.js'
import { lostWithSetupKey } from './_explained.js'
import { IGNORED, KEYS, OF_PBR } from './_setup-cfg-keys.js'

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
  ['requires_dist', 'install_requires'],
  ['optional_dependencies', 'extras_require'],
])

/** Where people write commands; a section with almost the right name has a rule of its own. */
const OF_COMMANDS = /^(?:metadata|options)$/
const ALMOST = /^entry[-_]?points?$/

const isFile = (name: string) => /^[\w./-]+\.(?:md|rst|txt|markdown)$/i.test(name)

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
  summary: 'setup.cfg contains a key that setuptools does not read.',
  why: 'setuptools silently ignores the key, and builds metadata without its value.',
  fix: 'Write the key as setuptools spells it, in the section where setuptools looks for it.',
  byHand: 'The sample projects have no such keys.',
  precision: 'high',
  bad: [
    '[metadata]\nname = demo\nversion = 1.0\n\n[options]\nrequires-python = >=3.10\n',
    '[metadata]\nname = demo\nversion = 1.0\nrequires_python = >=3.10\n',
    '[metadata]\nname = demo\nversion = 1.0\n\n[options]\ntest_require = pytest\n',
    '[metadata]\nname = demo\nversion = 1.0\ndescription-file = README.md\n',
    '[metadata]\nname = demo\nversion = 1.0\n\n[options]\nconsole_scripts =\n    demo = demo.cli:main\n',
  ].map(text => ({ sdist: { description: '', pyproject: SETUPTOOLS, files: { '{top}/setup.cfg': text } } })),
  good: [
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\nreadme = "README.md"\n`,
        files: { '{top}/setup.cfg': '[metadata]\ndescription-file = README.md\n' },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/setup.cfg':
            '[metadata]\nname = demo\nversion = 1.0\ncontact = ann\n\n[options]\npython_requires = >=3.10\n',
        },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/setup.cfg':
            '[metadata]\nname = demo\nversion = 1.0\n\n[entry_points]\nconsole_scripts =\n    demo = demo:main\n',
          '{top}/setup.py':
            'import configparser\nfrom setuptools import setup\n\nconfig = configparser.ConfigParser()\nconfig.read("setup.cfg")\nsetup(**dict(entry_points=dict(config["entry_points"])))\n',
        },
      },
    },
  ],
  *check(sdist) {
    const member = `${sdist.top}/setup.cfg`
    const kept = sdist.texts.get(member)
    if (!kept || !isSetuptools(sdist) || usesPbr(sdist)) return
    const setup = setupScript(sdist)?.setup
    const hasScript = sdist.texts.get(`${sdist.top}/setup.py`) !== undefined
    // pyproject.toml or a program may give the description as well.
    const mayDescribe =
      hasDescription(sdist) || (hasScript && (!setup || setup.isOpen || setup.keywords.has('long_description')))
    const mayCommand = hasScript && (!setup || setup.isOpen || setup.keywords.has('entry_points'))
    const { options, sections } = readIni(splitLines(kept.text), '=:')
    const hasSection = sections.some(({ text }) => text.trim() === 'options.entry_points')
    const isGiven = (key: string) =>
      options.some(({ section, name }) => `${section.trim()}.${name.text.toLowerCase().replaceAll('-', '_')}` === key)
    for (const { section, name, values } of options) {
      const keys = KEYS.get(section.trim())
      const plain = name.text.toLowerCase().replaceAll('-', '_')
      const at = {
        member,
        line: name.line,
        column: name.column,
        field: `${section.trim()}.${name.text}`,
        mark: name.text,
      }
      if (keys && plain === OF_PBR && keys.has(plain)) {
        const files = values.filter(({ text }) => text !== '').map(({ text }) => text)
        const [file] = files
        if (file === undefined || files.length > 1 || !isFile(file)) continue
        if (mayDescribe || isGiven('metadata.long_description')) continue
        yield finding(
          at,
          `setuptools ignores the key ${quote(name.text)} in [metadata] of setup.cfg, so the description is empty.`,
          {
            explains: ['Description', 'Description-Content-Type'],
            help: `Write \`long_description = file: ${file}\`${isGiven('metadata.long_description_content_type') || /\.rst$/i.test(file) ? '' : ` and \`long_description_content_type = ${/\.(?:md|markdown)$/i.test(file) ? 'text/markdown' : 'text/plain'}\``} instead.`,
            remedy: unsafely(
              { kind: 'rename', what: 'setup.cfg', name: `metadata.${name.text}`, by: 'metadata.long_description' },
              { kind: 'replace', field: 'Description', value: file, by: `file: ${file}` },
            ),
          },
        )
        continue
      }
      const isForCommands = OF_COMMANDS.test(section.trim()) || (hasSection && ALMOST.test(section.trim()))
      if (/^(?:console|gui)_scripts$/.test(plain) && isForCommands) {
        if (values.some(({ text }) => text !== '') && !isGiven(`options.entry_points.${plain}`) && !mayCommand)
          yield finding(
            at,
            `setuptools ignores the key ${quote(name.text)} in [${section.trim()}] of setup.cfg, so nobody gets the command.`,
            { help: 'Move it to `[options.entry_points]`.' },
          )
        continue
      }
      if (!keys || keys.has(plain)) continue
      const meant = MEANT.get(plain) ?? plain
      const other = [...KEYS].find(([one, known]) => one !== section.trim() && known.has(meant))?.[0]
      if (!keys.has(meant) && other !== undefined) {
        yield finding(at, `setuptools ignores the key ${quote(name.text)} in [${section.trim()}] of setup.cfg.`, {
          help: isGiven(`${other}.${meant}`)
            ? `Remove it: \`[${other}]\` has \`${meant}\`.`
            : setup?.keywords.has(meant)
              ? `Remove it: setup.py has \`${meant}\`.`
              : `Move it to \`[${other}]\`${meant === plain ? '' : `, as \`${meant}\``}.`,
          explains: lostWithSetupKey(`${other}.${meant}`),
        })
        continue
      }
      const better = keys.has(meant)
        ? meant
        : nearest(
            plain,
            [...keys].filter(key => key !== OF_PBR),
          )
      if (better === undefined) continue
      // The right spelling has no effect either.
      const [, instead] = IGNORED.get(better) ?? []
      if (instead !== undefined) {
        yield finding(at, `setuptools ignores the key ${quote(name.text)} in [${section.trim()}] of setup.cfg.`, {
          help: instead,
        })
        continue
      }
      yield finding(
        at,
        `setuptools ignores the key ${quote(name.text)} in [${section.trim()}] of setup.cfg. Did you mean ${quote(better)}?`,
        {
          remedy: unsafely({
            kind: 'rename',
            what: 'setup.cfg',
            name: `${section.trim()}.${name.text}`,
            by: `${section.trim()}.${better}`,
          }),
          explains: lostWithSetupKey(`${section.trim()}.${better}`),
        },
      )
    }
  },
})

const hasDescription = ({ metadata, pyproject, tree }: Sdist): boolean =>
  pyproject?.get('project', 'readme') !== undefined ||
  (tree === undefined && (metadata?.description?.text.trim() ?? '') !== '')
