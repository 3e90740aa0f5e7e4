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
  summary: '`build-system.backend-path` is not a directory in the sdist.',
  why: 'The backend cannot be imported, so the build fails; installers reject a path outside the source tree.',
  fix: 'List directories that are in the sdist, relative to pyproject.toml.',
  byHand: 'Only a person knows where the backend is.',
  absence: 'member',
  bad: {
    sdist: {
      pyproject: '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["_build"]\n',
    },
  },
  good: {
    sdist: {
      pyproject: '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["_build"]\n',
      files: { '{top}/_build/backend.py': '"""Builds."""\n' },
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
  },
})

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
