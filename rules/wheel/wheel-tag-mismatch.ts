import type { WheelName } from '../../src/distribution/filename.js'
import type { WheelField } from '../../src/distribution/wheel-file.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseTag } from '../../src/standards/tags.js'
import { someQuoted } from '../../src/wording.js'

const MAX = 1000
const shown = (tags: readonly string[]) => someQuoted(tags, 3)

const ALIASES: Readonly<Record<string, string>> = { 1: '2_5', 2010: '2_12', 2014: '2_17' }
const unaliased = (tag: string) =>
  tag.replace(/-manylinux(1|2010|2014)_/, (all, alias: string) => `-manylinux_${ALIASES[alias] ?? all}_`)
const ofAnyLinux = (tag: string) => tag.replace(/-(?:manylinux|musllinux)_?\d+(?:_\d+)?_/, '-linux_')
const ofAnyAbi = (tag: string) => tag.replace(/-[^-]+-/, '-none-')

export default rule({
  id: 'wheel-tag-mismatch',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip'],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The tags in WHEEL are not those of the file name.',
  why: 'Installers choose by the file name, but `pip check` reads the installed WHEEL and sees another platform; the file was probably renamed.',
  fix: 'Change tags with `wheel tags`, which rewrites WHEEL and RECORD, or build again.',

  bad: [{ wheel: { wheel: { Tag: 'py2-none-any' } } }, { wheel: { wheel: { Tag: ['py3-none-any', 'py2-none-any'] } } }],
  good: { wheel: {} },
  *check(wheel) {
    const lines = wheel.wheelFile?.all('Tag') ?? []
    const named = wheel.name && attempt(parseTag, wheel.name.tag)
    if (!named || lines.length === 0 || named.size > MAX) return
    const told = new Set<string>()
    for (const line of lines) {
      const tags = attempt(parseTag, line.value.trim())
      if (!tags || tags.size > MAX) return
      for (const tag of tags) told.add(tag.toString())
    }
    const names = new Set([...named].map(String))
    const lost = [...names].filter(tag => !told.has(tag))
    const extra = [...told].filter(tag => !names.has(tag))
    if (lost.length === 0 && extra.length === 0) return
    const parts = [
      ...(lost.length > 0 ? [`WHEEL lacks ${shown(lost)}`] : []),
      ...(extra.length > 0 ? [`WHEEL has ${shown(extra)}, which the file name has not`] : []),
    ]
    // Further tags in WHEEL mislead nobody, nor does an alias of the one in the name, or a tag that is less special.
    const known = new Set([...told].map(unaliased))
    const misled = lost.some(tag =>
      [unaliased(tag), ofAnyLinux(tag), ofAnyAbi(tag), ofAnyAbi(ofAnyLinux(tag))].every(one => !known.has(one)),
    )
    const odd = lines.find(({ value }) =>
      [...(attempt(parseTag, value.trim()) ?? [])].some(tag => !names.has(String(tag))),
    )
    yield finding(
      odd ? oddPart(odd, wheel.name) : lines[0],
      `The file name says ${quote(wheel.name?.tag ?? '')}; ${parts.join('; ')}.`,
      {
        subject: 'Tag',
        ...(misled ? {} : { severity: 'warning', enforcedBy: [] }),
      },
    )
  },
})

/** The first part of a Tag line that has something which the file name's part has not. */
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
