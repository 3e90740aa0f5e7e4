import type { Sdist } from '../distribution/distribution.js'
import type { Place } from '../finding.js'
import { oncePer } from '../once.js'
import type { Given } from '../python/setup-script.js'
import { splitLines } from '../text/lines.js'
import { ownEggInfo } from './egg-info.js'
import { isSetuptools, isTable, texts } from './pyproject.js'
import { scriptPlace, setupCfg, setupScript, takesData } from './setup-files.js'

/** As distutils finds it: the folder of the package, or of its nearest parent that has one. */
export function packageFolder(name: string, folders: ReadonlyMap<string, string>): string {
  const parts = name.split('.')
  for (let i = parts.length; i >= 0; i--) {
    const folder = folders.get(parts.slice(0, i).join('.'))
    if (folder !== undefined) return [folder, ...parts.slice(i)].filter(part => part !== '').join('/')
  }
  return parts.join('/')
}

/** Patterns of data that may match Python files. */
const CODE = /\.py|\*\s*$|\*\*/
const JSON_CODE = /\.py|\*"|\*\*/

function mayHaveCode(given: Given | undefined): boolean {
  if (given?.kind === 'text') return CODE.test(given.text)
  if (given?.kind === 'list') return !given.isWhole || given.items.some(mayHaveCode)
  return given?.kind !== 'dict' || given.items.some(([, value]) => mayHaveCode(value))
}

/** May files of other folders come along as data: does MANIFEST.in, or a plugin that asks git, name Python files? */
function manifestHasCode({ top, members, texts: kept, pyproject }: Sdist): boolean {
  if (/setuptools[-_](?:scm|git)/.test(pyproject?.text ?? '')) return true
  const member = `${top}/MANIFEST.in`
  if (members.get(member) === undefined) return false
  const text = kept.get(member)?.text
  return (
    text === undefined ||
    text
      .replace(/\\\r?\n/g, ' ')
      .split('\n')
      .some(addsCode)
  )
}

function addsCode(line: string): boolean {
  const [command = '', ...patterns] = line.trim().split(/\s+/)
  if (command === 'graft') return true
  const files = command === 'recursive-include' ? patterns.slice(1) : patterns
  return /include$/.test(command) && files.some(pattern => /py|\*$|\*\*|[[?]/.test(pattern))
}

/** May a build of setuptools install Python files of folders that are no packages of its own? */
export function mayBringCode(sdist: Sdist): boolean {
  const data = sdist.pyproject?.get('tool', 'setuptools', 'package-data')
  const setup = setupScript(sdist)?.setup
  return (
    manifestHasCode(sdist) ||
    (data !== undefined && JSON_CODE.test(JSON.stringify(data))) ||
    (setup?.keywords.has('package_data') === true && mayHaveCode(setup.given('package_data'))) ||
    hasCodeInCfg(sdist)
  )
}

const hasCodeInCfg = (sdist: Sdist): boolean =>
  [...setupCfg(sdist)].some(
    ([key, { values }]) => key.startsWith('options.package_data.') && values.some(({ text }) => CODE.test(text)),
  )

/** A list of packages that the build files write out for setuptools. */
export interface PackageListing {
  readonly packages: readonly { readonly text: string; readonly at: Place }[]
  readonly folders: ReadonlyMap<string, string>
  /** Files of other folders may come along as data. */
  readonly hasData: boolean
  readonly help: string
}

export const packageListing = oncePer((sdist: Sdist): PackageListing | undefined => {
  const { pyproject } = sdist
  if (!isSetuptools(sdist)) return undefined
  const setup = setupScript(sdist)?.setup
  const hasManifest = manifestHasCode(sdist)
  if (setup?.keywords.has('packages')) {
    const list = setup.list('packages')
    const folders = setup.keywords.has('package_dir') ? setup.dict('package_dir') : new Map<string, string>()
    if (!list || !folders || setup.isOpen || setup.keywords.has('cmdclass')) return undefined
    return {
      packages: list.map(one => ({ text: one.text, at: scriptPlace(sdist, one) })),
      folders,
      hasData:
        (setup.keywords.has('package_data') && mayHaveCode(setup.given('package_data'))) ||
        (setup.keywords.has('include_package_data') && hasManifest),
      help: `Add what is missing to the list, or write \`packages=find_packages(${folders.get('') ? `"${folders.get('')}"` : ''})\`.`,
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
      help: `Add what is missing to the list, or replace the list with \`[tool.setuptools.packages.find]\`${typeof root === 'string' && root !== '' ? ` with \`where = ["${root}"]\`` : ''}.`,
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
    hasData: hasCodeInCfg(sdist) || (options.has('options.include_package_data') && hasManifest),
    help: 'Add what is missing to the list, or write `packages = find:`.',
  }
})

/** Lines that are read of one SOURCES.txt. */
const MOST_SOURCES = 20_000

/** Does setuptools install this file as data? A build from an sdist keeps what SOURCES.txt of the project lists. */
export const keptBySources = oncePer((sdist: Sdist): ((path: string) => boolean) => {
  const sources = sdist.texts.get(`${ownEggInfo(sdist)?.path}/SOURCES.txt`)
  if (!sources || !takesData(sdist)) return () => false
  if (sources.cut) return () => true
  const paths = new Set(
    splitLines(sources.text)
      .slice(0, MOST_SOURCES)
      .map(line => line.trim().replaceAll('\\', '/')),
  )
  return path => paths.has(path)
})
