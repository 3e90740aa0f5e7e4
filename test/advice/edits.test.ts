import { describe, expect, it } from 'vitest'
import { buildSdist } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { exampleList } from '../../src/report/example.js'
import { auditProject, withEdits } from './audit.js'

/** Rules whose edits no sample project follows. */
const NAMED = ['backend-key-type', 'hatch-plugin-not-required']

const cases = RULES.filter(({ topic }) => topic === 'pyproject').flatMap(({ id, bad }) =>
  exampleList(bad).flatMap((example, index) => {
    const sdist = 'sdist' in example ? example.sdist : undefined
    const text = sdist && 'pyproject' in sdist ? sdist.pyproject : undefined
    return sdist && typeof text === 'string' ? [{ id, index, sdist, text }] : []
  }),
)

const findingsIn = async (sdist: (typeof cases)[number]['sdist'], pyproject: string, id: string) => {
  const built = await buildSdist({ ...sdist, pyproject })
  const found = await auditProject([built], new Map([['pyproject.toml', pyproject]]))
  return found.filter(({ rule }) => rule === id)
}

describe('the edits of an example make its finding go away', async () => {
  const followed: string[] = []
  it.each(cases)('$id, $index', async ({ id, sdist, text }) => {
    const before = await findingsIn(sdist, text, id)
    const one = before.find(({ edits }) => edits !== undefined && edits.length > 0)
    if (!one) return
    followed.push(id)
    const changed = withEdits(new Map([['pyproject.toml', text]]), one).get('pyproject.toml') ?? ''
    expect(changed).not.toBe(text)
    const after = await findingsIn(sdist, changed, id)
    expect(after.length).toBe(before.length - 1)
  })

  it('and there are some', () => {
    expect(followed).toEqual(expect.arrayContaining(NAMED))
  })
})
