import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft, Place } from '../../src/finding.js'
import { trackedOf } from '../../src/project/tracked.js'
import { finding, quote, rule } from '../../src/rule.js'
import { nearest } from '../../src/text/nearest.js'
import { keptBySources, packageFolder, packageListing } from '../../src/views/package-listing.js'
import { sdistAlone } from '../../src/views/setup-files.js'
import { someQuoted, thousands } from '../../src/wording.js'
import { missing } from '../shared/missing.js'
import { narrowList } from './_narrow-patterns.js'
import { sourceTree, treePath } from './_tree.js'

const MOST = 5

/** Packages that many leave out on purpose. */
const ASIDE =
  /^(?:examples?|demos?|docs?|benchmarks?|templates?|data|_?vendor(?:ed)?)$|(?:^|_)(?:unit)?tests?(?:_|$)|^test(?:ing|data)$/i

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
const FILES = { '{top}/src/demo/__init__.py': '', '{top}/src/demo/formats/__init__.py': '' }

export default rule({
  id: 'package-not-listed',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "Package Discovery and Namespace Packages"',
  url: 'https://setuptools.pypa.io/en/latest/userguide/package_discovery.html',
  summary: 'A list of packages does not contain a package that is below a listed one.',
  why: 'The backend installs exactly what is in the list. Other subpackages are missing from the wheel, and imports of them fail.',
  fix: 'Add the packages to the list, or let setuptools find them.',
  byHand: 'Only a person knows whether the packages are left out on purpose.',
  precision: 'high',
  bad: [
    {
      tree: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nwhere = ["src"]\ninclude = ["demo"]\n`,
        files: { 'src/demo/__init__.py': '', 'src/demo/formats/__init__.py': '' },
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.poetry]\npackages = [{ include = "demo/*.py", from = "src" }]\n',
        files: { 'src/demo/__init__.py': '', 'src/demo/formats/__init__.py': '' },
      },
    },
    {
      tree: {
        pyproject: SETUPTOOLS,
        files: {
          'setup.py':
            'from setuptools import setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    include_package_data=True,\n)\n',
          'MANIFEST.in': 'recursive-include demo/data *.json\n',
          'demo/__init__.py': '',
          'demo/formats/__init__.py': '',
        },
      },
    },
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\n`,
        files: FILES,
      },
    },
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          ...FILES,
          '{top}/setup.py':
            'from setuptools import setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n)\n',
        },
      },
    },
  ],
  good: [
    // As built from its SOURCES.txt with setuptools 84.2.1: every package is in the wheel, as data.
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nwhere = ["src"]\ninclude = ["demo"]\n`,
        files: {
          ...FILES,
          '{top}/src/demo.egg-info/SOURCES.txt':
            'pyproject.toml\nsrc/demo/__init__.py\nsrc/demo.egg-info/SOURCES.txt\nsrc/demo/formats/__init__.py\n',
        },
      },
    },
    {
      tree: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nwhere = ["src"]\ninclude = ["demo", "demo.f*"]\n`,
        files: { 'src/demo/__init__.py': '', 'src/demo/formats/__init__.py': '' },
      },
    },
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo", "demo.formats"]\npackage-dir = { "" = "src" }\n`,
        files: FILES,
      },
    },
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\n`,
        files: { '{top}/src/demo/tests/__init__.py': '', '{top}/src/demo/formats/test_reading/__init__.py': '' },
      },
    },
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\ninclude-package-data = false\n`,
        files: { ...FILES, '{top}/MANIFEST.in': 'recursive-include src/demo/formats *.py\n' },
      },
    },
  ],
  *check(sdist, { tracked }) {
    // setuptools leaves out of the sdist too what it does not list: git has it.
    const files = new Set([...sourceTree(sdist).files, ...trackedOf(sdist, tracked)])
    yield* narrow(sdist, files)
    const listing = packageListing(sdist)
    if (!listing || listing.hasData || sdist.tree?.isWhole === false) return
    const names = new Set(listing.packages.map(({ text }) => text.replaceAll('/', '.')))
    // A listed package that is not there is most likely another one, misspelled: build-input-missing reports it.
    const absent = [...names].filter(name => {
      const folder = treePath(packageFolder(name, listing.folders))
      return folder === undefined || ![...files].some(path => path.startsWith(`${folder}/`))
    })
    const told = new Set<string>()
    const isForSdist = sdistAlone(sdist)
    const isKept = keptBySources(sdist)
    for (const { text, at } of listing.packages) {
      const folder = treePath(packageFolder(text, listing.folders))
      if (folder === undefined || folder === '' || !files.has(`${folder}/__init__.py`)) continue
      const lost = [...files].flatMap(path => {
        if (!path.startsWith(`${folder}/`) || !path.endsWith('/__init__.py')) return []
        const parts = path.slice(folder.length + 1, -'/__init__.py'.length).split('/')
        const name = [text, ...parts].join('.')
        const isPackage = parts.every((_, i) =>
          files.has(`${[folder, ...parts.slice(0, i + 1)].join('/')}/__init__.py`),
        )
        return path !== `${folder}/__init__.py` &&
          isPackage &&
          !names.has(name) &&
          nearest(name, absent) === undefined &&
          !isForSdist(path) &&
          !isKept(path) &&
          !told.has(name) &&
          !parts.some(part => ASIDE.test(part))
          ? [{ name, path }]
          : []
      })
      for (const { name } of lost) told.add(name)
      yield* leftOut({ key: 'packages', text, at, help: listing.help, lost, files })
    }
  },
})

/** Patterns that take a package alone. */
function* narrow(sdist: Sdist, files: ReadonlySet<string>): Generator<Draft> {
  const list = sdist.tree?.isWhole === false ? undefined : narrowList(sdist)
  if (!list) return
  const isForSdist = sdistAlone(sdist)
  const isKept = keptBySources(sdist)
  for (const { text, folder, at, help } of list.packages) {
    if (!files.has(`${folder}/__init__.py`)) continue
    const lost = [...files].flatMap(path => {
      if (!path.startsWith(`${folder}/`) || !path.endsWith('/__init__.py') || path === `${folder}/__init__.py`)
        return []
      const inner = path.slice(0, -'/__init__.py'.length)
      const isAside = inner
        .slice(folder.length + 1)
        .split('/')
        .some(part => ASIDE.test(part))
      return isAside || isForSdist(path) || isKept(path) || list.takes(inner)
        ? []
        : [{ name: list.nameOf(inner), path }]
    })
    yield* leftOut({ key: list.key, text, at, help, lost, files })
  }
}

interface LeftOut {
  readonly key: string
  readonly text: string
  readonly at: Place
  readonly help: Draft['help']
  /** By their `__init__.py`. */
  readonly lost: readonly { readonly name: string; readonly path: string }[]
  readonly files: ReadonlySet<string>
}

function* leftOut({ key, text, at, help, lost, files }: LeftOut): Generator<Draft> {
  if (lost.length === 0) return
  const names = lost.map(({ name }) => name).sort()
  const folders = new Set(lost.map(({ path }) => folderOf(path)))
  const inside = [...files].filter(path => folders.has(folderOf(path)))
  yield finding(
    at,
    `\`${key}\` lists ${quote(text)}, but not ${someQuoted(names, MOST)}: the wheel does not contain ${lost.length === 1 ? 'that package' : `these ${thousands(lost.length)} packages`}.`,
    { help, subject: text, explains: [...names.map(missing.package), ...inside.map(missing.file)] },
  )
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)
