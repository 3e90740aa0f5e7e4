import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

/** The arguments of each `distaudit` command in the blocks of a page, as they are written. */
export function commandsIn(markdown: string): string[] {
  const blocks = markdown.matchAll(/^( *)(`{3,})([a-z]*)[^\n]*\n([\s\S]*?)^\1\2$/gm)
  return [...blocks].flatMap(([, , , language = '', text = '']) =>
    text
      .split('\n')
      // The rest of a console is what the command printed.
      .filter(line => (language === 'console' ? line.startsWith('$ ') : LANGUAGES.has(language)))
      .flatMap(line => [...line.matchAll(COMMAND)].map(([, args = '']) => args.trim())),
  )
}

const LANGUAGES = new Set(['', 'sh', 'bash', 'shell', 'powershell', 'yaml', 'toml'])

/** Up to the next command, to a comment, to the end of a quoted command, or to the explanation that two spaces set off. */
const COMMAND =
  /(?:^|[$&|;:-] |")\s*(?:uvx |pipx run |npx |python -m |uv run (?:[^\s&|;]+ )*?)?distaudit (?!says)((?:(?! {2}| #|"[\],]|&&|[|;>]).)*)/g

/** What distaudit says against its arguments; with `--help` it reads them and audits nothing. */
export function problemOfCommand(args: string): string | undefined {
  const words = [...args.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ''))
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...words, '--help'], { encoding: 'utf8' })
  return status === 0 ? undefined : stderr.trim()
}
