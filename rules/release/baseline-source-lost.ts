import type { Release } from '../../src/distribution/distribution.js'
import { groupBy } from '../../src/group-by.js'
import { finding, rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { isAsideModule } from './_lost.js'
import { belowTop } from './_sources.js'
import { listed } from './_wheels.js'

const SETUP =
  'from setuptools import Extension, setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    ext_modules=[Extension("demo._fast", ["native/fast.c"])],\n)\n'
const PYPROJECT = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

export default rule({
  id: 'baseline-source-lost',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary:
    'The sdist no longer contains the sources of one kind, or in one folder, that the previous one contained, although it still compiles others.',
  why: 'Extensions cannot be built from an sdist without their sources and headers, so it cannot be installed where there is no wheel.',
  fix: project => `Include the files again (${setting(project, 'includeInSdist')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  precision: 'medium',
  absence: 'content',
  bad: [
    {
      baseline: [
        {
          sdist: {
            version: '0.9',
            pyproject: PYPROJECT,
            files: {
              '{top}/setup.py': SETUP.replace('1.0', '0.9'),
              '{top}/native/fast.c': 'int w;\n',
              '{top}/native/fast.h': 'int x;\n',
              '{top}/native/zip/inflate.c': 'int y;\n',
              '{top}/native/zip/deflate.c': 'int z;\n',
            },
          },
        },
      ],
      release: [
        {
          sdist: {
            pyproject: PYPROJECT,
            files: { '{top}/setup.py': SETUP, '{top}/native/fast.c': 'int w;\n' },
          },
        },
      ],
    },
  ],
  good: [
    {
      baseline: [
        {
          sdist: {
            version: '0.9',
            files: {
              '{top}/src/demo/fast.pyx': 'x = 1\n',
              '{top}/src/demo/fast.c': 'int x;\n',
              '{top}/lib/a.c': 'int a;\n',
              '{top}/lib/b.c': 'int b;\n',
              '{top}/tests/c.h': 'int c;\n',
            },
          },
        },
      ],
      release: [
        {
          sdist: {
            files: {
              '{top}/src/demo/fast.pyx': 'x = 1\n',
              '{top}/native/a.c': 'int a;\n',
              '{top}/lib/b.cpp': 'int b1;\n',
            },
          },
        },
      ],
    },
    {
      baseline: [{ sdist: { version: '0.9', files: { '{top}/lib/a.c': 'int a;\n', '{top}/lib/a.h': 'int b;\n' } } }],
      release: [{ sdist: {} }],
    },
  ],
  *check(release) {
    const { baseline } = release
    const [sdist] = release.sdists
    if (!baseline || !sdist || baseline.sdists.length === 0) return
    const [before, now] = [sourcesOf(baseline), sourcesOf(release)]
    const compiled = [...now.keys()].filter(path => COMPILED.test(path))
    // What compiles nothing needs none.
    if (compiled.length === 0 && !hasBuildFile(release)) return
    const hashes = new Set([...now.values()].map(({ sha256 }) => sha256))
    const stems = new Set([...now.keys()].map(stemOf))
    const headers = new Set([...now.keys()].filter(path => HEADER.test(path)).map(stemOf))
    const kinds = new Set(compiled.map(suffixOf))
    const folders = new Set([...now.keys()].map(folderOf))
    const sources = [...before].filter(([path]) => COMPILED.test(path))
    const lost = sources.filter(
      ([path, { sha256 }]) =>
        !now.has(path) &&
        !hashes.has(sha256) &&
        !(HEADER.test(path) ? headers : stems).has(stemOf(path)) &&
        (!kinds.has(suffixOf(path)) || (!folders.has(folderOf(path)) && isSeveral(sources, folderOf(path)))),
    )
    for (const [suffix, files] of groupBy(lost, ([path]) => suffixOf(path)))
      yield finding(
        { field: 'files', value: files[0][0] },
        `The sdist is missing ${plural(files.length, `${suffix} file`)} that version ${baseline.version} contained, and no longer contains any ${kinds.has(suffix) ? 'in their folder' : 'of that kind'}: ${someQuoted(
          files.map(([path]) => path),
          3,
        )}.`,
        {
          path: sdist.path,
          subject: suffix,
          related: listed(files, ([, file]) => ({
            path: file.path,
            member: file.member,
            message: `file in version ${baseline.version}`,
          })),
        },
      )
  },
})

/** What is compiled, or included by what is. */
const COMPILED = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inl|pyx|pxd|pxi|rs|f|f90|for|cu|cuh|go|zig|S|asm|i|swg)$/

const HEADER = /\.(?:h|hh|hpp|hxx|inl|cuh|pxd|pxi)$/

/** Files that tell what to compile, or a script that does. */
const hasBuildFile = ({ sdists }: Release): boolean =>
  sdists.some(
    ({ members, texts, top }) =>
      members.files.some(({ path }) =>
        /^[^/]+\/(?:[^/]+\/)?(?:CMakeLists\.txt|Cargo\.toml|meson\.build)$/.test(path),
      ) ||
      /\b(?:Extension\(|ext_modules|rust_extensions|cffi_modules|cythonize)/.test(
        texts.get(`${top}/setup.py`)?.text ?? '',
      ),
  )

function sourcesOf({ sdists }: Release) {
  const found = new Map<string, { readonly path: string; readonly member: string; readonly sha256: string }>()
  for (const { path: file, members, project } of sdists)
    for (const { path: member, sha256 } of members.files) {
      const path = belowTop(member)
      if (
        !isAsideModule(
          path.replace(/^(?:(?:src|lib|python|ext|rust|_?vendor(?:ed)?|third_party|extern(?:al)?|deps)\/)+/, ''),
          project,
        )
      )
        found.set(path, { path: file, member, sha256 })
    }
  return found
}

const isSeveral = (sources: readonly (readonly [path: string, unknown])[], folder: string) =>
  sources.filter(([path]) => folderOf(path) === folder).length > 1

const suffixOf = (path: string) => /\.[^./]+$/.exec(path)?.[0] ?? ''
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))
/** `fast` of `lib/fast.tab.c`. */
const stemOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).split('.', 1)[0] ?? ''
