import { expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import unknown from '../../rules/metadata/classifier-unknown.js'
import { auditBuilt } from '../support/audit-built.js'

const hint = async (python: string) => {
  const metadata = { Classifier: `Programming Language :: Python${python}` }
  const { findings } = await auditBuilt([await buildWheel({ metadata })], [unknown])
  return findings.map(({ message }) => / Did you mean '(?:.* )?(\S+)'\?/.exec(message)?.[1] ?? '')
}

it('means the minor version of Python that is written in another form, and none that has no classifier', async () => {
  for (const python of [' :: 3.9.1', ' :: 3.9+', ' :: >=3.9', ' :: 3.9.x', ' 3.9', ' :: v3.9'])
    expect(await hint(python), python).toEqual(['3.9'])
  expect(await hint(' :: 3.x')).toEqual(['3'])
  for (const python of [' :: 3.99', ' :: 3.42.1']) expect(await hint(python), python).toEqual([''])
})
