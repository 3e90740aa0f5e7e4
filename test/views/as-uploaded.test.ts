import { describe, expect, it } from 'vitest'
import { parseMetadata } from '../../src/distribution/metadata.js'
import { given, uploaded } from '../../src/views/as-uploaded.js'
import { addresses, labelled } from '../../src/views/urls.js'

function metadata(lines: string, version = '2.4') {
  const bytes = new TextEncoder().encode(`Metadata-Version: ${version}\nName: demo\nVersion: 1\n${lines}\n`)
  return parseMetadata({ member: 'METADATA', bytes, cut: false, size: bytes.length })
}

const values = (fields: readonly { readonly value: string }[]) => fields.map(({ value }) => value)

describe('what twine sends of a field, and PyPI keeps', () => {
  it('is each line', () => {
    expect(values(uploaded(metadata('Classifier: a\nClassifier: b'), 'Classifier'))).toEqual(['a', 'b'])
  })

  it('is nothing of a field whose last value is UNKNOWN', () => {
    expect(uploaded(metadata('Platform: any\nPlatform: UNKNOWN'), 'Platform')).toEqual([])
    expect(values(uploaded(metadata('Platform: UNKNOWN\nPlatform: any'), 'Platform'))).toEqual(['UNKNOWN', 'any'])
  })

  it('is nothing of an empty value, but an empty one among others counts', () => {
    expect(uploaded(metadata('Home-page:'), 'Home-page')).toEqual([])
    expect(values(uploaded(metadata('Classifier: a\nClassifier:'), 'Classifier'))).toEqual(['a', ''])
  })

  it('is nothing of a repeated single-use field, which twine refuses', () => {
    expect(uploaded(metadata('Summary: a\nSummary: b'), 'Summary')).toEqual([])
  })

  it('is no License-File below Metadata 2.4', () => {
    expect(uploaded(metadata('License-File: LICENSE', '2.3'), 'License-File')).toEqual([])
    expect(values(uploaded(metadata('License-File: LICENSE'), 'License-File'))).toEqual(['LICENSE'])
  })
})

describe('addresses', () => {
  it('splits a Project-URL at its first comma', () => {
    expect(labelled('Home, https://a/, b')).toEqual({ label: 'Home', url: 'https://a/, b' })
    expect(labelled('https://a/')).toEqual({ label: 'https://a/', url: '' })
  })

  it('come from three fields, the whole ones only', () => {
    const file = metadata(
      'Home-page: https://a/\nDownload-URL: UNKNOWN\nProject-URL: B, https://b/\nProject-URL: nothing',
    )
    expect([...addresses(file, given)].map(({ url }) => url)).toEqual(['https://a/', 'https://b/'])
  })
})
