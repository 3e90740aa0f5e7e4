/** Random cases for comparison with packaging: valid, nearly valid and broken. */
import fc from 'fast-check'
import spdx from '../../src/data/spdx.json' with { type: 'json' }
import { MARKER_VARIABLES } from '../../src/standards/marker.js'
import type { Case } from './packaging-answers.js'

const words = (...list: string[]) => fc.constantFrom(...list)
const weighted = (...list: [number, fc.Arbitrary<string>][]) =>
  fc.oneof(...list.map(([weight, arbitrary]) => ({ weight: Math.round(weight * 10), arbitrary })))
const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(all => all.join(''))
const maybe = (part: fc.Arbitrary<string>, weight = 1) => weighted([3, fc.constant('')], [weight, part])
const list = (part: fc.Arbitrary<string>, separator: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc
    .tuple(fc.array(part, { minLength, maxLength }), fc.array(separator, { minLength: maxLength, maxLength }))
    .map(([parts, separators]) =>
      parts.map((text, i) => (i === 0 ? text : `${separators[i - 1] ?? ''}${text}`)).join(''),
    )

/** White space of several kinds, most of all none. */
const blank = weighted(
  [12, fc.constant('')],
  [5, words(' ', '  ', '\t')],
  [1, words('\n', '\r', '\v', '\f', '\x1c', '\x1f', '\x85', '\xa0', '\u2003', '\u3000', '\ufeff', '\u200b', '\r\n')],
)
const space = weighted([8, words('', ' ', '  ', '\t')], [1, blank])

/** One edit that tends to break a text. */
const JUNK = [
  ...'()[]<>=!~,;:@"\'\\.*+-_ \t\n\r\0#/vV0aA1',
  '==',
  '.*',
  ' and ',
  ' or ',
  'é',
  'ı',
  'İ',
  'ſ',
  'K',
  'ß',
  '١',
  '１',
  '²',
  'Ⅷ',
  '\u0301',
  '😀',
  '𝟙',
  '\u00a0',
  '\u2028',
]
const broken = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, fc.nat(), fc.nat({ max: 2 }), words(...JUNK)).map(([whole, place, cut, junk]) => {
    const points = [...whole]
    const at = place % (points.length + 1)
    points.splice(at, cut, ...(cut === 2 ? [] : [junk]))
    return points.join('')
  })
const often = (text: fc.Arbitrary<string>) => weighted([4, text], [1, broken(text)], [1, broken(broken(text))])

const number = weighted(
  [10, fc.nat({ max: 3 }).map(String)],
  [2, words('00', '01', '10', '007', '2024', '99999999999999999999999')],
)
const release = list(number, words('.'), 1, 4)
const epoch = maybe(words('0!', '1!', '01!'), 0.5)
const separator = words('', '', '.', '-', '_')
const pre = join(
  separator,
  words('a', 'b', 'c', 'rc', 'alpha', 'beta', 'pre', 'preview', 'A', 'RC', 'Beta'),
  separator,
  maybe(number, 6),
)
const post = weighted(
  [1, join(fc.constant('-'), number)],
  [3, join(separator, words('post', 'rev', 'r', 'POST'), separator, maybe(number, 6))],
)
const dev = join(separator, words('dev', 'DEV'), separator, maybe(number, 6))
const local = join(
  fc.constant('+'),
  list(words('0', '1', '01', '10', 'a', 'abc', 'Ubuntu', '1a', 'z', '00'), words('.', '-', '_'), 1, 3),
)
const publicVersion = join(maybe(words('v', 'V'), 0.2), epoch, release, maybe(pre), maybe(post), maybe(dev))
const plainVersion = join(publicVersion, maybe(local))
/** Few versions, close together, so that edges are met. */
const near = join(
  words('', '', '', '', '0!', '1!'),
  words('0', '1', '1.0', '1.0.0', '1.1', '2', '1.0.1', '0.0', '1.9', '1.10'),
  words('', '', '', 'a1', 'a2', 'b1', 'rc1', 'a0'),
  words('', '', '', '.post0', '.post1', '-1'),
  words('', '', '', '.dev0', '.dev1'),
)
const nearLocal = join(near, words('', '', '', '+a', '+1', '+1.0', '+A.1'))
const version = weighted([3, often(join(blank, plainVersion, blank))], [1, nearLocal])

