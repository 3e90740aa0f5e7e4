/**
 * `npm run builds [-- NAME…]`: builds every source tree of cases.ts with the newest backends, and compares with the outcome that is
 * recorded there. Needs Python 3 and the network, and a C compiler and cargo for some.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preparePython } from '../conformance/python.js'
import { BUILD_CASES } from './cases.js'

const wanted = process.argv.slice(2)
const python =
  process.env.PYTHON ??
  preparePython('builds', [
    '--upgrade',
    ...['setuptools', 'hatchling', 'flit-core', 'poetry-core', 'pdm-backend', 'uv-build'],
    ...['meson-python', 'scikit-build-core', 'ninja', 'cmake', 'maturin', 'cython'],
  ])
const script = fileURLToPath(new URL('build.py', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-builds-'))
let others = 0
for (const [index, { name, files, outcome }] of BUILD_CASES.entries()) {
  if (wanted.length > 0 && !wanted.some(one => name.includes(one))) continue
  const folder = join(scratch, String(index), 'demo-1.0')
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const { status, stdout, stderr } = spawnSync(python, [script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(python)}:${process.env.PATH}` },
  })
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  const found = status === 0 ? last : 'fails'
  if (found === outcome) continue
  others++
  console.log(`${name}: ${found}, recorded is ${outcome}\n    ${stderr.trimEnd().split('\n').slice(-2).join('\n    ')}`)
}
rmSync(scratch, { recursive: true })
console.log(others === 0 ? 'All as recorded.' : `${others} differ.`)
process.exitCode = others === 0 ? 0 : 1
