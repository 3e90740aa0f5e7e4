import { coreItems } from '../../src/contract/core-items.js'
import { dynamicFields } from '../../src/contract/dynamic-contract.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Metadata } from '../../src/distribution/metadata.js'
import { quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

const FIELDS = ['Import-Name', 'Import-Namespace'] as const

interface Stated {
  readonly file: Sdist | Wheel
  readonly metadata: Metadata
  readonly text: string
}

/** Files that contain the field, or could contain it, with its values. */
function stated(files: readonly (Sdist | Wheel)[], field: string): readonly Stated[] {
  return files.flatMap(file => {
    const { metadata } = file
    if (!metadata || (!metadata.atLeast('2.5') && metadata.all(field).length === 0)) return []
    // A build may set what the sdist lists as Dynamic.
    if (file.kind === 'sdist' && dynamicFields(metadata).has(field)) return []
    const keys = [...new Set(coreItems(metadata, field).map(({ key }) => key))].sort()
    return [
      {
        file,
        metadata,
        text: keys.length === 0 ? 'nothing' : keys.map(key => quote(key.replace(';', '; '))).join(', '),
      },
    ]
  })
}

const shownAs = (file: Sdist | Wheel) => (file.kind === 'sdist' ? `PKG-INFO of ${file.filename}` : file.filename)

export default rule({
  id: 'import-name-inconsistent',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'Files of one release declare different import names.',
  why: 'Tools read the names from one file and use them for the whole project.',
  fix: 'Build all files with the same import names.',
  bad: {
    release: [
      { sdist: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' } } },
      { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo; private' } } },
    ],
  },
  good: {
    release: [
      { sdist: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' } } },
      { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' } } },
    ],
  },
  *check({ sdists, wheels }) {
    for (const field of FIELDS) {
      const [first, ...others] = stated([...sdists, ...wheels], field)
      if (!first) continue
      const reported = new Set([first.text])
      for (const { file, metadata, text } of others) {
        if (reported.has(text)) continue
        reported.add(text)
        const [line, from] = [metadata.first(field), first.metadata.first(field)]
        const alike = others.filter(other => other.text === text && other.file !== file)
        const more =
          alike.length === 0
            ? ''
            : ` ${plural(alike.length, 'more file')} ${alike.length === 1 ? 'contains' : 'contain'} the same.`
        const number = (at: typeof line) => (at ? ` (line ${at.line})` : '')
        yield {
          path: file.path,
          at: line ?? { member: metadata.member, line: 1, field },
          message: `${field} of ${shownAs(file)} is ${text}${number(line)}, but that of ${shownAs(first.file)} is ${first.text}${number(from)}; all files of a release must agree.${more}`,
          related: [
            {
              ...(from ?? { member: first.metadata.member, line: 1, field }),
              path: first.file.path,
              message: `${field} in ${first.file.filename}: ${first.text}`,
            },
          ],
          subject: field,
        }
      }
    }
  },
})
