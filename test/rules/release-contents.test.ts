import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExample, buildSdist } from '../../fixtures/build.js'
import notInSdist from '../../rules/release/wheel-module-not-in-sdist.js'
import type { ExampleFile } from '../../src/example.js'
import type { Report } from '../../src/report/report.js'
import { auditBuilt } from '../support/audit-built.js'
import { run } from '../support/run-command.js'

const PYPROJECT = '[build-system]\nrequires = ["x"]\nbuild-backend = "x"\n\n[project]\nname = "demo"\nversion = "1.0"\n'

type Files = NonNullable<ExampleFile['files']>

/** Modules of a wheel with these files that are not in an sdist with those. */
async function foreign(wheel: Files, sdist: Files = {}, tool = '') {
  const files = await buildExample({
    release: [{ sdist: { files: sdist, pyproject: PYPROJECT + tool } }, { wheel: { files: wheel } }],
  })
  const { findings } = await auditBuilt(files, [notInSdist])
  return findings.map(({ location }) => location.member)
}

describe('a module of a wheel', () => {
  it('is in the sdist by its content, wherever that is, or else by its path', async () => {
    expect(await foreign({ 'demo/a.py': 'a = 1\n' }, { '{top}/lib/b.py': 'a = 1\n' })).toEqual([])
    expect(await foreign({ 'demo/a.py': 'a = 1\n' }, { '{top}/src/demo/a.py': 'a = 2\n' })).toEqual([])
    expect(await foreign({ 'demo/a.py': 'a = 1\n' }, { '{top}/other/a.py': 'a = 2\n' })).toEqual(['demo/a.py'])
  })

  it('without content is found by its path only', async () => {
    expect(await foreign({ 'demo/a.py': '' }, { '{top}/tests/empty.txt': '' })).toEqual(['demo/a.py'])
    expect(await foreign({ 'demo/sub/__init__.py': '' })).toEqual([])
  })

  it.each([
    ['demo/_version.py', {}, ''],
    ['demo/api_pb2.py', {}, ''],
    ['demo/api_pb2_grpc.py', {}, ''],
    ['demo/_demo_cffi.py', {}, ''],
    ['demo/_lib.py', { '{top}/src/demo/_lib_build.py': 'x = 1\n' }, ''],
    ['demo/config.py', { '{top}/src/demo/config.py.in': 'x = @X@\n' }, ''],
    ['demo/fast.py', { '{top}/src/demo/fast.pyx': 'cdef int x\n' }, ''],
    ['demo/about.py', {}, '[tool.setuptools_scm]\nwrite_to = "src/demo/about.py"\n'],
    ['demo/about.py', {}, '[tool.hatch.build.hooks.vcs]\nversion-file = "demo/about.py"\n'],
    ['demo/about.py', {}, '[tool.pdm.version]\nsource = "scm"\nwrite_to = "demo/about.py"\n'],
    ['demo/gen/x.py', {}, '[tool.hatch.build]\nartifacts = ["src/demo/gen/*.py"]\n'],
    ['demo/gen/x.py', {}, '[tool.hatch.build.targets.wheel.force-include]\n"../common" = "demo/gen"\n'],
  ])('%s is what a build writes', async (path, sdist, tool) => {
    expect(await foreign({ [path]: 'x = 42\n' }, sdist, tool)).toEqual([])
  })

  it.each([
    ['[tool.hatch.build.targets.wheel]\npackages = ["src/demo"]\n'],
    ['[tool.mypy]\nfiles = ["src/demo/**"]\n'],
    ['[tool.ruff]\nexclude = ["demo/*.py", "src/demo/"]\n'],
    ['[tool.setuptools.packages.find]\nwhere = ["src/demo"]\n'],
  ])('is not excused by a table that names the whole package: %s', async tool => {
    expect(await foreign({ 'demo/extra.py': 'x = 42\n' }, {}, tool)).toEqual(['demo/extra.py'])
  })
})

const hasGit = spawnSync('git', ['--version']).status === 0

describe.skipIf(!hasGit)('with --source-root (needs git)', () => {
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'distaudit-tracked-'))
    const put = (path: string, text: string | Uint8Array) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const paths = ['README.md', 'LICENSE', 'src/demo/__init__.py', 'src/demo/core.py']
    for (const path of paths) put(`packages/demo/${path}`, 'x')
    put('packages/demo/pyproject.toml', PYPROJECT)
    put('elsewhere/file.py', 'x')
    const git = (...args: string[]) => expect(spawnSync('git', args, { cwd: folder }).status).toBe(0)
    git('init', '-q')
    git('add', '.')
    const sdist = await buildSdist({ files: { '{top}/notes.txt': 'call Bob\n' } })
    put(`packages/demo/dist/${sdist.filename}`, sdist.bytes)
    const other = await buildSdist({ name: 'other' })
    put(`packages/demo/dist/${other.filename}`, other.bytes)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const found = async (...options: string[]) => {
    const select = ['--select', 'sdist-file-untracked,tracked-file-not-in-sdist']
    const dist = join(folder, 'packages/demo/dist')
    const { stdout } = await run(['--no-config', '--format', 'json', ...select, ...options, dist], { cwd: folder })
    const report = JSON.parse(stdout) as Report
    return report.releases.flatMap(({ findings }) => findings.map(one => `${one.severity}: ${one.message}`)).sort()
  }

  it('names files of the sdist that git does not track, and the reverse', async () => {
    expect(await found('--source-root', join(folder, 'packages/demo'))).toEqual([
      "info: 'notes.txt' is in the sdist, but git does not track it.",
      "info: The sdist is missing 1 file that git tracks: 'src/demo/core.py'.",
    ])
  })

  it('says nothing without', async () => {
    expect(await found()).toEqual([])
  })
})
