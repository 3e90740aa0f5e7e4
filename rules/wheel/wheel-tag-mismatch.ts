import { append } from '../../src/append.js'
import type { WheelName } from '../../src/distribution/filename.js'
import type { WheelField } from '../../src/distribution/wheel-file.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { LEGACY_MANYLINUX } from '../../src/platform/platform-tag.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { pythonsOf } from '../../src/standards/python-versions.js'
import { parseTag, type Tag } from '../../src/standards/tags.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { possible } from '../../src/views/tags.js'
import { someQuoted, thousands } from '../../src/wording.js'
import { areSiblings, machinesOf, type ReadTag, readTag, serves } from './_tag-support.js'

/** Tags of a file name, and of WHEEL, that are compared; compressed sets multiply. */
const MOST_NAMED = 1000
const MOST = 10_000
const shown = (tags: readonly string[]) => someQuoted(tags, 3)

export default rule({
  id: 'wheel-tag-mismatch',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The tags in WHEEL do not match the file name.',
  why: 'Installers choose by the file name, but `pip check` reads the installed WHEEL. If none of its tags fits the interpreter, pip reports that the distribution is not supported on this platform.',
  breaks: '`pip check` fails, because it considers the project not supported on this platform.',
  fix: 'Change tags with `wheel tags`, which also rewrites WHEEL and RECORD, or rebuild the wheel.',

  bad: [{ wheel: { wheel: { Tag: 'py2-none-any' } } }, { wheel: { wheel: { Tag: ['py3-none-any', 'py2-none-any'] } } }],
  good: [
    { wheel: {} },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-manylinux2014_x86_64.whl',
        make: 'elf',
        wheel: {
          'Root-Is-Purelib': 'false',
          Tag: ['cp312-cp312-manylinux_2_17_x86_64', 'cp312-cp312-manylinux2014_x86_64'],
        },
      },
    },
  ],
  *check(wheel) {
    const lines = wheel.wheelFile?.all('Tag') ?? []
    const named = wheel.name && attempt(parseTag, wheel.name.tag)
    if (!named || lines.length === 0 || named.size > MOST_NAMED) return
    const tags: Tag[] = []
    for (const line of lines) {
      const own = attempt(parseTag, line.value.trim())
      if (!own) return
      if (tags.length + own.size > MOST) {
        yield finding(
          line,
          `WHEEL has more than ${thousands(MOST)} tags; this one and those after it were not compared with the file name.`,
          {
            severity: 'warning',
          },
        )
        return
      }
      append(tags, own)
    }
    const told = new Set(tags.map(String))
    const names = new Set([...named].map(String))
    // Where the file name has both names of a tag, WHEEL should too.
    const lost = [...names].filter(tag => !told.has(tag) && !aliases(tag).some(one => told.has(one) && !names.has(one)))
    const isExtra = (tag: string) => !names.has(tag) && !aliases(tag).some(one => names.has(one))
    const extra = [...told].filter(isExtra)
    if (lost.length === 0 && extra.length === 0) return
    const parts =
      names.size === lost.length && told.size === extra.length
        ? [`WHEEL has ${shown(extra)}`]
        : [
            ...(lost.length > 0 ? [`WHEEL does not have ${shown(lost)}`] : []),
            ...(extra.length > 0 ? [`WHEEL has ${shown(extra)}, which the file name does not have`] : []),
          ]
    // pip check complains where none of the tags in WHEEL fits the interpreter; the rest matters to tools that read
    // WHEEL.
    const [oldest = 0] = pythonsOf(specifiersOf(wheel.metadata?.first('Requires-Python'))).flatMap(python =>
      python.startsWith('3.') ? Number(python.slice(2)) : [],
    )
    const inWheel = tags.map(readTag)
    const inName = [...named]
      .filter(({ interpreter, abi }) => !/^(?:py|cp|pp|jy|ip)2/.test(interpreter) && possible(interpreter, abi))
      .map(readTag)
    const isNamed = (tag: ReadTag) => inName.some(one => one.platform === tag.platform)
    const misled = inName
      // Of several versions of one system, one is enough: only its oldest releases would see the difference.
      .filter(tag => !inWheel.some(told => isNamed(told) && areSiblings(told, tag)))
      .some(tag => machinesOf(tag).some(machine => !inWheel.some(told => serves(told, tag, machine, oldest))))
    const odd = lines.find(({ value }) =>
      [...(attempt(parseTag, value.trim()) ?? [])].some(tag => isExtra(String(tag))),
    )
    yield finding(
      odd ? oddPart(odd, wheel.name) : lines[0],
      `The tag in the file name is ${quote(wheel.name?.tag ?? '')}, but ${parts.join(', and ')}.`,
      {
        subject: 'Tag',
        ...(misled ? {} : { severity: 'warning' }),
      },
    )
  },
})

/** PEP 600 made the older names aliases. */
const ALIASES = Object.entries(LEGACY_MANYLINUX).map(
  ([old, [major, minor]]) => [`${old}_`, `manylinux_${major}_${minor}_`] as const,
)

/** Other names of a tag. */
const aliases = (tag: string): readonly string[] =>
  ALIASES.flatMap(([old, now]) => [tag.replace(`-${old}`, `-${now}`), tag.replace(`-${now}`, `-${old}`)]).filter(
    one => one !== tag,
  )

/** The first part of a Tag line that contains something which that part of the file name does not. */
function oddPart(line: WheelField, name: WheelName | undefined): Place {
  const sets = [name?.python, name?.abi, name?.platform]
  let offset = 0
  for (const [i, part] of line.value.split('-').entries()) {
    const known = new Set(sets[i])
    if (part.split('.').some(tag => !known.has(tag.trim().toLowerCase()))) return within(line, part, offset)
    offset += part.length + 1
  }
  return line
}
