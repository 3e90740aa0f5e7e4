import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Ini, type IniText, readIni } from '../../src/text/ini.js'
import { splitLines } from '../../src/text/lines.js'
import { didYouMean, nearest } from '../../src/text/nearest.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { usesPbr } from '../../src/views/setup-files.js'
import { BUILD_STOPS, SETUPTOOLS } from './_backends.js'
import { lostWithSetupKey } from './_explained.js'

/** The sections below `options` that setuptools 84.2 knows. */
const SECTIONS: readonly string[] = [
  'options.packages.find',
  'options.package_data',
  'options.exclude_package_data',
  'options.extras_require',
  'options.data_files',
  'options.entry_points',
]
const OTHERS: readonly string[] = ['metadata', 'options', ...SECTIONS]
const TABLES: ReadonlySet<string> = new Set(['options.package_dir'])
const BOOLEANS: ReadonlySet<string> = new Set(['options.zip_safe', 'options.include_package_data'])

const example = (more: string) => ({
  sdist: {
    pyproject: SETUPTOOLS,
    files: { '{top}/setup.cfg': `[metadata]\nname = demo\nversion = 1.0\n\n[options]\npackages = find:\n${more}` },
  },
})

/** Does setup.py name the section, to read it by itself? */
const readsItself = ({ texts, top }: Sdist, section: string) =>
  [`'${section}'`, `"${section}"`].some(name => texts.get(`${top}/setup.py`)?.text.includes(name))

export default rule({
  id: 'setup-cfg-unreadable',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "Configuring setuptools using setup.cfg files"',
  url: 'https://setuptools.pypa.io/en/latest/userguide/declarative_config.html',
  summary: 'setup.cfg contains a section or a value that setuptools cannot read.',
  why: 'setuptools stops at a line that is not `key = value`, a key or section that appears twice, a percent sign that does not name another key, an unknown section below `options`, and a table without `=`. It ignores any other section, and reads an unknown boolean as false.',
  breaks: BUILD_STOPS,
  fix: 'Write the section or the value as setuptools expects it.',
  byHand: 'The sample projects have no such sections.',
  precision: 'high',
  bad: [
    example('\n[options.extra_require]\nfast = attrs\n'),
    example('\n[entry_points]\nconsole_scripts =\n    demo = demo:main\n'),
    example('\n[option.entry_points]\nconsole_scripts =\n    demo = demo:main\n'),
    example('package_dir = src\n'),
    example('include_package_data = on please\n'),
    example('[metadata]\nauthor = Ann Author\n'),
    example('zip_safe false\n'),
    example('\n[tool:pytest]\nlog_format = %(levelname)s %(message)s\n'),
  ],
  good: [
    example('package_dir =\n    = src\n\n[options.extras_require]\nfast = attrs\n'),
    example('\n[tool:pytest]\naddopts = -q\n\n[bdist_wheel]\nuniversal = 0\n'),
    example('\n[tool:pytest]\nlog_format = %%(levelname)s %%(message)s\n'),
    example('\n[DEFAULT]\nroot = %(folder)s\n'),
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/setup.py':
            'import configparser\n\nimport setuptools\n\ncfg = configparser.ConfigParser()\ncfg.read("setup.cfg")\nsetuptools.setup(**cfg["x-metadata"])\n',
          '{top}/setup.cfg': '[x-metadata]\nname = demo\nversion = 1.0\n',
        },
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/setup.py': "import setuptools\n\nsetuptools.setup(setup_requires=['pbr'], pbr=True)\n",
          '{top}/setup.cfg': '[metadata]\nname = demo\n\n[entry_points]\nconsole_scripts =\n    demo = demo:main\n',
        },
      },
    },
  ],
  *check(sdist) {
    const member = `${sdist.top}/setup.cfg`
    const kept = sdist.texts.get(member)
    if (!kept || !isSetuptools(sdist)) return
    const { sections, options, problems } = readIni(splitLines(kept.text), '=:')
    const names = new Set(sections.map(({ text }) => text.trim()))
    const at = ({ line, column, text }: IniText, from = column) => ({ member, line, column: from, mark: text })
    // The parser reports the first one, and reads nothing.
    const [problem] = problems
    if (problem) {
      const told = at(problem.at)
      yield finding(told, `setuptools cannot read setup.cfg: ${PROBLEMS[problem.kind](quote(problem.at.text))}.`, {
        subject: 'syntax',
      })
      return
    }
    yield* ofPercentSigns(options, member)
    for (const section of sections) {
      const name = section.text.trim()
      if (OTHERS.includes(name)) continue
      const field = { ...at(section), field: name }
      const rename = (meant: string) => ({ help: `Rename the section to \`[${meant}]\`.` })
      if (name.startsWith('options.')) {
        const meant = nearest(name, SECTIONS)
        yield finding(
          field,
          `setuptools refuses to build with the section [${name}] of setup.cfg, which it does not know.${didYouMean(name, SECTIONS)}`,
          meant === undefined || names.has(meant) ? undefined : rename(meant),
        )
      } else {
        const isShort = SECTIONS.includes(`options.${name}`) && !usesPbr(sdist)
        const meant = isShort ? `options.${name}` : nearest(name, OTHERS)
        if (meant !== undefined && !names.has(meant) && !readsItself(sdist, name))
          yield finding(field, `setuptools ignores the section [${name}] of setup.cfg. Did you mean [${meant}]?`, {
            severity: 'warning',
            ...rename(meant),
            explains: lostWithSetupKey(meant),
          })
      }
    }
    for (const { section, name, values } of options) {
      const id = `${section.trim()}.${name.text.toLowerCase().replaceAll('-', '_')}`
      const written = values.filter(({ text }) => text !== '')
      if (TABLES.has(id))
        for (const value of written)
          if (
            !value.text.startsWith('file:') &&
            value.text.split(',').some(part => part.trim() !== '' && !part.includes('='))
          )
            yield finding(
              at(value),
              `setuptools cannot read ${quote(value.text)} as a table: \`${name.text}\` needs \`package = folder\`.`,
              {
                help: `Write \`${name.text} = = ${value.text}\`, with nothing before the second \`=\` for the root.`,
                subject: id,
              },
            )
      const [only, ...others] = written
      if (BOOLEANS.has(id) && only && others.length === 0 && !/^(?:1|true|yes|on|0|false|no|off)$/i.test(only.text))
        yield finding(
          at(only),
          `${quote(only.text)} is not a boolean, so setuptools reads \`${name.text}\` as false.`,
          { severity: 'warning', help: `Write \`${name.text} = true\` or \`${name.text} = false\`.`, subject: id },
        )
    }
  },
})

