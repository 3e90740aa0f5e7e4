import { type Choices, choices } from './random.js'

const GROUPS = ['console_scripts', 'console_scripts', 'gui_scripts', 'demo.plugins', 'DEFAULT', 'default', ''] as const
const NAMES = 'demo tool demo-2 demo.x Demo x pip pip3 pip3.9 easy_install python3 a\tb'
  .split(' ')
  .concat(
    'demo tool',
    '../up',
    '.',
    '..',
    './x',
    'a/b',
    '[x',
    'x]',
    ';x',
    '#x',
    'é',
    'x\u200b',
    'x\u0301',
    '',
    'a:b',
    '$x',
    'a/../x',
  )
const VALUES = [
  'demo.cli:main',
  'demo.cli:main',
  'demo.cli:main',
  'demo:run',
  'demo',
  'demo.cli : main',
  'demo: main',
  'demo :main',
  'demo.cli:main [fast]',
  'demo:main[fast,slow]',
  'demo:main [a',
  'demo:main a]',
  'demo:main []',
  'demo:main [,]',
  'demo:main [a,,b]',
  'demo:main [ a , b ]',
  'demo:main # tool',
  'demo:main ; tool',
  'demo:main #',
  'demo-x:main',
  'demo:main-x',
  'demo:a:b',
  'demo:main.sub',
  '',
  '=',
  '= demo:main',
  'a = demo:main',
  '- a=demo:main',
  'demo:main\u200c',
  'démo:main',
  'demo.:main',
  '.demo:main',
  'demo:',
  ':main',
  '1demo:main',
  'demo:main (x)',
  'demo:main [a=b]',
  'demo:main [a-b]',
  'demo:main [b, c-d]',
  'demo\u0301:main',
  'demo:main [a] x',
  '"demo:main"',
  'demo:main\\',
] as const
const ENDS = [
  '\n',
  '\n',
  '\n',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '\v',
  '\f',
  '\x1c',
  '\x1d',
  '\x1e',
  '\x1f',
  '\x85',
  '\u2028',
  '\u2029',
  '\xa0',
  '\ufeff',
  '\n\n',
] as const
const BLANKS = ['', '', '', '', ' ', '\t', '  ', '\xa0', '\x1f', '\u3000'] as const
const SIGNS = [' = ', '=', ' =', '= ', ' = ', ' : ', ' == ', ' '] as const
const SINGLE = [
  '\0',
  '[',
  ']',
  '=',
  ';',
  '#',
  ' ',
  '\r',
  '\n',
  '\v',
  '\x1d',
  '\x85',
  '\u2028',
  '\ufeff',
  ':',
  'é',
  '.',
  '/',
  '-',
  'a',
  '\u{10400}',
] as const

/** An entry_points.txt that is right in most of its parts. */
export function entryPointsCase(seed: number): Uint8Array {
  const of = choices(seed)
  const lines: string[] = []
  const odd = of.pick([2, 4, 12, 40])
  if (!of.once(odd)) lines.push(`[console_scripts]${of.once(odd) ? of.pick(ENDS) : '\n'}`)
  for (let count = of.below(6); count >= 0; count--) lines.push(line(of, odd))
  let text = lines.join('')
  for (let count = of.once(odd) ? of.below(4) : 0; count > 0; count--) {
    const at = of.below(text.length + 1)
    text = text.slice(0, at) + of.pick(SINGLE) + text.slice(of.once(2) ? at : at + 1)
  }
  const bytes = new TextEncoder().encode(text)
  if (of.once(200) && bytes.length > 0) bytes[of.below(bytes.length)] = 0xff
  return bytes
}

function line(of: Choices, odd: number): string {
  const end = of.once(odd) ? of.pick(ENDS) : '\n'
  const start = of.once(odd) ? of.pick(BLANKS) : ''
  const kind = of.below(12)
  if (kind === 0)
    return `${start}${of.pick(['#', '; ', '# ', ' #'])}${of.pick(['tools', 'x = demo:main', '[x]', ''])}${end}`
  if (kind <= 2) {
    const group = of.pick(GROUPS)
    const plain = `[${group === '' || !of.once(odd) ? group || 'demo' : of.pick([` ${group} `, `[${group}]`, group])}]`
    return `${start}${of.once(odd) ? of.pick([`${plain} # x`, `${plain};`, plain.slice(0, -1), `${plain}x`, '[]', `${plain} = a:b`]) : plain}${end}`
  }
  if (kind === 3 && of.once(2)) return `${of.pick(['word', '  demo:main', '  x = demo:main', '=', '\t', '  '])}${end}`
  const name = of.once(odd) ? of.pick(NAMES) : of.pick(['demo', 'tool', 'x', 'y', 'z'])
  const value = of.once(odd) ? of.pick(VALUES) : 'demo.cli:main'
  return `${start}${name}${of.once(odd) ? of.pick(SIGNS) : ' = '}${value}${of.once(odd) ? of.pick(BLANKS) : ''}${end}`
}
