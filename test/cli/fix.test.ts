import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { checkFiles, writeFiles } from '../../src/cli/write-files.js'
import { loadSourceTree } from '../../src/project/load.js'
import { run } from '../support/run-command.js'

const PYPROJECT = `# the project
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "demo"
version = "1.0"
description = "Reads demo files"
license = "MIT"
requires-python = "=>3.9"
authors = [{ name = "Ann Author", email = "ann@ann-author.dev" }]
classifiers = ["Natural Language :: Ukranian"] # spelled so
`
const FIXED = PYPROJECT.replace('=>3.9', '>=3.9').replace('Ukranian', 'Ukrainian')

let folder: string
const file = () => join(folder, 'pyproject.toml')
const text = () => readFileSync(file(), 'utf8')
const fix = (...args: readonly string[]) => run(['fix', '--no-config', ...args], { cwd: folder })

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'distaudit-fix-')))
  mkdirSync(join(folder, '.git'))
  mkdirSync(join(folder, 'demo'))
  writeFileSync(join(folder, 'demo', '__init__.py'), '')
  writeFileSync(file(), PYPROJECT)
  chmodSync(file(), 0o640)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('distaudit fix', () => {
  it('shows a diff, and writes nothing', async () => {
    const { status, stdout, stderr } = await fix('--diff')
    expect(status).toBe(1)
    expect(stdout).toContain('-requires-python = "=>3.9"\n+requires-python = ">=3.9"\n')
    expect(stdout).toMatch(/^--- a\/pyproject.toml\n\+\+\+ b\/pyproject.toml\n/)
    expect(stderr).toContain('Would fix 2 findings in 1 file.')
    expect(stderr).not.toContain('--severity')
    expect(text()).toBe(PYPROJECT)
  })

  it('changes the file, says what, and has nothing to do then', async () => {
    const { status, stdout } = await fix()
    expect({ status, text: text() }).toEqual({ status: 0, text: FIXED })
    expect(stdout).toContain('pyproject.toml\n  error[project-requires-python-invalid]')
    expect(stdout).toContain('Fixed 2 findings in 1 file.')
    expect(statSync(file()).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder).sort()).toEqual(['.git', 'demo', 'pyproject.toml'])
    expect(await fix('--diff')).toMatchObject({ status: 0, stdout: '' })
  })

  it.each([['.'], ['pyproject.toml']])('takes the project by %s', async name => {
    expect((await fix(join(folder, name))).status).toBe(0)
    expect(text()).toBe(FIXED)
  })

  it('takes distributions of the project, and says where they differ from it', async () => {
    const sdist = await buildSdist({
      version: '0.9',
      pyproject: PYPROJECT.replace('1.0', '0.9'),
      metadata: { Classifier: 'Natural Language :: Ukranian', 'Requires-Python': '>=3.9' },
    })
    const path = join(folder, sdist.filename)
    writeFileSync(path, sdist.bytes)
    const { stderr } = await fix('--select', 'classifier-deprecated', path)
    expect(stderr).toContain('demo-0.9.tar.gz does not match pyproject.toml (')
    expect(text()).toBe(PYPROJECT.replace('Ukranian', 'Ukrainian'))
  })

  it('makes unsafe changes when it is told to', async () => {
    writeFileSync(file(), FIXED.replace('>=3.9', '>3.9'))
    const first = await fix()
    expect(first.stdout).toContain('1 finding can be fixed with --unsafe')
    expect(text()).toContain('">3.9"')
    await fix('--unsafe')
    expect(text()).toBe(FIXED)
  })

  it('changes in one run what another change has made visible', async () => {
    writeFileSync(file(), FIXED.replace('authors', 'keywords = "reader, demo, reader"\nauthors'))
    const { status, stdout } = await fix('--unsafe')
    expect(text()).toContain('keywords = ["reader", "demo"]')
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Fixed 1 finding in 1 file.'),
    })
    expect(await fix('--unsafe', '--diff')).toMatchObject({ status: 0, stdout: '' })
  })

  it('does not offer a change of setup.py', async () => {
    rmSync(file())
    const url = 'www.ann-author.dev'
    writeFileSync(
      join(folder, 'setup.py'),
      `from setuptools import setup\n\nsetup(name="demo", version="1.0", url="${url}")\n`,
    )
    const { stdout } = await fix()
    expect(stdout).toMatch(/^Nothing can be fixed automatically\./)
    expect(stdout).not.toContain('--unsafe')
  })

  it('lists what --unsafe would change apart from what a person has to change', async () => {
    const project = FIXED.replace('["hatchling"]', '["setuptools<77"]').replace(
      'hatchling.build',
      'setuptools.build_meta',
    )
    writeFileSync(file(), project.replace('Natural Language :: Ukrainian', 'Private :: Secret'))
    const { stdout } = await fix()
    expect(stdout).toMatch(/\n\nWith --unsafe:\n {2}error\[build-backend-too-old\] .*\n\nBy hand:\n {2}error/)
  })

  it('counts what it lists, and says how to see the rest', async () => {
    writeFileSync(file(), FIXED.replace('Natural Language :: Ukrainian', 'Private :: Secret'))
    const { stdout } = await fix()
    const [, count] =
      /^Nothing can be fixed automatically\. (\d+) findings? ha(?:s|ve) to be fixed by hand\. \d+ info; --severity info shows (?:it|them)\.$/m.exec(
        stdout,
      ) ?? []
    expect(stdout.match(/^ {2}(?:error|warning|info)\[/gm)).toHaveLength(Number(count))
    const all = (await fix('--severity', 'info')).stdout
    expect(all).toContain('  info[')
    expect(all).not.toContain('--severity info')
    expect((await fix('--severity', 'error')).stdout).toMatch(
      /1 finding has to be fixed by hand\. (?:\d+ warnings? and )?\d+ info; --severity/,
    )
  })

  it('fits the terminal', async () => {
    writeFileSync(file(), FIXED.replace('Natural Language :: Ukrainian', 'Private :: Secret'))
    const { stdout } = await run(['fix', '--no-config'], { cwd: folder, env: { COLUMNS: '60' } })
    expect(stdout.split('\n').filter(line => line.length > 60)).toEqual([])
    expect(stdout).toMatch(/^ {2}error\[classifier-private\] .*\n {4}\S/m)
  })

  it('has status 1 where errors remain, and names them', async () => {
    writeFileSync(file(), PYPROJECT.replace('Natural Language :: Ukranian', 'Private :: Secret'))
    const { status, stdout } = await fix()
    expect(status).toBe(1)
    expect(stdout).toContain('  error[classifier-private]')
  })

  it('needs a project', async () => {
    rmSync(file())
    const wheel = await buildWheel({})
    const path = join(folder, wheel.filename)
    writeFileSync(path, wheel.bytes)
    const { status, stderr } = await fix(path)
    expect(status).toBe(2)
    expect(stderr).toContain('There is no pyproject.toml or setup.cfg to fix')
    rmSync(path)
    expect((await fix()).stderr).toContain('There is no pyproject.toml or setup.cfg to fix: run it in the folder')
  })
})

