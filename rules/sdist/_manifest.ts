/** MANIFEST.in, as setuptools reads it: it warns of what it cannot use, and goes on. */

import { append } from '../../src/append.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote } from '../../src/rule.js'
import { splitLines } from '../../src/text/lines.js'
import { didYouMean, nearest } from '../../src/text/nearest.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { sourceTree, treePath } from './_tree.js'

/** The arguments of each command. */
const COMMANDS: ReadonlyMap<string, { readonly least: number; readonly most: number; readonly form: string }> = new Map(
  [
    'include',
    'exclude',
    'global-include',
    'global-exclude',
    'recursive-include',
    'recursive-exclude',
    'graft',
    'prune',
  ].map(command => [
    command,
    command.startsWith('recursive')
      ? { least: 2, most: Infinity, form: 'a folder and one pattern or more' }
      : /^(?:graft|prune)$/.test(command)
        ? { least: 1, most: 1, form: 'one folder' }
        : { least: 1, most: Infinity, form: 'one pattern or more' },
  ]),
)

interface Word {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** `mayBeWritten`: a build may write a file with these parts. */
export function* manifestLines(sdist: Sdist, mayBeWritten: (parts: readonly string[]) => boolean): Generator<Draft> {
  const member = `${sdist.top}/MANIFEST.in`
  const kept = sdist.texts.get(member)
  if (!kept || kept.cut) return
  const { has, files } = sourceTree(sdist)
  const at = ({ text, line, column }: Word) => ({ member, line, column, value: text, mark: text })
  for (const [command, ...words] of commandsIn(kept.text)) {
    if (!command) continue
    const form = COMMANDS.get(command.text)
    if (!form) {
      const written = command.text.toLowerCase().replaceAll('_', '-')
      const meant = COMMANDS.has(written) ? written : nearest(written, COMMANDS.keys())
      yield finding(
        at(command),
        `MANIFEST.in has no command ${quote(command.text)}, so setuptools ignores the line.${didYouMean(meant ?? written, COMMANDS.keys())}`,
        {
          help:
            meant === undefined
              ? `Write ${quote(`include ${command.text}`)}, or remove the line.`
              : `Write ${quote(meant)}.`,
        },
      )
      continue
    }
    if (words.length < form.least || words.length > form.most) {
      yield finding(
        at(command),
        `${quote(command.text)} in MANIFEST.in needs ${form.form}, so setuptools ignores the line.`,
        {
          help:
            command.text === 'recursive-include' && words[0]
              ? /[*?[]/.test(words[0].text)
                ? `Write \`${words[0].text.includes('/') ? `recursive-include ${words[0].text.replace(/\/(?=[^/]*$)/, ' ')}` : `global-include ${words[0].text}`}\`.`
                : `Write \`graft ${words[0].text}\` for all files of the folder, or add a pattern such as \`*\`.`
              : 'Correct the line: one command with its arguments in each.',
        },
      )
      continue
    }
    const named =
      command.text === 'include' ? words : /^(?:recursive-include|graft)$/.test(command.text) ? words.slice(0, 1) : []
    for (const word of named) {
      const path = treePath(word.text)
      if (path === undefined || path === '') continue
      if (!has(path)) {
        if (mayBeWritten(path.split('/'))) continue
        const meant = nearPath(sdist, path)
        yield finding(
          at(word),
          `\`${command.text}\` in MANIFEST.in lists ${quote(word.text)}, which does not match anything in ${placeOfFiles(sdist)}.${meant === undefined ? '' : ` Did you mean ${quote(meant)}?`}`,
          // One file for many projects names folders that some of them do not have.
          { ...(command.text !== 'include' && meant === undefined && { severity: 'info' }) },
        )
      } else if (command.text === 'include' && !files.has(path))
        yield finding(
          at(word),
          `\`include\` in MANIFEST.in lists the folder ${quote(word.text)}, but it includes only files: setuptools leaves the folder out.`,
          { help: `Write \`graft ${path}\`.` },
        )
    }
  }
}

/** The path in the same folder that is near one. */
export function nearPath(sdist: Sdist, path: string): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const beside = new Set<string>()
  for (const file of sourceTree(sdist).files)
    if (file.startsWith(folder)) beside.add(file.slice(folder.length).split('/', 1)[0] ?? '')
  const meant = beside.size > MOST_NAMES ? undefined : nearest(path.slice(folder.length), beside)
  return meant === undefined ? undefined : folder + meant
}

/** To look for near ones among very many takes long. */
const MOST_NAMES = 1000

/** The words of each command; a line that ends with a backslash goes on in the next. */
export function commandsIn(text: string): readonly (readonly Word[])[] {
  const found: Word[][] = []
  let goesOn = false
  for (const [index, whole] of splitLines(text).entries()) {
    const line = whole.replace(/(?<!\\)#.*$/s, '').trimEnd()
    if (!goesOn) found.push([])
    const words = Array.from(line.replace(/\\$/, '').matchAll(/\S+/g), ({ 0: word, index: from }) => ({
      text: word,
      line: index + 1,
      column: from + 1,
    }))
    append(found.at(-1) ?? [], words)
    goesOn = line.endsWith('\\')
  }
  return found
}
