import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Path of a Python with these packages, in an environment of its own under .cache/. */
export function preparePython(environment: string, packages: readonly string[]): string {
  const venv = fileURLToPath(new URL(`../../.cache/${environment}`, import.meta.url))
  const python = `${venv}/bin/python`
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' })
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: 'inherit' })
  return python
}

/** Asks one Python process, batch after batch: a script next to this file, which answers each line with a line. */
export function startAnswers<Case, Answer>(python: string, script: string) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(python, ['-W', 'ignore', path], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(cases: readonly Case[]): Promise<readonly Answer[]> {
      child.stdin.write(`${JSON.stringify(cases)}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error('the Python process ended')
      return JSON.parse(value) as Answer[]
    },
    stop: () => child.stdin.end(),
  }
}
