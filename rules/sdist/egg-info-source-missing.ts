import { clean } from '../../src/archive/links.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { splitLines } from '../../src/text/lines.js'
import { builtModules } from '../../src/views/built-modules.js'
import { ownEggInfo } from '../../src/views/egg-info.js'
import { someQuoted } from '../../src/wording.js'
import { sourceTree } from './_tree.js'

/** Lines that are read of one file. */
const MOST = 20_000
const MOST_NAMED = 3
const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
const END = '.egg-info/SOURCES.txt'

export default rule({
  id: 'egg-info-source-missing',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "SOURCES.txt - Source Files Manifest"',
  url: 'https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html',
  summary: 'SOURCES.txt lists a file of a package, or top_level.txt a module, that is not in the sdist.',
  why: 'setuptools writes the list when it makes the sdist, so the file was there and was lost. A wheel that is built from the sdist does not have it.',
  fix: 'Build the sdist again from a clean checkout, without the old .egg-info directory.',
  absence: 'member',
  bad: [
    {
      sdist: {
        files: {
          '{top}/src/demo.egg-info/top_level.txt': 'demo\n',
          '{top}/src/demo.egg-info/SOURCES.txt': 'pyproject.toml\nsrc/demo/__init__.py\nsrc/demo/core.py\n',
        },
      },
    },
    {
      sdist: {
        files: {
          '{top}/src/demo.egg-info/SOURCES.txt': 'src/demo/__init__.py\nsrc/demo/core.py\nlib/fast.c\n',
        },
      },
    },
    { sdist: { pyproject: SETUPTOOLS, files: { '{top}/src/demo.egg-info/top_level.txt': 'demo\ndemo_tools\n' } } },
  ],
  good: {
    sdist: {
      pyproject: SETUPTOOLS,
      files: {
        '{top}/helpers/helpers.egg-info/top_level.txt': 'helpers\n',
        '{top}/helpers/helpers.egg-info/SOURCES.txt': 'pyproject.toml\nhelpers/core.py\n',
        '{top}/src/demo/fast.pyx': 'x = 1\n',
        '{top}/src/demo.egg-info/top_level.txt': 'demo\n',
        '{top}/src/demo.egg-info/SOURCES.txt':
          '../LICENSE\ntox.ini\ntests/test_core.py\nsrc\\demo\\__init__.py\nsrc/demo/fast.c\nsrc/demo.egg-info/SOURCES.txt\n',
      },
    },
  },
  *check(sdist) {
    const { files, isFolder } = sourceTree(sdist)
    yield* topLevels(sdist)
    for (const [member, { text, cut }] of sdist.texts) {
      if (cut || !member.endsWith(END)) continue
      // Another project in the tree has paths of its own.
      const name = member.slice(member.lastIndexOf('/', member.length - END.length - 1) + 1, -END.length)
      if (canonicalName(name) !== sdist.project) continue
      const lines = splitLines(text).slice(0, MOST)
      const top = sdist.texts.get(member.replace(/SOURCES\.txt$/, 'top_level.txt'))
      const names = top ? packagesOf(top.text) : foldersWithInit(lines, files)
      if (names.size === 0) continue
      let known: { readonly lower: ReadonlySet<string>; readonly stems: ReadonlySet<string> } | undefined
      const lost: { readonly path: string; readonly line: number }[] = []
      let found = false
      for (const [i, line] of lines.entries()) {
        const written = line.trim().replaceAll('\\', '/')
        const path = written.startsWith('/') ? undefined : clean(written)
        if (path === undefined || path === '') continue
        if (files.has(path)) {
          found = true
          continue
        }
        const folders = path.split('/').slice(0, -1)
        if (
          !(folders.some(folder => names.has(folder)) || COMPILED.test(path)) ||
          folders.some(folder => ASIDE.test(folder)) ||
          isFolder(path)
        )
          continue
        known ??= {
          lower: new Set([...files].map(one => one.toLowerCase())),
          stems: new Set([...files].map(stemOf)),
        }
        // C code is made of a file of the same name.
        if (known.lower.has(path.toLowerCase()) || (MADE.test(path) && known.stems.has(stemOf(path)))) continue
        lost.push({ path, line: i + 1 })
      }
      const [first] = lost
      // Where nothing is found, the paths begin elsewhere.
      if (!first || !found) continue
      yield finding(
        { member, line: first.line, column: 1, value: first.path },
        `${quote(member)} lists ${someQuoted(
          lost.map(({ path }) => path),
          MOST_NAMED,
        )}, which ${lost.length === 1 ? 'is' : 'are'} not in the sdist.`,
      )
    }
  },
})

/** Modules that top_level.txt names, and that are nowhere in the sdist. */
function* topLevels(sdist: Sdist) {
  const member = `${ownEggInfo(sdist)?.path}/top_level.txt`
  const lines = splitLines(sdist.texts.get(member)?.text ?? '').slice(0, MOST)
  if (!lines.some(line => line.trim() !== '') || builtModules(sdist).mayAdd) return
  const there = new Set(
    [...sourceTree(sdist).files].flatMap(path => path.split('/').map(part => part.replace(/\..*$/s, ''))),
  )
  for (const [i, line] of lines.entries()) {
    const name = line.trim()
    // Folders without modules are listed too; one of the project's own name was more than that.
    if (!/^[A-Za-z]\w*$/.test(name) || there.has(name) || !isOfProject(sdist, name)) continue
    yield finding(
      { member, line: i + 1, column: 1, value: name },
      `${quote(member)} names the module ${quote(name)}, which is not in the sdist.`,
      { subject: name },
    )
  }
}

const isOfProject = ({ project = '' }: Sdist, name: string): boolean => {
  const [first = ''] = project.split('-')
  return first !== '' && canonicalName(name).startsWith(first)
}

/** Packages of which the list names the `__init__.py`, and it is there. */
const foldersWithInit = (lines: readonly string[], files: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    lines.flatMap(line => {
      const [path, name] = /^(?:[^/]+\/)*?([^/]+)\/__init__\.py$/.exec(line.trim()) ?? []
      return name !== undefined && files.has(path ?? '') ? [name] : []
    }),
  )

const packagesOf = (topLevel: string): ReadonlySet<string> =>
  new Set(
    splitLines(topLevel)
      .map(line => line.trim())
      .filter(name => /^\w+$/.test(name)),
  )

/** What a build compiles, wherever it is. */
const COMPILED = /\.(?:c|cc|cpp|cxx|pyx|f90|rs)$/
const ASIDE = /^(?:__pycache__|tests?|testing|docs?|examples?|.*\.egg-info)$/i
const MADE = /\.(?:c|cc|cpp|cxx|h|pyi?|so|pyd)$/
const stemOf = (path: string) => path.replace(/\.[^./]*$/, '')
