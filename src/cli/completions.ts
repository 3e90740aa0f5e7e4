import type { AnyRule } from '../rule.js'
import { COMMANDS } from './commands.js'
import { OPTIONS } from './options.js'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

const COMMAND_NAMES = COMMANDS.map(({ name }) => name).join(' ')

/** A static completion script, made from the option table. */
export function completionScript(shell: (typeof SHELLS)[number], rules: readonly AnyRule[]): string {
  const words = [...new Set(rules.flatMap(rule => [rule.id, rule.topic]))].sort().join(' ')
  if (shell === 'bash') return bash(words)
  return shell === 'zsh' ? zsh(words) : fish(words)
}

function bash(ruleWords: string): string {
  const cases = OPTIONS.flatMap(({ name, choices }) =>
    choices ? [`    --${name}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$cur")); return ;;`] : [],
  )
  return `# bash completion for distaudit: eval "$(distaudit completions bash)"
_distaudit() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  local rules="${ruleWords}"
  case $prev in
${cases.join('\n')}
    --select|--ignore|explain) COMPREPLY=($(compgen -W "$rules" -- "$cur")); return ;;
    completions) COMPREPLY=($(compgen -W "${SHELLS.join(' ')}" -- "$cur")); return ;;
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "${OPTIONS.map(row => `--${row.name}`).join(' ')}" -- "$cur"))
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
  const specs = OPTIONS.map(({ name, value, choices, repeatable, help }) => {
    const label = help.replace(/[[\]:]/g, ' ')
    const action = choices
      ? `:${name}:(${choices.join(' ')})`
      : name === 'select' || name === 'ignore'
        ? ':rule:($rules)'
        : value
          ? `:${value.toLowerCase().replace(/[^a-z]/g, '')}:_files`
          : ''
    return `    ${quoted(`${repeatable ? '*' : ''}--${name}[${label}]${action}`)}`
  })
  return `#compdef distaudit
# zsh completion for distaudit: distaudit completions zsh > "\${fpath[1]}/_distaudit"
_distaudit() {
  local -a rules
  rules=(${ruleWords})
  if (( CURRENT == 3 )) && [[ $words[2] == explain ]]; then compadd -a rules; return; fi
  (( CURRENT == 2 )) && compadd ${COMMAND_NAMES}
  _arguments \\
${specs.join(' \\\n')} \\
    '*:file:_files'
}
_distaudit "$@"
`
}

function fish(ruleWords: string): string {
  const rows = OPTIONS.map(({ name, short, value, choices, help }) => {
    const words = choices?.join(' ') ?? (name === 'select' || name === 'ignore' ? ruleWords : undefined)
    return [
      `complete -c distaudit -l ${name}`,
      short && `-s ${short}`,
      value !== undefined && (words ? '-x' : '-r'),
      words && `-a ${quoted(words)}`,
      `-d ${quoted(help)}`,
    ]
      .filter(Boolean)
      .join(' ')
  })
  return `# fish completion for distaudit: distaudit completions fish | source
complete -c distaudit -n __fish_use_subcommand -a ${quoted(COMMAND_NAMES)}
complete -c distaudit -n '__fish_seen_subcommand_from explain' -x -a ${quoted(ruleWords)}
${rows.join('\n')}
`
}
