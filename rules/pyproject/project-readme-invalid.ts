import { finding, quote, rule } from '../../src/rule.js'
import { contentTypeOfFile } from '../../src/standards/content-type.js'
import { nearest } from '../../src/text/nearest.js'
import { isTable, unlessStops } from '../../src/views/pyproject.js'
import { renaming, safely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'

const KEYS = ['file', 'text', 'content-type', 'charset']

export default rule({
  id: 'project-readme-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "readme"',
  url: pyprojectToml('readme'),
  summary: 'The table `project.readme` is malformed.',
  why: 'Build backends reject it.',
  breaks: BUILD_STOPS,
  fix: 'Set `content-type` and either `file` or `text`, or write the path as a string.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nreadme = { file = "README.md" }\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.readme]\n',
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nreadme = { file = "README.md", content-type = "text/markdown" }\n',
    },
  },
  *check({ pyproject }) {
    const readme = pyproject?.get('project', 'readme')
    if (!pyproject || !isTable(readme)) return
    const at = pyproject.place('project', 'readme')
    const more = unlessStops(pyproject, ['maturin'])
    const given = ['file', 'text'].filter(key => Object.hasOwn(readme, key))
    const has = (key: string) => Object.hasOwn(readme, key)
    const unknown = Object.keys(readme).filter(key => !KEYS.includes(key))
    const meantBy = (key: string) => {
      const meant = /^(?:path|filename)$/.test(key) ? 'file' : nearest(key, KEYS)
      return meant !== undefined && !has(meant) ? meant : undefined
    }
    const isMeant = (...keys: readonly string[]) => unknown.some(key => keys.includes(meantBy(key) ?? ''))
    if (given.length === 0 && !isMeant('file', 'text'))
      yield finding(
        pyproject.place('project', 'readme', 'file'),
        'project.readme contains neither `file` nor `text`.',
        more,
      )
    if (given.length === 2)
      yield finding(
        at,
        'project.readme contains both `file` and `text`; only one of them is allowed.',
        unlessStops(pyproject, ['setuptools', 'uv-build', 'maturin']),
      )
    for (const key of given)
      if (typeof readme[key] !== 'string')
        yield finding(pyproject.place('project', 'readme', key), `project.readme.${key} is not a string.`)
    if (readme['content-type'] === undefined && !isMeant('content-type'))
      yield finding(
        pyproject.place('project', 'readme', 'content-type'),
        'project.readme does not contain `content-type`.',
        {
          ...more,
          // The end of a file's name says its type, as a string alone.
          remedy:
            typeof readme.file === 'string' && Object.keys(readme).length === 1 && contentTypeOfFile(readme.file)
              ? safely({ kind: 'set', key: 'project.readme', was: JSON.stringify(readme), value: readme.file })
              : undefined,
        },
      )
    for (const key of unknown) {
      const meant = meantBy(key)
      yield finding(
        pyproject.keyPlace('project', 'readme', key),
        `${quote(key)} is not a valid key in project.readme.${meant === undefined ? '' : ` Did you mean ${quote(meant)}?`}`,
        meant === undefined
          ? unlessStops(pyproject, ['setuptools', 'hatchling', 'uv-build', 'maturin'])
          : {
              ...more,
              help: `Rename the key to \`${meant}\`.`,
              remedy: renaming(['project', 'readme', key], meant),
            },
      )
    }
  },
})
