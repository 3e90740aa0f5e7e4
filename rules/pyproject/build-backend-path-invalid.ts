import type { Sdist } from '../../src/distribution/distribution.js'
import type { TomlValue } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { beginnings } from '../../src/text/beginnings.js'
import { isList, kindOf } from '../../src/views/pyproject.js'
import { placeOfFiles } from '../../src/views/tree.js'

export default rule({
  id: 'build-backend-path-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'PEP 517, "In-tree build backends"',
  url: 'https://peps.python.org/pep-0517/#in-tree-build-backends',
  summary: '`build-system.backend-path` is not a directory in the sdist, or does not contain the backend.',
  why: 'The backend cannot be imported, so the build fails; installers reject a path outside the source tree.',
  fix: 'List directories that are in the sdist, relative to pyproject.toml.',
  byHand: 'Only a person knows where the backend is.',
  absence: 'member',
  bad: [
    {
      sdist: {
        pyproject: '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["_build"]\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\nbackend-path = ["."]\n',
      },
    },
  ],
  good: {
    sdist: {
      pyproject: '[build-system]\nrequires = []\nbuild-backend = "backend:hooks"\nbackend-path = ["./_build/"]\n',
      files: { '{top}/_build/backend.py': 'from setuptools import build_meta as hooks\n' },
    },
  },
  *check(sdist) {
    const { pyproject, top, members } = sdist
    const paths = pyproject?.get('build-system', 'backend-path')
    if (!pyproject || paths === undefined) return
    const at = pyproject.place('build-system', 'backend-path')
    if (!isList(paths)) {
      yield finding(at, `backend-path is ${kindOf(paths)}, not an array of strings.`)
      return
    }
    const isAbove = beginnings(members.list.map(member => member.path.replace(/^\.\//, '')))
    for (const [index, path] of paths.entries()) {
      const here = pyproject.place('build-system', 'backend-path', index)
      if (typeof path !== 'string') yield finding(here, `backend-path contains ${kindOf(path)}, not a string.`)
      else if (leaves(path)) yield finding(here, `backend-path ${quote(path)} leaves the source tree.`)
      else if (top !== undefined) {
        const parts = path.split('/').filter(part => part !== '' && part !== '.')
        const inside = `${[top, ...parts].join('/')}/`
        if (!isAbove(inside)) yield finding(here, `backend-path ${quote(path)} is not in ${placeOfFiles(sdist)}.`)
      }
    }
    const backend = pyproject.get('build-system', 'build-backend')
    if (typeof backend !== 'string') yield finding(at, 'backend-path is set, but build-backend is not.')
    else if (top !== undefined && sdist.tree?.isWhole !== false && !isBelow(sdist, paths, backend))
      yield finding(
        pyproject.place('build-system', 'build-backend'),
        `The build backend ${quote(backend)} is not in ${paths.length > 1 ? 'a folder' : 'the folder'} of backend-path, the only place where pip looks for it.`,
        // uv adds the folders to the path of Python, and finds an installed backend as well.
        {
          enforcedBy: ['pip'],
          help: 'Remove `backend-path` if the backend comes from `requires`; else set it to the folder that contains the backend.',
        },
      )
  },
})

/** May the module be in one of the folders? Without a doubt only where its file, or the folder of a part of it, is not there. */
function isBelow({ members, top }: Sdist, paths: readonly TomlValue[], backend: string): boolean {
  const module = /^\s*(\w+(?:\.\w+)*)\s*(?::|$)/.exec(backend)?.[1]
  if (module === undefined) return true
  const files = members.list.map(({ path }) => path.replace(/^\.\//, ''))
  return paths.some(path => {
    if (typeof path !== 'string' || leaves(path)) return true
    const folder = [top, ...path.split('/').filter(part => part !== '' && part !== '.')].join('/')
    if (!files.some(file => file.startsWith(`${folder}/`))) return true
    const start = `${folder}/${module.replaceAll('.', '/')}`
    return files.some(file => file.startsWith(`${start}.`) || file.startsWith(`${start}/`))
  })
}

function leaves(path: string): boolean {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return true
  let depth = 0
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') depth--
    else if (part !== '' && part !== '.') depth++
    if (depth < 0) return true
  }
  return false
}
