import { finding, rule } from '../../src/rule.js'
import { backendOf } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO } from './_backends.js'

/** Backends that fail on it. */
const REFUSE = ['uv-build', 'scikit-build-core']
/** Those that write all of it, so that PyPI rejects the file. */
const KEEP = ['flit-core', 'pdm-backend']

export default rule({
  id: 'project-description-multiline',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'pyproject.toml specification, "description"; core metadata specification, "Summary"',
  url: pyprojectToml('description'),
  summary: '`project.description` has more than one line.',
  why: 'Summary must be a single line. Some backends reject the text, some fold it so that the index rejects it, and with poetry-core it corrupts the metadata.',
  breaks:
    'uv_build and scikit-build-core fail; poetry-core writes it in a way that all later fields are lost, including the dependencies.',
  fix: 'Write one line, and move the rest to the README.',
  pypiMessage: "'summary' must be a single line",
  bad: [
    { sdist: { pyproject: builtWith('setuptools', DEMO, 'description = """Reads demo files\nand more"""') } },
    { sdist: { pyproject: builtWith('poetry-core', DEMO, 'description = """Reads demo files\nand more"""') } },
    { tree: { pyproject: builtWith('pdm-backend', DEMO, 'description = "Reads demo files\\nand more"') } },
  ],
  good: { sdist: {} },
  *check({ pyproject, tree }) {
    const text = pyproject?.project?.description
    if (!pyproject || typeof text !== 'string' || !/[\r\n]/.test(text)) return
    const backend = backendOf(pyproject) ?? ''
    const breaks = backend === 'poetry-core'
    // Of an sdist, the summary that it wrote is there too.
    const isRejected = tree !== undefined && KEEP.includes(backend)
    yield finding(
      pyproject.place('project', 'description'),
      breaks
        ? 'project.description has more than one line, and poetry-core writes it unchanged: every later field is lost.'
        : 'project.description has more than one line.',
      isRejected
        ? { severity: 'error', enforcedBy: ['pypi'], breaks: 'The upload fails.' }
        : { enforcedBy: [], ...((breaks || REFUSE.includes(backend)) && { severity: 'error' }) },
    )
  },
})
