import { expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { projectOf } from '../../src/project/project.js'
import { run } from '../../src/run.js'
import { bytesSource } from '../../src/source/source.js'

/** What is said of a wheel with this Summary in a project whose setup.py has this description. */
async function notesOf(summary: string, description: string): Promise<readonly string[]> {
  const { filename, bytes } = await buildWheel({ metadata: { Summary: summary } })
  const setup = `from setuptools import setup\n\nsetup(name="demo", version="1.0", description=${JSON.stringify(description)})\n`
  const { notes } = await run(
    [{ path: filename, filename, open: async () => ({ path: filename, filename, source: bytesSource(bytes) }) }],
    {
      rules: RULES,
      render: () => Promise.reject(new Error('nothing to render')),
      choice: { select: ['metadata'] },
      project: projectOf(new Map([['setup.py', setup]])),
    },
  )
  return notes
}

it('a wheel has the summary of the project, as old versions of setuptools write it', async () => {
  expect(await notesOf('Reads files.', 'Reads files.')).toEqual([])
  expect(await notesOf('UNKNOWN', '')).toEqual([])
  expect(await notesOf('UNKNOWN', 'Reads files.')).toEqual([
    expect.stringContaining('does not match setup.py (Summary)'),
  ])
  expect(await notesOf('Reads more files.', 'Reads files.')).toHaveLength(1)
})
