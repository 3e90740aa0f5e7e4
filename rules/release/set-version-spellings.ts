import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import { inFileName } from '../../src/place.js'
import { quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { some } from '../../src/wording.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

interface Spelling {
  readonly text: string
  readonly file: Sdist | Wheel
  readonly at: Place
}

/** The version in the metadata, and in the file name where that says another. */
function spellings(file: Sdist | Wheel): readonly Spelling[] {
  const field = file.metadata?.first('Version')
  const inName = file.name?.version
  // Another version, or none, has a rule of its own.
  const normal = tryVersion(inName ?? '')?.toString()
  const isSame = normal !== undefined && normal === tryVersion(field?.value.trim() ?? '')?.toString()
  const result: Spelling[] = []
  if (field) result.push({ text: field.value.trim(), file, at: field })
  // A hyphen cannot stand in a wheel's file name.
  if (inName !== undefined && isSame && inName.replaceAll('_', '-') !== field?.value.trim().replaceAll('_', '-'))
    result.push({ text: inName, file, at: inFileName(file, inName, undefined, { field: 'Version', value: inName }) })
  return result
}

export default rule({
  id: 'set-version-spellings',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Version specifiers specification, "Normalization"',
  url: `${VERSION_SPECIFIERS}#normalization`,
  summary: 'Files of one release spell its version in different ways.',
  why: 'Tools that compare versions as text take them for two releases.',
  fix: 'Write the normalized version in every file.',
  bad: { release: [{ sdist: { version: '1.0.0' } }, { wheel: { version: '1.0' } }] },
  good: { release: [{ sdist: { version: '1.0' } }, { wheel: { version: '1.0' } }] },
  *check({ distributions }) {
    const first = new Map<string, Spelling>()
    for (const spelling of distributions.flatMap(spellings))
      if (!first.has(spelling.text)) first.set(spelling.text, spelling)
    const [usual, ...others] = first.values()
    if (!usual || others.length === 0) return
    const texts = [...first.values()].map(({ text, file }) => `${quote(text)} in ${file.filename}`).slice(0, 10)
    yield {
      path: others[0]?.file.path,
      at: { ...others[0]?.at, field: 'Version' },
      message: `The version of one release is spelled ${some(texts)}.`,
      related: [usual, ...others.slice(1, 10)].map(({ text, file, at }) => ({
        ...at,
        path: file.path,
        field: 'Version',
        message: `${file.filename} has ${quote(text)}.`,
      })),
      subject: 'spelling of the version',
    }
  },
})