const clause = weighted(
  [6, join(words('<', '>', '<=', '>=', '==', '!='), space, near)],
  [2, join(words('==', '!='), space, nearLocal)],
  [
    2,
    join(
      words('==', '!='),
      space,
      maybe(words('v', '1!'), 0.3),
      words('0', '1', '1.0', '1.1', '01', '1.0.0'),
      fc.constant('.*'),
    ),
  ],
  [
    2,
    join(
      fc.constant('~='),
      space,
      words('1.0', '1.1', '0.0', '1.0.1', '1!1.0', '2.0'),
      words('', '', 'a1', '.post1', '.dev0', 'rc1'),
    ),
  ],
  [
    1,
    join(
      fc.constant('==='),
      space,
      weighted([3, nearLocal], [1, words('', 'foo', 'FOO', '1.0.*', '=', "'x'", '1,2', '1.0)', 'é')]),
    ),
  ],
  [1, join(words('<', '>', '<=', '>=', '==', '!=', '~=', '=', '=>', '', '===', '~>', '^'), space, plainVersion)],
)
const comma = weighted([8, words(',', ', ', ' , ')], [1, words(',,', ', ,', ';', ' ')])
const specifiers = weighted([6, list(clause, comma, 0, 4)], [1, often(join(blank, list(clause, comma, 0, 3), blank))])

const nameText = often(
  weighted(
    [3, list(words('a', 'B', 'foo', 'Bar1', '0', '9x', 'z'), words('-', '_', '.', '--', '._', '-_.', ''), 1, 4)],
    [1, words('a_', '_a', 'a-', '.a', 'K', 'ſ', 'aé', 'a\n', 'A', '', ' a', 'a ', 'é')],
  ),
)
const extras = join(
  fc.constant('['),
  space,
  list(
    words('a', 'B', 'x_y', 'X-Y', 'x.y', 'test', 'a'),
    weighted([8, words(',', ', ', ' ,')], [1, words('', ' ', ',,')]),
    0,
    4,
  ),
  space,
  maybe(fc.constant(','), 0.2),
  fc.constant(']'),
)

const quoted = (text: fc.Arbitrary<string>) =>
  fc.tuple(text, words('"', '"', "'")).map(([value, quote]) => `${quote}${value}${quote}`)
const escapes = words(
  '\\x41',
  '\\u00e9',
  '\\n',
  '\\',
  '\\\\',
  '\\d',
  '\\101',
  '\\0',
  '\\8',
  '\\x4',
  '\\ud800',
  '\\U0001F600',
  '\\U00110000',
  "\\'",
  '\\"',
  '\\\n',
  '\n',
  '\r',
  '\0',
  '\\400',
  'é',
  '😀',
  '\\x22',
  '\\x27',
  '\\N',
  '\\N{',
  '\x0c',
)
const literal = quoted(
  weighted(
    [
      6,
      words(
        '3',
        '3.8',
        '3.10',
        '3.9.*',
        '3.8.1',
        '3.10.2',
        '=3.8',
        '=3.10',
        '3.x',
        '',
        '5.15',
        '2.7',
        '3.10.2+',
        ' 3.8',
        '3.8 ',
        '3.8,3.9',
        '1!3',
      ),
    ],
    [
      4,
      words(
        'posix',
        'nt',
        'linux',
        'Linux',
        'win32',
        'x86_64',
        'CPython',
        'cpython',
        'os_name',
        'extra',
        'sys_platform',
      ),
    ],
    [3, words('foo', 'Foo_Bar', 'foo-bar', 'x', 'X.Y', 'x--y', '3.9 3.10', 'foo bar')],
    [1, list(fc.oneof(words('a', '3', "'", '"', ' '), escapes), fc.constant(''), 1, 4)],
    [1, near],
  ),
)
const variable = weighted(
  [6, words(...MARKER_VARIABLES)],
  [4, words('python_version', 'python_full_version', 'extra', 'platform_release', 'implementation_version')],
  [
    1,
    words(
      'os.name',
      'sys.platform',
      'platform.version',
      'platform.machine',
      'platform.python_implementation',
      'python_implementation',
    ),
  ],
  [0.3, words('platform.release', 'foo', 'os_nam', 'extrass', 'EXTRA', 'variant_label', 'python.version')],
)
const operator = weighted(
  [6, words('==', '!=', '<', '>', '<=', '>=', '~=', '===', ' in ', ' not in ')],
  [0.3, words('=', 'in', 'not', ' notin ', ' not\tin ', ' not  in ', '=>', '')],
)
const operands = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(variable, literal) },
  { weight: 3, arbitrary: fc.tuple(literal, variable) },
  { weight: 1, arbitrary: fc.tuple(literal, literal) },
  { weight: 1, arbitrary: fc.tuple(variable, variable) },
)
const comparison = fc
  .tuple(operands, operator, space, space)
  .map(([[lhs, rhs], op, before, after]) => `${lhs}${before}${op}${after}${rhs}`)
