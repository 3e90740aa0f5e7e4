import { cells, wrap } from '../report/cells.js'
import { type Paint, paintOf } from '../report/paint.js'
import { COMMANDS, type CommandName, usageOf, usages } from './commands.js'
import { COMMAND_OPTIONS, OPTION_TOPICS, OPTIONS, type OptionRow } from './options.js'

export interface HelpLook {
  readonly color: boolean
  /** Columns of the terminal; undefined: 80. */
  readonly width: number | undefined
}

/** The most columns that the left side of a list takes. */
const LEFT = 32

/** What `distaudit --help` prints. */
export function helpText(look: HelpLook): string {
  const page = pageOf(look)
  return page.text([
    page.prose('Audits Python wheels and sdists before they are uploaded, without installing or unpacking them.'),
    page.section('Usage', usages()),
    ...OPTION_TOPICS.map(topic => page.section(topic, optionRows(OPTIONS.filter(row => row.topic === topic)))),
    page.section('Exit status', [
      ['0', 'no finding at or above --fail-on'],
      ['1', 'findings'],
      ['2', 'wrong usage, nothing to audit, or an internal error'],
    ]),
    page.prose(
      'If the first word is the name of a command, it is that command: write ./check for a file or directory of that name. `distaudit help COMMAND` describes one.',
    ),
  ])
}

/** What `distaudit COMMAND --help` prints. */
export function commandHelp(command: Exclude<CommandName, 'check'>, look: HelpLook): string {
  const page = pageOf(look)
  const about = COMMANDS.find(({ name }) => name === command)?.help ?? ''
  return page.text([
    page.section('Usage', [[usageOf(command), about]]),
    page.section('Options', optionRows(COMMAND_OPTIONS[command])),
  ])
}

const optionRows = (options: readonly OptionRow[]) => options.map(row => [optionText(row), row.help] as const)

/** `-h, --help`, `    --color auto|always|never` */
const optionText = ({ name, short, value, choices, bare }: OptionRow): string => {
  const option = `${short ? `-${short}, ` : '    '}--${name}`
  if (value === undefined) return option
  return bare === undefined ? `${option} ${choices?.join('|') ?? value}` : `${option}[=${value}]`
}

function pageOf({ color, width = 80 }: HelpLook) {
  const paint = paintOf(color)
  return {
    text: (blocks: readonly string[]) => `${blocks.join('\n\n')}\n`,
    prose: (text: string) => wrap(text, width).join('\n'),
    section: (title: string, rows: readonly (readonly [string, string])[]) =>
      [paint(`${title}:`, 'bold'), ...rows.flatMap(row => rowLines(row, width, paint))].join('\n'),
  }
}

/** The text next to its head; below it where the head is long, and always in a narrow terminal. */
function rowLines([head, text]: readonly [string, string], width: number, paint: Paint): readonly string[] {
  const indent = width < 60 ? 8 : LEFT + 4
  const lines = wrap(text, width - indent).map(line => ' '.repeat(indent) + line)
  const heads = wrap(head, width - 8).map((line, i) => `${' '.repeat(i === 0 ? 2 : 8)}${paint(line, 'cyan')}`)
  const beside = 2 + cells(head) + 2
  if (heads.length > 1 || beside > indent) return [...heads, ...lines]
  const [first = '', ...rest] = lines
  return [`${heads[0]}${first.slice(2 + cells(head))}`, ...rest]
}
