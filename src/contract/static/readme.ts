import type { Place } from '../../finding.js'
import { readmeFile } from '../../views/readme.js'
import { linesOf, proseKey } from '../core-items.js'
import type { Reading, Slot } from './slot.js'

export function* readme({ pyproject, sdist, metadata }: Reading): Iterable<Slot> {
  const file = readmeFile(pyproject)
  const text = pyproject.get('project', 'readme', 'text')
  const kept =
    file && sdist.top !== undefined ? sdist.texts.get(`${sdist.top}/${file.path.replace(/^\.\//, '')}`) : undefined
  const source = typeof text === 'string' ? text : kept && !kept.cut && kept.utf8 ? kept.text : undefined
  const at = file?.at ?? pyproject.place('project', 'readme')
  const [line] = linesOf(metadata, 'Description')
  if (source !== undefined && source.trim() !== '') {
    const folded = line !== undefined && metadata.description?.from === 'header'
    const item = (value: string, place: Place) => ({
      key: proseKey(value.replace(/^\uFEFF/, ''), folded),
      text: value,
      at: place,
      name: 'Description',
    })
    const given = { ...item(source, at), text: file?.path ?? 'project.readme.text' }
    const found = line ? [item(line.value, line)] : []
    const difference = found[0] ? firstDifference(given.key, found[0].key) : ''
    yield { field: 'Description', ordered: false, given: [given], found, note: difference }
  }
  const stated = pyproject.get('project', 'readme', 'content-type') ?? typeBySuffix(file?.path)
  const [type] = linesOf(metadata, 'Description-Content-Type')
  if (typeof stated !== 'string' || !line) return
  const main = (value: string) => (value.split(';', 1)[0] ?? '').trim().toLowerCase()
  const item = (value: string, place: Place) => ({ key: main(value), text: value, at: place, name: 'type' })
  yield {
    field: 'Description-Content-Type',
    ordered: false,
    given: [item(stated, at)],
    found: type ? [item(type.value, type)] : [],
  }
}

const typeBySuffix = (path: string | undefined) =>
  path === undefined
    ? undefined
    : /\.md$/i.test(path)
      ? 'text/markdown'
      : /\.rst$/i.test(path)
        ? 'text/x-rst'
        : undefined

/** The first line that differs, counted from the top of the text. */
function firstDifference(given: string, found: string): string {
  const [a, b] = [given.split('\n'), found.split('\n')]
  const index = a.findIndex((line, i) => line !== b[i])
  const at = index < 0 ? a.length : index
  return `line ${at + 1} of the text: ${a[at] === undefined ? 'the end' : JSON.stringify(a[at].slice(0, 80))} there, ${
    b[at] === undefined ? 'the end' : JSON.stringify(b[at].slice(0, 80))
  } here`
}