const { marker } = fc.letrec<{ marker: string; term: string }>(tie => ({
  marker: list(tie('term'), words(' and ', ' or ', ' and ', ' or ', 'and ', ' or', '\tand\t', ' AND '), 1, 3),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: join(space, comparison, space) },
    { weight: 1, arbitrary: join(space, fc.constant('('), tie('marker'), fc.constant(')'), space) },
  ),
}))
const markerText = weighted([4, marker], [1, often(marker)])

const url = weighted(
  [
    4,
    words(
      'https://x/y.whl',
      'file:///a',
      'git+https://x/y@1#egg=z',
      'x',
      'https://x;os_name=="x"',
      'a\nb',
      'é',
      'https://x,',
    ),
  ],
  [1, fc.string({ maxLength: 8 })],
)
const wholeRequirement = (name: fc.Arbitrary<string>) =>
  join(
    space,
    name,
    space,
    maybe(extras),
    space,
    weighted(
      [5, list(clause, comma, 0, 3)],
      [1, join(fc.constant('('), space, list(clause, comma, 0, 2), space, fc.constant(')'))],
      [2, join(words('@', '@ ', '@\t'), url, words('', ' ', '  ', '\t'))],
    ),
    space,
    maybe(join(fc.constant(';'), space, marker), 2),
  )
const requirement = weighted(
  [3, wholeRequirement(words('a', 'A', 'foo', 'Foo_Bar', 'a_', 'x.y'))],
  [1, often(wholeRequirement(nameText))],
)

const licenseIds = weighted(
  [4, words('MIT', 'mit', 'Apache-2.0', 'apache-2.0', 'GPL-3.0-only', 'GPL-2.0+', 'GPL-2.0', 'BSD-3-Clause', '0BSD')],
  [3, words(...spdx.licenses.ids)],
  [
    1,
    words(
      'LicenseRef-Foo',
      'licenseref-foo',
      'LICENSEREF-FOO',
      'LicenseRef-',
      'LicenseRef-a_b',
      'LicenseRef-a.b-C',
      'LicenseRef-K',
      'DocumentRef-x:LicenseRef-y',
    ),
  ],
  [
    1,
    words(
      'BSD',
      'Proprietary',
      'NONE',
      'False',
      'None',
      'not',
      'MIT/X',
      'MIT,',
      'Classpath-exception-2.0',
      ...spdx.newer.ids,
    ),
  ],
)
const cased = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(text, fc.nat({ max: 5 }))
    .map(([value, way]) => (way === 0 ? value.toLowerCase() : way === 1 ? value.toUpperCase() : value))
const gap = weighted([8, fc.constant(' ')], [1, words('  ', '\t', '\n', '\u00a0', '\u2003', '\x1c', '\u200b', '')])
const license = join(
  cased(licenseIds),
  maybe(words('+', '++', ' +'), 0.4),
  maybe(
    join(
      gap,
      cased(fc.constant('WITH')),
      gap,
      cased(weighted([4, words(...spdx.exceptions.ids)], [1, words('MIT', 'LLVM-exception+', 'foo', 'LicenseRef-x')])),
    ),
    0.8,
  ),
)
const { expression } = fc.letrec<{ expression: string; term: string }>(tie => ({
  expression: list(tie('term'), join(gap, cased(words('AND', 'OR')), gap), 1, 3),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: license },
    { weight: 1, arbitrary: join(words('(', '( '), tie('expression'), words(')', ' )', '\n)')) },
  ),
}))

/** License expressions: valid, nearly valid and broken. */
export const licenseText = weighted(
  [4, expression],
  [1, often(join(blank, expression, blank))],
  [1, license],
  [0.3, words('', ' ', '()', '(', ')')],
)

const compressed = (members: fc.Arbitrary<string>) =>
  list(members, weighted([9, fc.constant('.')], [0.3, fc.constant('..')]), 1, 3)
const tag = join(
  compressed(
    weighted(
      [20, words('py3', 'py2', 'cp312', 'CP39', 'pp310', 'py_3')],
      [1, words('é', '3py', '', 'Ⅷ', 'ª', 'Σ', 'py·', 'ſ', 'İ')],
    ),
  ),
  fc.constant('-'),
  compressed(words('none', 'abi3', 'cp312', 'ABI3', 'cp313t')),
  fc.constant('-'),
  compressed(
    words(
      'any',
      'ANY',
      'linux_x86_64',
      'manylinux_2_17_x86_64',
      'manylinux2014_x86_64',
      'win_amd64',
      'macosx_10_9_universal2',
    ),
  ),
)
const tagText = often(tag)
const wheel = often(
  join(
    weighted([1, nameText], [6, words('foo', 'Foo.Bar', 'a_b', '_a', 'é', 'a.b', 'A')], [1, words('a__b', 'a.-b')]),
    fc.constant('-'),
    weighted([3, near], [2, plainVersion], [1, nearLocal]),
    maybe(
      join(
        fc.constant('-'),
        weighted(
          [4, words('1', '01', '1a', '2_x', '1.2', '99999999999999999999')],
          [1, words('x', '', '1\n', '1\nx', '١')],
        ),
      ),
      1,
    ),
    fc.constant('-'),
    tag,
    weighted([20, fc.constant('.whl')], [1, words('.WHL', '.whl ', '.zip', '', '.whl\n')]),
  ),
)
const sdist = often(
  join(
    weighted([3, nameText], [3, words('foo', 'Foo.Bar', 'a_b', 'a-b', '', 'é', '-')]),
    fc.constant('-'),
    weighted([3, near], [2, plainVersion], [1, nearLocal]),
    weighted([20, words('.tar.gz', '.zip')], [1, words('.TAR.GZ', '.tgz', '.tar.bz2', '', '.tar.gz\n')]),
  ),
)