describe('a file is left alone', () => {
  it('when it is a link that leads out of the project', async () => {
    const other = realpathSync(mkdtempSync(join(tmpdir(), 'distaudit-other-')))
    writeFileSync(join(other, 'pyproject.toml'), PYPROJECT)
    rmSync(file())
    symlinkSync(join(other, 'pyproject.toml'), file())
    const { status, stderr } = await fix()
    expect(status).toBe(2)
    expect(stderr).toContain("'pyproject.toml' is a link to a file outside of the project")
    expect(readFileSync(join(other, 'pyproject.toml'), 'utf8')).toBe(PYPROJECT)
    rmSync(other, { recursive: true })
  })

  it('when it is read-only', async () => {
    chmodSync(file(), 0o444)
    const { status, stderr } = await fix()
    expect({ status, text: text() }).toEqual({ status: 2, text: PYPROJECT })
    expect(stderr).toContain("'pyproject.toml' cannot be written: it is read-only.")
  })

  it('when it is not UTF-8', async () => {
    writeFileSync(
      file(),
      Buffer.concat([Buffer.from(PYPROJECT.replace('# the project', '# caf')), Buffer.from([0xe9, 10])]),
    )
    writeFileSync(join(folder, 'setup.cfg'), Buffer.from('[metadata]\nlicense_file = LICENSE\n# caf\xe9\n', 'latin1'))
    const before = readFileSync(join(folder, 'setup.cfg'))
    writeFileSync(file(), FIXED.replace('hatchling.build', 'setuptools.build_meta'))
    const { status, stderr } = await fix()
    expect(status).toBe(2)
    expect(stderr).toContain("'setup.cfg' is not UTF-8")
    expect(readFileSync(join(folder, 'setup.cfg'))).toEqual(before)
  })

  it('when it has changed since it was read', async () => {
    const tree = await loadSourceTree(folder)
    const texts = new Map([['pyproject.toml', FIXED]])
    const changed = await checkFiles(tree, texts)
    writeFileSync(file(), `${PYPROJECT}# later\n`)
    await expect(checkFiles(tree, texts)).rejects.toThrow("'pyproject.toml' has changed since it was read.")
    await expect(writeFiles(changed)).rejects.toThrow('has changed since it was read')
    expect(text()).toBe(`${PYPROJECT}# later\n`)
    expect(readdirSync(folder).sort()).toEqual(['.git', 'demo', 'pyproject.toml'])
  })
})

it('keeps a link inside of the project, and its target', async () => {
  mkdirSync(join(folder, 'real'))
  writeFileSync(join(folder, 'real', 'project.toml'), PYPROJECT)
  rmSync(file())
  symlinkSync('real/project.toml', file())
  expect((await fix()).status).toBe(0)
  expect(readFileSync(join(folder, 'real', 'project.toml'), 'utf8')).toBe(FIXED)
  expect(realpathSync(file())).toBe(join(folder, 'real', 'project.toml'))
})
