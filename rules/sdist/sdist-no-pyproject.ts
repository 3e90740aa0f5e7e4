import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { someQuoted } from '../../src/wording.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-no-pyproject',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist has no pyproject.toml.',
  why: 'It is then built by setup.py with setuptools alone: what setup.py imports besides is not there. Without a setup.py nothing can build it.',
  fix: 'Add a pyproject.toml with a [build-system] table.',
  needs: ['python-imports'],
  absence: 'member',
  bad: [
    { sdist: { pyproject: null } },
    {
      sdist: {
        pyproject: null,
        files: { '{top}/setup.py': 'import numpy\nfrom setuptools import setup\n\nsetup()\n' },
      },
    },
    { sdist: { pyproject: null, files: { '{top}/setup.py': 'from setuptools import setup\n\nsetup()\n' } } },
  ],
  good: { sdist: {} },
  *check(sdist) {
    const { top, members } = sdist
    if (top === undefined) return
    const has = (name: string) => members.has(`${top}/${name}`) || members.has(`./${top}/${name}`)
    if (has('pyproject.toml')) return
    const lacking = `There is no ${quote(`${top}/pyproject.toml`)} in the sdist`
    if (!has('setup.py')) {
      yield finding(undefined, `${lacking}, and no setup.py: nothing says how it is built.`)
      return
    }
    const foreign = foreignImports(sdist, top)
    yield foreign.length > 0
      ? finding(
          undefined,
          `${lacking}, so that pip and uv build it with setuptools alone; setup.py imports ${someQuoted(foreign, 3)}.`,
          { severity: 'warning', enforcedBy: [] },
        )
      : finding(undefined, `${lacking}: setup.py builds it.`, { severity: 'info', enforcedBy: [] })
  },
})

/** What every build has: setuptools, and what it brings. */
const THERE = new Set(['setuptools', 'pkg_resources', '_distutils_hack', 'distutils'])

/** Modules that setup.py needs to run and that neither Python, setuptools nor the sdist has. */
function foreignImports({ python, members }: Sdist, top: string): readonly string[] {
  const setup = python.get(`${top}/setup.py`) ?? python.get(`./${top}/setup.py`)
  const needed = (setup?.imports ?? []).flatMap(({ module, level, kind }) =>
    kind === 'eager' && level === 0 && module !== '' ? [module.split('.', 1)[0] ?? ''] : [],
  )
  // It may look for them in any folder that it puts on sys.path.
  const own = new Set(
    members.files.flatMap(({ path }) => {
      const parts = path.replace(/^\.\//, '').split('/').slice(1)
      return /\.py$/.test(path) ? parts.map(part => part.replace(/\.py$/, '')) : []
    }),
  )
  return [...new Set(needed)].filter(name => !THERE.has(name) && !isStdlibModule(name) && !own.has(name))
}