const PROBLEMS: Readonly<Record<Ini['problems'][number]['kind'], (text: string) => string>> = {
  'no-section': text => `${text} stands before the first section`,
  'no-delimiter': text => `${text} is not \`key = value\``,
  'duplicate-section': text => `the section ${text} appears twice`,
  'duplicate-option': text => `the key ${text} appears twice in its section`,
  'bad-section-header': text => `${text} is not a section header`,
}

/** A percent sign begins the name of another key of the section. */
function* ofPercentSigns(options: Ini['options'], member: string) {
  const known = new Set(options.map(({ section, name }) => `${section}]${name.text}`))
  for (const { section, values } of options) {
    // The parser reads them with the keys of each section.
    if (section === 'DEFAULT') continue
    for (const value of values)
      for (const { 0: text, 1: name, index } of value.text.matchAll(/%(?:%|\(([^()]*)\)s|)/g)) {
        if (text === '%%') continue
        if (name !== undefined && (known.has(`${section}]${name}`) || known.has(`DEFAULT]${name}`))) continue
        yield finding(
          { member, line: value.line, column: value.column + index, mark: text },
          name === undefined
            ? 'setuptools reads a percent sign in setup.cfg as the beginning of `%(key)s`, and refuses to build.'
            : `setuptools reads ${quote(text)} in setup.cfg as the value of the key ${quote(name)}, which [${section.trim()}] does not contain, and refuses to build.`,
          { help: `Write ${quote(`%${text}`)}.`, subject: 'percent' },
        )
        // The parser stops at the first one.
        return
      }
  }
}
