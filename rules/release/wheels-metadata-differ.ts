import { type FieldDifference, itemPlace } from '../../src/contract/cases.js'
import { COMPARED_FIELDS } from '../../src/contract/core-items.js'
import { isToldOfSdist } from '../../src/contract/dynamic-contract.js'
import type { Difference, Item } from '../../src/contract/items.js'
import { clusters, differencesIn, ENTRY_POINTS, type Odd } from '../../src/contract/wheel-clusters.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { nameOf } from '../../src/place.js'
import { quote, rule } from '../../src/rule.js'
import { andMore, list, plural } from '../../src/wording.js'

/** What goes wrong when tools use the metadata of one wheel for all. */
const HARM: ReadonlyMap<string, string> = new Map([
  [
    'Requires-Dist',
    'uv and Poetry lock for all platforms from the metadata of one wheel, so on other platforms they install too much or too little.',
  ],
  [
    'Requires-Python',
    'uv and Poetry lock from the metadata of one wheel, so they choose the release for a Python that another wheel does not support, or skip it.',
  ],
  [
    'Provides-Extra',
    'uv and Poetry lock from the metadata of one wheel, so if that does not contain the extra, its requirements are missing everywhere.',
  ],
  [
    ENTRY_POINTS,
    'A command or plugin of one wheel is missing where another is installed, and a lock file does not reveal it.',
  ],
  ['License', 'Tools that read the license of one wheel, such as scanners, get it wrong for the others.'],
  ['License-Expression', 'Tools that read the license of one wheel, such as scanners, get it wrong for the others.'],
  ['License-File', 'Tools that read the license files of one wheel, such as scanners, miss those of the others.'],
])
/** Import names have their own rule. */
const OTHERS = COMPARED_FIELDS.filter(field => !HARM.has(field) && !field.startsWith('Import-'))

type Fields = Readonly<Record<string, string>>

const wheels = (a: Fields, b: Fields) => [
  {
    wheel: {
      filename: 'demo-1.0-py3-none-manylinux_2_28_x86_64.whl',
      metadata: a,
      wheel: { 'Root-Is-Purelib': 'true' },
    },
  },
  {
    wheel: {
      filename: 'demo-1.0-py3-none-win_amd64.whl',
      metadata: b,
      wheel: { 'Root-Is-Purelib': 'true' },
    },
  },
]

const MAIN = { 'demo/__init__.py': 'def main(): ...\n' }

export default rule({
  id: 'wheels-metadata-differ',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 643, "Rationale"; what uv and Poetry read to lock for all platforms',
  url: 'https://docs.astral.sh/uv/concepts/resolution/',
  summary: 'Wheels of the same release have different metadata.',
  why: 'Resolvers that lock for all platforms, such as uv and Poetry, use the metadata of one wheel for all of them.',
  fix: 'Write the same metadata to all wheels, and use markers for what only some platforms need.',
  bad: [
    { release: wheels({ 'Requires-Dist': 'attrs' }, { 'Requires-Dist': 'attrs>=25' }) },
    { release: wheels({ Summary: 'Reads demo files' }, { Summary: 'Reads demo files on Windows' }) },
    {
      release: [
        { wheel: { entryPoints: '[console_scripts]\ndemo = demo:main\n', files: MAIN } },
        {
          wheel: {
            filename: 'demo-1.0-py3-none-win_amd64.whl',
            wheel: { 'Root-Is-Purelib': 'true' },
            entryPoints: '[console_scripts]\ndemo = demo:main\n[gui_scripts]\ndemow = demo:main\n',
            files: MAIN,
          },
        },
      ],
    },
  ],
  good: { release: wheels({ 'Requires-Dist': 'attrs >= 25' }, { 'Requires-Dist': 'attrs>=25.0' }) },
  *check({ sdists, wheels: files }) {
    // If one of the two differs from its sdist, another rule reports that, and which of them is right.
    const untold = (odd: Odd, field: string) =>
      differencesIn(odd, field).filter(one => !isToldOfSdist(sdists, [odd.usual, ...odd.wheels], one))
    for (const field of HARM.keys())
      for (const odd of clusters(files, [field])) {
        const differences = untold(odd, field)
        if (differences.length > 0 && (field !== ENTRY_POINTS || !areNamedAfterPython(odd)))
          yield {
            ...draft(odd, field, differences),
            ...((field.startsWith('License') || areWindowsCommands(odd, differences)) && { severity: 'info' as const }),
          }
      }
    // What resolvers do not read: PyPI shows the values of one file.
    for (const odd of clusters(files, OTHERS)) {
      const fields = OTHERS.filter(field => untold(odd, field).length > 0)
      const [first] = fields
      if (first === undefined) continue
      yield {
        ...draft(odd, first, untold(odd, first)),
        severity: 'info',
        message: `${list(fields)} of ${filesText(odd.wheels)} ${fields.length === 1 ? 'differs' : 'differ'} from ${odd.usual.filename}; PyPI shows the ${fields.length === 1 ? 'value' : 'values'} of only one file.`,
        subject: 'other fields',
      }
    }
  },
})

