import type { Sdist } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import type { Given } from '../../src/python/setup-script.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isSetuptools, isTable, texts } from '../../src/views/pyproject.js'
import { sdistAlone, setupCfg, setupScript } from '../../src/views/setup-files.js'
import { plural, someQuoted } from '../../src/wording.js'
import { packageFolder } from './_build-inputs.js'
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
  why: 'setuptools installs exactly the packages in the list. Their subpackages are missing from the wheel, and imports of them fail.',
  fix: 'Add the packages to the list, or let setuptools find them.',
  byHand: 'Only a person knows whether the packages are left out on purpose.',
  precision: 'high',
  bad: [
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
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo", "demo/formats"]\npackage-dir = { "" = "src" }\n`,
        files: FILES,
      },
    },
    {
      sdist: {
        pyproject: `${SETUPTOOLS}\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo"]\npackage-dir = { "" = "src" }\ninclude-package-data = false\n`,
        files: { ...FILES, '{top}/MANIFEST.in': 'recursive-include src/demo/formats *.py\n' },
      },
    },
  ],
  *check(sdist) {
    const listing = listingOf(sdist)
    if (!listing || listing.hasData || sdist.tree?.isWhole === false) return
    const { files } = sourceTree(sdist)
    const names = new Set(listing.packages.map(({ text }) => text.replaceAll('/', '.')))
    const told = new Set<string>()
    const isForSdist = sdistAlone(sdist)
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
          !isForSdist(path) &&
          !told.has(name) &&
          !parts.some(part => ASIDE.test(part))
          ? [name]
          : []
      })
      for (const name of lost) told.add(name)
      if (lost.length > 0)
        yield finding(
          at,
          `\`packages\` lists ${quote(text)}, but not ${someQuoted(lost.sort(), MOST)}: the wheel does not contain ${plural(lost.length, 'package')} below it.`,
          { help: listing.help, subject: text },
        )
    }
  },
})

/** Patterns of data that may match Python files. */
const CODE = /\.py|\*\s*$|\*\*/
const JSON_CODE = /\.py|\*"|\*\*/

function mayHaveCode(given: Given | undefined): boolean {
  if (given?.kind === 'text') return CODE.test(given.text)
  if (given?.kind === 'list') return !given.isWhole || given.items.some(mayHaveCode)
  return given?.kind !== 'dict' || given.items.some(([, value]) => mayHaveCode(value))
}

interface Listing {
  readonly packages: readonly { readonly text: string; readonly at: Place }[]
  readonly folders: ReadonlyMap<string, string>
  /** Files of other folders may come along as data. */
  readonly hasData: boolean
  readonly help: string
}

function listingOf(sdist: Sdist): Listing | undefined {
  const { pyproject, top } = sdist
  if (!isSetuptools(sdist)) return undefined
  const setup = setupScript(sdist)?.setup
  const hasManifest =
    sdist.members.get(`${top}/MANIFEST.in`) !== undefined || /setuptools[-_](?:scm|git)/.test(pyproject?.text ?? '')
  if (setup?.keywords.has('packages')) {
    const list = setup.list('packages')
    const folders = setup.keywords.has('package_dir') ? setup.dict('package_dir') : new Map<string, string>()
    if (!list || !folders || setup.isOpen || setup.keywords.has('cmdclass')) return undefined
    return {
      packages: list.map(({ text, line, column }) => ({
        text,
        at: { member: `${top}/setup.py`, line, column, value: text, mark: '' },
      })),
      folders,
      hasData:
        (setup.keywords.has('package_data') && mayHaveCode(setup.given('package_data'))) ||
        (setup.keywords.has('include_package_data') && hasManifest),
      help: `Add them to the list, or write \`packages=find_packages(${folders.get('') ? `"${folders.get('')}"` : ''})\`.`,
    }
  }
  const table = pyproject?.get('tool', 'setuptools')
  if (pyproject && isTable(table) && Array.isArray(table.packages)) {
    const folders = isTable(table['package-dir']) ? table['package-dir'] : {}
    const root = folders['']
    return {
      packages: texts(table.packages).map(([index, text]) => ({
        text,
        at: pyproject.place('tool', 'setuptools', 'packages', index),
      })),
      folders: new Map(
        Object.entries(folders).flatMap(([name, one]) => (typeof one === 'string' ? [[name, one]] : [])),
      ),
      hasData:
        (table['package-data'] !== undefined && JSON_CODE.test(JSON.stringify(table['package-data']))) ||
        (table['include-package-data'] !== false && hasManifest),
      help: `Add them to the list, or replace it by \`[tool.setuptools.packages.find]\`${typeof root === 'string' && root !== '' ? ` with \`where = ["${root}"]\`` : ''}.`,
    }
  }
  const options = setupCfg(sdist)
  const option = options.get('options.packages')
  if (!option || /^find(?:_namespace)?:/.test(option.values[0]?.text ?? '') || setup?.isOpen) return undefined
  const folders = new Map<string, string>()
  for (const { text } of options.get('options.package_dir')?.values ?? [])
    for (const pair of text.split(',')) {
      const [name = '', folder] = pair.split('=')
      if (folder !== undefined) folders.set(name.trim(), folder.trim())
    }
  return {
    packages: option.values.flatMap(({ text, line, column }) =>
      /^[\w.]+$/.test(text) ? [{ text, at: { member: option.member, line, column, value: text } }] : [],
    ),
    folders,
    hasData:
      [...options].some(
        ([key, { values }]) => key.startsWith('options.package_data.') && values.some(({ text }) => CODE.test(text)),
      ) ||
      (options.has('options.include_package_data') && hasManifest),
    help: 'Add them to the list, or write `packages = find:`.',
  }
}
