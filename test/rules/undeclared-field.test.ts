import { expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import undeclaredField from '../../rules/pyproject/pyproject-undeclared-field.js'
import { auditBuilt } from '../support/audit-built.js'

const PYPROJECT = '[build-system]\nrequires = ["x"]\nbuild-backend = "x"\n\n[project]\nname = "demo"\nversion = "1.0"\n'
const WHEEL = { files: { '{dist-info}/entry_points.txt': '[console_scripts]\ndemo = demo:main\n' } }

async function undeclared(more: string) {
  const files = await buildExample({ release: [{ sdist: { pyproject: PYPROJECT + more } }, { wheel: WHEEL }] })
  const { findings } = await auditBuilt(files, [undeclaredField])
  return findings.filter(({ message }) => message.includes('console_scripts')).length
}

it('a command is given under entry-points, too, and else undeclared', async () => {
  expect(await undeclared('\n[project.entry-points.console_scripts]\ndemo = "demo:main"\n')).toBe(0)
  expect(await undeclared('')).toBe(1)
  expect(await undeclared('\n[project.entry-points.plugins]\ndemo = "demo:main"\n')).toBe(1)
})
