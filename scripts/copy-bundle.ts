import { cpSync, mkdirSync, writeFileSync } from 'node:fs'

const PYODIDE = [
  'package.json',
  'pyodide-lock.json',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'pyodide.mjs',
  'python_stdlib.zip',
]

/**
 * The command with all that it needs next to Node: the renderer of descriptions, and the Pyodide that runs it. What the library
 * and browsers need stays out, and so do the wheels in dist/renderer: they are for another Pyodide than the snapshot's.
 */
export function copyBundle(folder: string): void {
  mkdirSync(`${folder}/renderer`, { recursive: true })
  for (const name of [
    'cli.cjs',
    'main.cjs',
    'worker.cjs',
    'inflate.cjs',
    'command',
    'renderer/renderer.json',
    'renderer/snapshot.br',
    'renderer/worker.js',
  ])
    cpSync(`dist/${name}`, `${folder}/${name}`, { recursive: true })
  // Build backends leave node_modules out. Node lets a package import itself by its name, so the bundle takes this name.
  writeFileSync(
    `${folder}/package.json`,
    `${JSON.stringify({ name: 'pyodide', type: 'module', exports: { '.': './pyodide/pyodide.mjs', './*': './pyodide/*' } })}\n`,
  )
  mkdirSync(`${folder}/pyodide`)
  for (const name of PYODIDE) cpSync(`node_modules/pyodide/${name}`, `${folder}/pyodide/${name}`)
}
