/** Places of findings that the examples of the rules do not show: parts of values over several lines, escapes, quotes. */
import { expect, it } from 'vitest'
import { buildSdist, buildWheel, type File } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { auditBuilt } from '../support/audit-built.js'

async function placesOf(id: string, files: readonly File[]): Promise<readonly string[]> {
  const rules = RULES.filter(rule => rule.id === id)
  const { findings } = await auditBuilt(files, rules)
  return findings.map(({ location: { member, line, column, value, mark = value }, snippet }) => {
    const [first = ''] = (mark ?? '').split('\n', 1)
    expect(snippet?.startsWith(first, (column ?? 0) - 1), `${mark} in ${snippet}`).toBe(true)
    return `${member?.slice(member.lastIndexOf('/') + 1) ?? 'file name'}:${line}:${column} ${mark}`
  })
}

const wheel = async (metadata: Record<string, string | string[]>) => [await buildWheel({ metadata })]
const sdist = async (rest: string) => [
  await buildSdist({ pyproject: `[build-system]\nrequires = ["hatchling"]\n[project]\nname = "demo"\n${rest}` }),
]

it('goes on into further lines of a header', async () => {
  const files = await wheel({ 'Author-email': 'Ann <ann@ann-author.dev>,\n        bo@example.com' })
  expect(await placesOf('placeholder-value', files)).toEqual(['METADATA:7:9 bo@example.com'])
})

it('tells two parts of one value apart', async () => {
  const files = await wheel({ 'Requires-Dist': 'A_B[A_B, c, D.E]' })
  expect(await placesOf('requirement-extra-not-normalized', files)).toEqual([
    'METADATA:13:20 A_B',
    'METADATA:13:28 D.E',
  ])
})

it('marks the address, not the label that is like it', async () => {
  const files = await wheel({ 'Project-URL': 'demo.dev,  demo.dev' })
  expect(await placesOf('url-invalid', files)).toEqual(['METADATA:5:25 demo.dev'])
})

it('marks an address among several, and what stands in front of an @', async () => {
  const files = await wheel({
    'Author-email': 'Ann <ann@ann-author.dev>, bo@example.com',
    Author: 'Ann (ann@x.dev), Bo',
  })
  expect(await placesOf('placeholder-value', files)).toEqual(['METADATA:6:41 bo@example.com'])
  expect(await placesOf('author-contains-email', files)).toEqual(['METADATA:13:14 ann@x.dev'])
})

it('marks the unknown part of a classifier', async () => {
  const files = await wheel({ Classifier: ['Nonsense :: A', 'Topic :: Software Development :: Nonsense :: B'] })
  expect(await placesOf('classifier-unknown', files)).toEqual([
    'METADATA:10:13 Nonsense :: A',
    'METADATA:11:46 Nonsense :: B',
  ])
})

it('marks a part of a TOML string where it is written so, else the string', async () => {
  const [plain, escaped] = [await sdist("keywords = ['a,b']\n"), await sdist('keywords = ["a\\u002cb"]\n')]
  expect(await placesOf('project-keywords-comma', plain)).toEqual(['pyproject.toml:5:15 ,'])
  expect(await placesOf('project-keywords-comma', escaped)).toEqual(['pyproject.toml:5:14 a\\u002cb'])
})

it('marks keys in headers of tables, in quotes and in inline tables', async () => {
  expect(await placesOf('project-unknown-key', await sdist('[project."home page"]\nx = 1\n'))).toEqual([
    'pyproject.toml:5:10 "home page"',
  ])
  expect(await placesOf('project-authors-invalid', await sdist('authors = [{ name = "A" }, { url = "x" }]\n'))).toEqual(
    ['pyproject.toml:5:30 url'],
  )
})

it('marks the first clause that a Tag line has too much', async () => {
  const files = [await buildWheel({ wheel: { Tag: ['py3-none-any', 'py3-none-win32'] } })]
  expect(await placesOf('wheel-tag-mismatch', files)).toEqual(['WHEEL:5:15 win32'])
})
