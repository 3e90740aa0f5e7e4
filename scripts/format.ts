import { spawnSync } from 'node:child_process'

/** The text as biome formats it, so that generated sources pass the lint. */
export function format(file: string, text: string): string {
  const { stdout, status, stderr } = spawnSync(
    'node_modules/.bin/biome',
    ['check', '--write', `--stdin-file-path=${file}`],
    {
      input: text,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`biome cannot format ${file}: ${stderr}`)
  return stdout
}
