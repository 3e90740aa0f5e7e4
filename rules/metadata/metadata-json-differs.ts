import type { Metadata } from '../../src/distribution/metadata.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { texts } from '../../src/text/json-access.js'
import { type JsonNode, markOf, parseJson } from '../../src/text/json-tree.js'

export default rule({
  id: 'metadata-json-differs',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 819 (draft), "JSON Format Core Metadata File"',
  url: 'https://peps.python.org/pep-0819/',
  summary: 'METADATA.json does not match METADATA or PKG-INFO.',
  why: 'Tools that implement the draft read the JSON file and others do not, so the same distribution has different dependencies.',
  fix: 'Generate both files from the same values.',
  status: 'preview',
  needs: ['whole-sdist'],
  bad: [
    {
      wheel: {
        rawMetadata: 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nRequires-Dist: attrs\n',
        files: {
          '{dist-info}/METADATA.json':
            '{"metadata_version": "2.1", "name": "demo", "version": "1.0", "requires_dist": ["cattrs"]}\n',
        },
      },
    },
    { wheel: { files: { '{dist-info}/METADATA.json': '{"name": "demo",}\n' } } },
  ],
  good: {
    wheel: {
      rawMetadata:
        'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nKeywords: a,b\nProject-URL: Docs, https://demo.dev\nRequires-Dist: attrs\n\n# Demo\n',
      files: {
        '{dist-info}/METADATA.json':
          '{"metadata_version": "2.1", "name": "demo", "version": "1.0", "keywords": ["a", "b"], "project_url": {"Docs": "https://demo.dev"}, "requires_dist": ["attrs"], "description": "# Demo"}\n',
      },
    },
  },
  *check(dist) {
    const { metadata } = dist
    const folder = dist.kind === 'wheel' ? dist.distInfo : dist.top
    const file = folder === undefined ? undefined : dist.texts.get(`${folder}/METADATA.json`)
    if (!file || !metadata || file.cut) return
    const { member } = file
    const { root, faults } = parseJson(file.text)
    if (root?.kind !== 'object') {
      const [fault] = faults
      yield finding({ member, ...fault }, `${quote(member)} is not a JSON object${fault ? `: ${fault.message}` : ''}.`)
      return
    }
    const keys = new Map(metadata.fields.map(({ field }) => [keyOf(field), field]))
    if (metadata.description) keys.set('description', 'Description')
    for (const [key, field] of keys) {
      const value = root.entries.get(key)?.value
      const [said, written] = [value ? inJson(value, field) : [], inMetadata(metadata, field)]
      if (said.join('\n') === written.join('\n')) continue
      yield finding(
        value ? { member, ...markOf(value), field } : { member, line: 1, field },
        `${field} is ${listed(said)} in METADATA.json and ${listed(written)} in ${metadata.member}.`,
        { subject: field },
      )
    }
    for (const [key, { value }] of root.entries)
      if (!keys.has(key) && inJson(value, '').length > 0)
        yield finding(
          { member, ...markOf(value) },
          `METADATA.json contains ${quote(key)}, which ${metadata.member} does not have.`,
          { subject: key },
        )
  },
})

/** The key that a field has in JSON. */
const keyOf = (field: string): string => field.toLowerCase().replaceAll('-', '_')

const listed = (values: readonly string[]): string =>
  values.length === 0 ? 'missing' : values.length === 1 ? quote(values[0] ?? '') : `${values.length} values`

/** Project-URL is an object of labels and addresses. */
function inJson(value: JsonNode, field: string): readonly string[] {
  if (value.kind !== 'object') return comparable(texts(value), field)
  return comparable(
    [...value.entries].flatMap(([label, { value: address }]) => texts(address).map(text => `${label}, ${text}`)),
    field,
  )
}

function inMetadata(metadata: Metadata, field: string): readonly string[] {
  if (field === 'Description') return comparable([metadata.description?.text ?? ''], field)
  const values = metadata.all(field).map(({ value }) => value)
  return comparable(field === 'Keywords' ? values.flatMap(value => value.split(',')) : values, field)
}

/** Without order and insignificant whitespace. */
const comparable = (values: readonly string[], field: string): readonly string[] =>
  values
    .map(value => (field === 'Name' ? canonicalName(value) : value.replace(/\s+/g, ' ').trim()))
    .filter(value => value !== '')
    .sort()