/** `demo-3.13` in the wheel for Python 3.13 where the wheel for 3.9 contains `demo-3.9`. */
function areNamedAfterPython(odd: Odd): boolean {
  const nameless = (items: readonly Item[]) =>
    items
      .map(({ text }) => text.replace(/-?\d+(?:\.\d+)?/, ''))
      .sort()
      .join('\n')
  const differences = differencesIn(odd, ENTRY_POINTS)
  return nameless(differences.flatMap(({ given }) => given)) === nameless(differences.flatMap(({ found }) => found))
}

/** Commands without a console, which only wheels for Windows contain: elsewhere they are the same as those with one. */
function areWindowsCommands(odd: Odd, differences: readonly FieldDifference[]): boolean {
  const isForWindows = ({ name }: Wheel) => name?.platform.every(platform => platform.startsWith('win')) === true
  return (
    odd.wheels.every(isForWindows) !== isForWindows(odd.usual) &&
    differences.every(({ verdict, given, found }) =>
      [...given, ...found].every(
        ({ name }) => name?.startsWith('gui_scripts\0') && verdict === (isForWindows(odd.usual) ? 'lost' : 'added'),
      ),
    )
  )
}

function draft(odd: Odd, field: string, differences: readonly FieldDifference[]): Draft {
  const [first] = differences
  const [wheel] = odd.wheels
  const [there, here] = [first?.found[0] ?? undefined, first?.given[0] ?? undefined]
  const said = differences
    .slice(0, 3)
    .map(difference => words(difference, odd))
    .join('; ')
  const more = differences.length > 3 ? `; ${plural(differences.length - 3, 'more difference')}` : ''
  const [line, usual] = [wheel?.metadata?.first(field), odd.usual.metadata?.first(field)]
  const missing = field === ENTRY_POINTS ? {} : { member: wheel?.metadata?.member, line: 1 }
  return {
    path: wheel?.path,
    at: {
      ...(there ? itemPlace(there) : line ? nameOf(line) : missing),
      field,
      value: there?.text ?? here?.text,
    },
    message:
      `${field === ENTRY_POINTS ? 'Entry points' : field} of ${filesText(odd.wheels)} and of ${odd.usual.filename} differ: ${said}${more}. ${HARM.get(field) ?? ''}`.trim(),
    related: [
      {
        ...(here ? itemPlace(here) : usual ? nameOf(usual) : { member: odd.usual.metadata?.member }),
        path: odd.usual.path,
        field,
        message: `${odd.usual.filename}${andMore(odd.alike - 1)} ${here ? `contains ${quote(here.text)}` : 'does not contain the entry'}.`,
      },
      ...odd.wheels
        .slice(1, 10)
        .map(other => ({ path: other.path, field, message: `${other.filename} has the same difference.` })),
    ],
    subject: field,
  }
}

function words({ verdict, given, found }: Difference, odd: Odd): string {
  const [wheel] = odd.wheels
  const shown = (items: Difference['given']) =>
    items.map(({ text, at }) => `${quote(text)}${at.line === undefined ? '' : ` (line ${at.line})`}`).join(', ')
  if (verdict === 'lost') return `only ${odd.usual.filename} contains ${shown(given)}`
  if (verdict === 'added' || verdict === 'inserted') return `only ${wheel?.filename} contains ${shown(found)}`
  return `${shown(found)} instead of ${shown(given)}`
}

function filesText(wheels: readonly Wheel[]): string {
  const [first] = wheels
  return `${first?.filename}${andMore(wheels.length - 1)}`
}
