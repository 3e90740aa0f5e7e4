import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A code block of docs/integrations/: a file (` ```toml tox.toml `), something to run (` ```sh run `), or something to read. */
export interface Block {
  readonly language: string
  readonly file: string | undefined
  readonly run: boolean
  readonly text: string
}

export interface Page {
  readonly name: string
  readonly text: string
  readonly blocks: readonly Block[]
}

const folder = fileURLToPath(new URL('../../docs/integrations/', import.meta.url))

export function integrationPages(): readonly Page[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => {
      const text = readFileSync(`${folder}${name}`, 'utf8')
      const blocks = [...text.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]*?)^```$/gm)].map(
        ([, language = '', info, content = '']): Block => ({
          language,
          file: info === 'run' ? undefined : info,
          run: info === 'run',
          text: content,
        }),
      )
      return { name: name.slice(0, -'.md'.length), text, blocks }
    })
}
