import { finding, rule } from '../../src/rule.js'
import { readIni } from '../../src/text/ini.js'
import { splitLines } from '../../src/text/lines.js'
import { isSetuptools } from '../../src/views/pyproject.js'
import { usesPbr } from '../../src/views/setup-files.js'
import { plural, someQuoted } from '../../src/wording.js'
import { KEYS, OF_PBR } from './_setup-cfg-keys.js'

/** Keys that the message names. */
const MOST = 10

const REPLACED: ReadonlyMap<string, string> = new Map([['license_file', 'license_files']])

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

export default rule({
  id: 'setup-cfg-key-deprecated',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "Configuring setuptools using setup.cfg files"',
  url: 'https://setuptools.pypa.io/en/latest/userguide/declarative_config.html',
  summary: 'setup.cfg has a key, or a spelling of one, that setuptools has deprecated.',
  why: 'setuptools warns about keys with `-` or capitals at each build, and will stop supporting them.',
  fix: 'Write the keys in lowercase with `_`, and `license_files` for `license_file`.',
  byHand: 'The sample projects have no such keys. `distaudit fix` changes them, which has its own tests.',
  bad: {
    sdist: {
      pyproject: SETUPTOOLS,
      files: {
        '{top}/setup.cfg':
          '[metadata]\nname = demo\nversion = 1.0\nauthor-email = ann@demo.dev\nlicense_file = LICENSE\n',
      },
    },
  },
  good: {
    sdist: {
      pyproject: SETUPTOOLS,
      files: {
        '{top}/setup.cfg':
          '[metadata]\nname = demo\nversion = 1.0\nlong_description = file: README.md\nlicense_files = LICENSE\n\n[options.extras_require]\nfast-io = attrs\n',
      },
    },
  },
  *check(sdist) {
    const member = `${sdist.top}/setup.cfg`
    const kept = sdist.texts.get(member)
    if (!kept || !isSetuptools(sdist)) return
    // Its older versions know the old keys alone.
    const withPbr = usesPbr(sdist)
    const { options } = readIni(splitLines(kept.text), '=:')
    for (const { section, name, values } of options)
      if (/^(?:bdist_wheel|wheel)$/.test(section.trim()) && name.text === 'universal')
        if (values.some(({ text }) => /^(?:1|true|yes|on)$/i.test(text)))
          yield finding(
            { member, line: name.line, column: name.column, field: `${section.trim()}.universal`, mark: name.text },
            'setuptools has deprecated `universal`, which tags the wheel for Python 2 as well.',
            {
              subject: 'universal',
              explains: ['Python 2 tag'],
              help: `Remove \`universal\` from \`[${section.trim()}]\` of setup.cfg.`,
            },
          )
    const names = new Set(options.map(({ section, name }) => `${section.trim()}.${name.text}`))
    const found = options.flatMap(({ section, name }) => {
      const plain = name.text.toLowerCase().replaceAll('-', '_')
      // Another spelling does not help where setuptools ignores the key: setup-cfg-key-unknown.
      if (plain === OF_PBR && !withPbr) return []
      // The field itself is deprecated: field-deprecated tells it.
      if (/^(?:home_page|download_url)$/.test(plain)) return []
      const by = REPLACED.get(plain) ?? plain
      const isOld = KEYS.get(section.trim())?.has(plain) && by !== name.text && !names.has(`${section.trim()}.${by}`)
      return isOld ? [{ at: name, key: `${section.trim()}.${name.text}`, by: `${section.trim()}.${by}` }] : []
    })
    const [first] = found
    if (!first) return
    const written = found.map(({ at }) => at.text)
    const meant = found.map(({ by }) => by.slice(by.lastIndexOf('.') + 1))
    yield finding(
      { member, line: first.at.line, column: first.at.column, field: first.key, mark: first.at.text },
      `setup.cfg has ${plural(found.length, 'deprecated key')}: ${someQuoted(written, MOST)}; setuptools now spells ${found.length === 1 ? 'it' : 'them'} ${someQuoted(meant, MOST)}.`,
      {
        subject: 'keys',
        remedy: {
          safe: !withPbr,
          changes: found.map(({ key, by }) => ({ kind: 'rename', what: 'setup.cfg', name: key, by })),
        },
      },
    )
  },
})
