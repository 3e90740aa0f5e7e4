/**
 * Writes the tables of src/data that come from PyPI, npm and warehouse: `tsx scripts/generate-data.ts [--check]`.
 * A table keeps its date while nothing else in it changes. Needs Python 3 and the network (pip).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { pypiPlatforms } from './data/pypi-platforms.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const venv = `${root}.cache/data-venv`
const PACKAGES = ['packaging==26.4', 'trove-classifiers', 'stdlib-list']

type Table = {
  readonly source: string
  readonly version: string
  readonly date?: string
  readonly [key: string]: unknown
}
interface Tables {
  readonly classifiers: Table
  readonly spdx: Table & { readonly licenses: { readonly ids: readonly string[] } }
  readonly 'python-names': Table
}

function fromPython(): Tables {
  if (!existsSync(venv)) execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' })
  execFileSync(`${venv}/bin/pip`, ['install', '--quiet', '--upgrade', ...PACKAGES], { stdio: 'inherit' })
  const text = execFileSync(`${venv}/bin/python`, [`${root}scripts/data/tables.py`], { encoding: 'utf8' })
  return JSON.parse(text) as Tables
}

/** Ids of a later SPDX list, which packaging does not know yet. */
function newerLicenses(known: readonly string[]) {
  const require = createRequire(import.meta.url)
  const { version } = require('spdx-license-ids/package.json') as { version: string }
  const lower = new Set(known.map(id => id.toLowerCase()))
  const ids = (require('spdx-license-ids') as string[]).filter(id => !lower.has(id.toLowerCase()))
  return { source: `npm package spdx-license-ids ${version}`, ids: ids.sort() }
}

/** False when the file was not what it should be. */
function write(name: string, table: Table, check: boolean): boolean {
  const path = `${root}src/data/${name}.json`
  const { source, version, date, ...rest } = table
  const old = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Table) : undefined
  const dated = (day: string | undefined) => JSON.stringify({ source, version, date: day, ...rest })
  const today = new Date().toISOString().slice(0, 10)
  const same = old !== undefined && JSON.stringify(old) === dated(date ?? old.date)
  if (same) return true
  console.log(`${check ? 'stale' : 'wrote'}: src/data/${name}.json`)
  if (!check) {
    mkdirSync(`${root}src/data`, { recursive: true })
    writeFileSync(path, `${JSON.stringify({ source, version, date: date ?? today, ...rest }, undefined, 1)}\n`)
  }
  return false
}

const check = process.argv.includes('--check')
const { classifiers, spdx, 'python-names': pythonNames } = fromPython()
const current = [
  write('classifiers', classifiers, check),
  write('spdx', { ...spdx, newer: newerLicenses(spdx.licenses.ids) }, check),
  write('python-names', pythonNames, check),
  write('pypi-platforms', pypiPlatforms, check),
]
if (check && current.includes(false)) process.exitCode = 1
