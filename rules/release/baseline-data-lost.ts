import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { groupBy } from '../../src/group-by.js'
import { finding, rule } from '../../src/rule.js'
import { type Installed, installed } from '../../src/views/install-tree.js'
import { plural, someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { isAsideModule } from './_lost.js'
import { isNamedIn, namesInCode } from './_named.js'
import { belowTop } from './_sources.js'
import { listed } from './_wheels.js'

/** What a build makes something of, what keeps a folder in Git, and settings of tools. */
const SOURCE = /\.(?:c|cc|cpp|cxx|h|hh|hpp|pyx|pxd|po|pot|scss|sass|less|tsx?|ipynb|in|bzl)$|(?:^|\/)\./i
/** Compressed since. */
const PACKED = ['.gz', '.bz2', '.xz', '.zip', '.zst', '.br']

/** Modules have their own rules; the output of compilers and tools changes with them. */
const CODE =
  /\.(?:py[ci]?|so|pyd|dll|dylib|exe|a|lib|pth|start|typed|map|md|rst|orig|rej|bak|sw[op]|log|tmp)$|\.so\.[0-9.]+$|(?:^|\/)[^/.]+$/i

export default rule({
  id: 'baseline-data-lost',
  topic: 'release',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
  summary:
    'The files of the release no longer contain the data files of one kind, or in one folder, that the previous release contained.',
  why: 'When a build no longer includes data files, code that opens one fails for everyone who installs the wheel.',
  fix: project =>
    `Include the files again (${setting(project, 'packageData')}); if the change is intended, mention it in the release notes.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  precision: 'medium',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    {
      baseline: [
        {
          sdist: {
            version: '0.9',
            files: { '{top}/src/demo/data/a.json': '{}', '{top}/src/demo/data/b.json': '{"x": 1}' },
          },
        },
      ],
      release: [{ sdist: {} }],
    },
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            files: {
              'demo/data/words.json': '[1]',
              'demo/data/b.json': '{}',
              'demo/core.py': 'FILE = "data/words.json"\n',
            },
          },
        },
      ],
      release: [
        { wheel: { files: { 'demo/data/b.json': '{}', 'demo/core.py': 'FILE = "data/words.json"\n\nx = 1\n' } } },
      ],
    },
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            files: { 'demo/data/a.json': '{}', 'demo/data/b.json': '{}', 'demo/core.py': 'x = 1\n' },
          },
        },
      ],
      release: [{ wheel: { files: { 'demo/core.py': 'x = 1\n' } } }],
    },
  ],
  good: [
    {
      baseline: [{ wheel: { version: '0.9', files: { 'demo/tests/a.json': '{}', 'demo/tests/b.json': '{"x": 1}' } } }],
      release: [{ wheel: {} }],
    },
    {
      baseline: [
        {
          wheel: { version: '0.9', files: { 'demo/conf/a.yaml': 'a: 1\n', 'demo/conf/b.yaml': 'b: 1\n' } },
        },
      ],
      release: [{ wheel: { files: { 'demo/conf/a.json': '{"a": 1}', 'demo/conf/b.json': '{"b": 1}' } } }],
    },
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            files: {
              'demo/data/words.json': '[1]',
              'demo/data/b.txt': 'b',
              'demo/core.py': 'FILE = "data/words.json"\n',
            },
          },
        },
      ],
      release: [{ wheel: { files: { 'demo/data/b.txt': 'b', 'demo/core.py': 'x = 1\n' } } }],
    },
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            files: {
              'demo/data/a.json': '{}',
              'demo/old/b.yaml': 'a: 1\n',
              'demo/old/core.py': 'x = 1\n',
              'demo/d.pot': 'x',
              'demo/c.csv': '1',
            },
          },
        },
      ],
      release: [{ wheel: { files: { 'demo/data/a.json': '{"x": 1}', 'demo/c.csv.gz': 'x' } } }],
    },
  ],
  *check(release) {
    if (release.kind !== 'release') {
      namesInCode(release)
      return
    }
    const { baseline } = release
    if (!baseline) return
    // Of releases without wheels, the sdists tell what their packages have.
    const [wheels, older] =
      release.wheels.length === 0 && baseline.wheels.length === 0
        ? [release.sdists, baseline.sdists]
        : [release.wheels, baseline.wheels]
    const [wheel] = wheels
    if (!wheel || older.length === 0) return
    const [before, now] = [filesOf(older), filesOf(wheels)]
    const hashes = new Set([...now.values()].map(({ sha256 }) => sha256))
    const suffixes = new Set([...now.keys()].map(suffixOf))
    const folders = new Set([...now.keys()].map(folderOf))
    const hadModules = new Set([...before.keys()].filter(path => path.endsWith('.py')).map(folderOf))
    const hadOfKind = countByKind(before.keys())
    const hasOfKind = countByKind(now.keys())
    /** Of several of one kind in a folder, most. */
    const isMost = (path: string) => {
      const had = hadOfKind.get(kindOf(path)) ?? 0
      return had >= MANY && (hasOfKind.get(kindOf(path)) ?? 0) * 4 <= had
    }
    // The package still exists; if it were removed, its data would be removed on purpose.
    const lost = [...before].filter(
      ([path, { sha256 }]) =>
        !CODE.test(path) &&
        !SOURCE.test(path) &&
        !PACKED.some(suffix => now.has(path + suffix)) &&
        !now.has(path) &&
        !hashes.has(sha256) &&
        (!suffixes.has(suffixOf(path)) ||
          isMost(path) ||
          !(folders.has(folderOf(path)) || hadModules.has(folderOf(path))) ||
          isNamedIn(wheels, path)) &&
        isKept(path, hadModules, folders) &&
        // Where the code that named it is gone, so is its purpose.
        (!isNamedIn(older, path) || isNamedIn(wheels, path)) &&
        !isConverted(path, before, now),
    )
    const contain = wheel.kind === 'wheel' ? 'contain' : 'contains'
    for (const [suffix, files] of groupBy(lost, ([path]) => suffixOf(path))) {
      const [[first]] = files
      yield finding(
        { field: 'files', value: first },
        `The ${wheel.kind === 'wheel' ? 'wheels are' : 'sdist is'} missing ${plural(files.length, `${suffix} file`)} that version ${baseline.version} contained, ${!suffixes.has(suffix) ? `and no longer ${contain} any of that kind` : files.some(([path]) => isNamedIn(wheels, path)) ? `and ${wheel.kind === 'wheel' ? 'their' : 'its'} modules still name it` : files.some(([path]) => hasOfKind.has(kindOf(path))) ? 'most of those in that folder' : `and no longer ${contain} any in that folder`}: ${someQuoted(
          files.map(([path]) => path),
          3,
        )}.`,
        {
          path: wheel.path,
          subject: suffix,
          related: listed(files, ([, file]) => ({
            path: file.path,
            member: file.member,
            message: `file in version ${baseline.version}`,
          })),
        },
      )
    }
  },
})

type Files = ReadonlyMap<string, { readonly path: string; readonly member: string; readonly sha256: string }>

function filesOf(files: readonly (Wheel | Sdist)[]): Files {
  const found = new Map<string, { readonly path: string; readonly member: string; readonly sha256: string }>()
  for (const dist of files)
    for (const { path, member } of dist.kind === 'wheel' ? installed(dist).filter(isForUsers) : sourcesOf(dist))
      if (path.includes('/')) found.set(path, { path: dist.path, member: member.path, sha256: member.sha256 })
  return found
}

/** In no folder of tests or examples below a package, whatever the package is called. */
const isForUsers = ({ parts }: Installed) =>
  !isAsideModule(['x', ...parts.slice(1, -1).filter(part => !/^templates?$/.test(part)), 'x'].join('/'), undefined)

/** What is not for building, testing or showing the project. */
const sourcesOf = ({ members, project }: Sdist) =>
  members.files.flatMap(member => {
    const path = belowTop(member.path).replace(/^(?:src|lib|python)\//, '')
    return isAsideModule(path.replace(/(^|\/)templates?\//g, '$1'), project) ? [] : [{ path, member }]
  })

/** Is there a new file of the same name and another kind? */
const isConverted = (path: string, before: Files, now: Files): boolean =>
  [...now.keys()].some(one => !before.has(one) && stemOf(one) === stemOf(path))

const stemOf = (path: string) => path.replace(/\.[^./]+$/, '')

/** Fewer are replaced, or change their names. */
const MANY = 4
/** The folder and the suffix. */
const kindOf = (path: string) => `${folderOf(path)}/*${suffixOf(path)}`

function countByKind(paths: Iterable<string>): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const path of paths) found.set(kindOf(path), (found.get(kindOf(path)) ?? 0) + 1)
  return found
}

const suffixOf = (path: string) => /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? ''
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

/** Does the package that contained a file still exist? */
function isKept(path: string, packages: ReadonlySet<string>, folders: ReadonlySet<string>): boolean {
  for (let folder = folderOf(path); folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/'))))
    if (packages.has(folder)) return folders.has(folder)
  return false
}