const prereleases = fc.constantFrom(null, null, true, false)
const environmentVersion = words(
  '3.10',
  '3.10.2',
  '3.8',
  '2.7',
  '3.14.0+',
  '3.13.0a1',
  'x',
  '',
  '3.10.2+local',
  '5.15.0-91-generic',
  '5.15',
  ' 3.10 ',
  '1!3.10',
)
const nameValue = words('', 'foo', 'Foo_Bar', 'x', 'X.Y')
const environment = fc.record(
  {
    python_version: environmentVersion,
    python_full_version: environmentVersion,
    os_name: words('posix', 'nt'),
    sys_platform: words('linux', 'win32'),
    platform_release: environmentVersion,
    platform_system: words('Linux', 'Windows'),
    platform_version: words('#1 SMP', '3.10'),
    platform_machine: words('x86_64', 'arm64'),
    platform_python_implementation: words('CPython', 'PyPy'),
    implementation_name: words('cpython', 'pypy'),
    implementation_version: environmentVersion,
    extra: nameValue,
    extras: fc.oneof(fc.array(nameValue, { maxLength: 3 }), nameValue),
    dependency_groups: fc.array(nameValue, { maxLength: 2 }),
  },
  {
    requiredKeys: [
      'python_version',
      'python_full_version',
      'os_name',
      'sys_platform',
      'platform_release',
      'platform_system',
      'platform_version',
      'platform_machine',
      'platform_python_implementation',
      'implementation_name',
      'implementation_version',
    ],
  },
)
const simpleMarker = weighted([4, comparison], [1, marker])

/** Two texts that tend to be equal in meaning. */
const pairOf = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.tuple(text, text),
    text.map((one): [string, string] => [one, one.toUpperCase()]),
    text.map((one): [string, string] => [one, one.replace(/\s/g, '')]),
    text.map((one): [string, string] => [one, one.split(',').reverse().join(',')]),
    text.map((one): [string, string] => [one, one.replaceAll('1.0', '1.0.0').replaceAll('_', '-')]),
  )

const one = <K extends Case[0]>(kind: K, text: fc.Arbitrary<string>) =>
  text.map(value => [kind, value] as unknown as Case)

/** One case, each kind as likely as its weight. */
export const anyCase: fc.Arbitrary<Case> = fc.oneof(
  { weight: 4, arbitrary: one('version', version) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constant('order' as const), nearLocal, weighted([3, nearLocal], [1, plainVersion])),
  },
  { weight: 4, arbitrary: one('specifiers', specifiers) },
  { weight: 1, arbitrary: pairOf(specifiers).map(([a, b]): Case => ['specifiers-equal', a, b]) },
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constant('contains' as const),
      specifiers,
      weighted([5, nearLocal], [1, version]),
      prereleases,
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('contains-version' as const), specifiers, nearLocal, prereleases) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('filter' as const),
      specifiers,
      fc.array(weighted([8, nearLocal], [1, words('foo', '')]), { maxLength: 5 }),
      prereleases,
    ),
  },
  { weight: 5, arbitrary: fc.tuple(fc.constant('unsatisfiable' as const), specifiers, prereleases) },
  { weight: 6, arbitrary: one('requirement', requirement) },
  { weight: 1, arbitrary: pairOf(requirement).map(([a, b]): Case => ['requirements-equal', a, b]) },
  { weight: 5, arbitrary: one('marker', markerText) },
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constant('evaluate' as const),
      simpleMarker,
      environment,
      fc.constantFrom('metadata' as const, 'lock_file' as const, 'requirement' as const),
    ),
  },
  { weight: 5, arbitrary: one('license', licenseText) },
  { weight: 2, arbitrary: one('name', nameText) },
  { weight: 2, arbitrary: one('tag', tagText) },
  { weight: 4, arbitrary: one('wheel', wheel) },
  { weight: 2, arbitrary: one('sdist', sdist) },
)
