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

/** The version in the metadata, and in the filename if it differs. */
function spellings(file: Sdist | Wheel): readonly Spelling[] {
  const field = file.metadata?.first('Version')
  const inName = file.name?.version
  // A different or missing version has its own rule.
  const normal = tryVersion(inName ?? '')?.toString()
  const isSame = normal !== undefined && normal === tryVersion(field?.value.trim() ?? '')?.toString()
  const result: Spelling[] = []
  if (field) result.push({ text: field.value.trim(), file, at: field })
  // The version in the filename of a wheel cannot contain a hyphen.
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
  summary: 'Files of one release spell the version differently.',
  why: 'Tools that compare versions as text treat them as two releases.',
  fix: 'Use the normalized version in every file.',
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
      message: `Files of one release spell the version differently: ${some(texts)}.`,
      related: [usual, ...others.slice(1, 10)].map(({ text, file, at }) => ({
        ...at,
        path: file.path,
        field: 'Version',
        message: `${quote(text)} in ${file.filename}`,
      })),
      subject: 'spelling of the version',
    }
  },
})
