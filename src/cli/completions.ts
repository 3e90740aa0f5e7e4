import type { AnyRule } from '../rule.js'
import { COMMANDS } from './commands.js'
import { COMMAND_OPTIONS, FORMATS, OPTIONS, type OptionRow } from './options.js'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

const COMMAND_NAMES = COMMANDS.map(({ name }) => name).join(' ')

/** A static completion script, made from the option table. */
export function completionScript(shell: (typeof SHELLS)[number], rules: readonly AnyRule[]): string {
  const words = [...new Set(rules.flatMap(rule => [rule.id, rule.topic]))].sort().join(' ')
  if (shell === 'bash') return bash(words)
  return shell === 'zsh' ? zsh(words) : fish(words)
}

/** The words that a shell completes for the value of an option; undefined: paths. */
const wordsFor = ({ choices, completes }: OptionRow, ruleWords: string): string | undefined =>
  choices?.join(' ') ?? { rules: ruleWords, formats: FORMATS.join(' '), paths: undefined }[completes ?? 'paths']

function bash(ruleWords: string): string {
  const cases = OPTIONS.flatMap(row => {
    const names = `--${row.name}${row.short ? `|-${row.short}` : ''}`
    const words = row.completes === 'rules' ? '$rules' : wordsFor(row, ruleWords)
    return row.value !== undefined && words !== undefined
      ? [`    ${names}) COMPREPLY=($(compgen -W "${words}" -- "$cur")); return ;;`]
      : []
  })
  return `# bash completion for distaudit: eval "$(distaudit completions bash)"
_distaudit() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  local rules="${ruleWords}"
  case $prev in
${cases.join('\n')}
    completions) COMPREPLY=($(compgen -W "${SHELLS.join(' ')}" -- "$cur")); return ;;
  esac
  if [[ $cur == -* ]]; then
    case $command in
${Object.entries(COMMAND_OPTIONS)
  .map(
    ([name, options]) =>
      `      ${name}) COMPREPLY=($(compgen -W "${options.map(row => `--${row.name}`).join(' ')}" -- "$cur")) ;;`,
  )
  .join('\n')}
      *) COMPREPLY=($(compgen -W "${OPTIONS.map(row => `--${row.name}`).join(' ')}" -- "$cur")) ;;
    esac
  elif [[ $COMP_CWORD -gt 1 && ( $command == explain || $command == rules ) ]]; then
    COMPREPLY=($(compgen -W "$rules" -- "$cur"))
  elif [[ $COMP_CWORD -gt 1 && $command == help ]]; then
    COMPREPLY=($(compgen -W "${COMMAND_NAMES} $rules" -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
    [[ $COMP_CWORD -eq 1 ]] && COMPREPLY+=($(compgen -W "${COMMAND_NAMES}" -- "$cur"))
  fi
}
complete -o filenames -F _distaudit distaudit
`
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function zsh(ruleWords: string): string {
  const specs = OPTIONS.map(row => {
    const { name, value, repeatable, help } = row
    const label = help.replace(/[[\]:]/g, ' ')
    const words = row.completes === 'rules' ? '$rules' : wordsFor(row, ruleWords)
    const about = `:${(value ?? '').toLowerCase().replace(/[^a-z]/g, '')}:`
    const action = value === undefined ? '' : about + (words === undefined ? '_files' : `(${words})`)
    return `    ${quoted(`${repeatable ? '*' : ''}--${name}[${label}]${action}`)}`
  })
  return `#compdef distaudit
# zsh completion for distaudit: distaudit completions zsh > "\${fpath[1]}/_distaudit"
_distaudit() {
  local -a rules
  rules=(${ruleWords})
  if (( CURRENT > 2 )); then
    case $words[2] in
      explain|rules) compadd -a rules; return ;;
      help) compadd ${COMMAND_NAMES}; compadd -a rules; return ;;
      completions) compadd ${SHELLS.join(' ')}; return ;;
    esac
  fi
  (( CURRENT == 2 )) && compadd ${COMMAND_NAMES}
  _arguments \\
${specs.join(' \\\n')} \\
    '*:file:_files'
}
_distaudit "$@"
`
}

function fish(ruleWords: string): string {
  const rows = OPTIONS.map(row => {
    const { name, short, value, help } = row
    const words = wordsFor(row, ruleWords)
    return [
      `complete -c distaudit -l ${name}`,
      short && `-s ${short}`,
      value !== undefined && (words ? '-x' : '-r'),
      value !== undefined && words && `-a ${quoted(words)}`,
      `-d ${quoted(help)}`,
    ]
      .filter(Boolean)
      .join(' ')
  })
  const after = (names: string, words: string) =>
    `complete -c distaudit -n '__fish_seen_subcommand_from ${names}' -x -a ${quoted(words)}`
  return `# fish completion for distaudit: distaudit completions fish | source
complete -c distaudit -n __fish_use_subcommand -a ${quoted(COMMAND_NAMES)}
${after('explain rules', ruleWords)}
${after('help', `${COMMAND_NAMES} ${ruleWords}`)}
${after('completions', SHELLS.join(' '))}
${rows.join('\n')}
`
}
