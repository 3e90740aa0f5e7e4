import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, stopsBuild, unlessStops } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

/** Backends that read a `.txt` file as plain text. */
const TXT = ['setuptools', 'hatchling', 'flit-core', 'poetry-core', 'uv-build', 'maturin']
/** Backends that recognize uppercase suffixes. */
const ANY_CASE = ['setuptools', 'hatchling', 'flit-core', 'poetry-core', 'maturin']

export default rule({
  id: 'project-readme-suffix',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "readme"',
  url: pyprojectToml('readme'),
  summary: 'The suffix of the README does not show its content type.',
  why: 'Backends must reject a file whose content type they cannot determine.',
  breaks: BUILD_STOPS,
  fix: 'Rename the file to end with `.md` or `.rst`, or write `readme = { file = "…", content-type = "…" }`.',
  bad: [
    {
      sdist: {
        pyproject: builtWith('setuptools', DEMO, 'readme = "README"'),
        files: { '{top}/README': 'Demo\n' },
      },
    },
    {
      sdist: {
        pyproject: builtWith('setuptools', DEMO, 'readme = "README.MD"'),
        files: { '{top}/README.MD': '# Demo\n\nReads demo files.\n' },
      },
    },
    {
      sdist: {
        pyproject: builtWith('pdm-backend', DEMO, 'readme = "README.txt"'),
        files: { '{top}/README.txt': '# Demo\n\nReads demo files.\n' },
      },
    },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const readme = pyproject?.get('project', 'readme')
    if (!pyproject || typeof readme !== 'string') return
    const suffix = /\.[A-Za-z0-9]{1,10}$/.exec(readme)?.[0] ?? ''
    if (suffix === '.md' || suffix === '.rst') return
    const name = pyproject.place('project', 'readme')
    const at = suffix === '' ? name : within(name, suffix, readme.length - suffix.length)
    if (/^\.(?:md|rst)$/i.test(suffix))
      yield finding(
        at,
        `The suffix of ${quote(readme)} is not lowercase, and some backends do not recognize it.`,
        stopsBuild(pyproject, ANY_CASE) ? undefined : { severity: 'info' },
      )
    else if (suffix === '.txt') {
      const knows = TXT.includes(backendOf(pyproject) ?? '')
      if (!knows)
        yield finding(at, `Only some backends read ${quote(readme)} as plain text.`, unlessStops(pyproject, TXT))
    } else
      yield finding(
        at,
        `The content type of ${quote(readme)} is unknown: the suffix is neither .md nor .rst.`,
        // They state text/plain then, or no type; of setuptools only a name without any suffix.
        stopsBuild(pyproject, ['flit-core', 'poetry-core', 'maturin', ...(suffix === '' ? ['setuptools'] : [])])
          ? undefined
          : { severity: backendOf(pyproject) === undefined ? 'warning' : 'info' },
      )
  },
})
