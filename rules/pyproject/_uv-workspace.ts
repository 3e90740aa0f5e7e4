import { textAt } from '../../src/project/document.js'
/** A workspace of uv, and the projects in it. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { nearest } from '../../src/text/nearest.js'
import { entries, isTable, texts } from '../../src/views/pyproject.js'
import { tomlFile } from '../../src/views/toml-file.js'
import { hinter } from '../shared/hints.js'

interface Member {
  readonly folder: string
  /** The pattern that names it. */
  readonly index: number
  readonly project: Pyproject | undefined
}

const TABLE = ['tool', 'uv', 'workspace'] as const
const STOPS = '`uv sync` and `uv build` fail'

/** Whatever makes uv refuse the whole workspace, as far as the files of its root tell. */
export function* workspaceProblems(pyproject: Pyproject, sdist: Sdist): Iterable<Draft> {
  if (!sdist.tree || sdist.tree.hasPkgInfo || !sdist.tree.isWhole || !isTable(pyproject.get(...TABLE))) return
  const members = membersOf(pyproject, sdist)
  if (!members) return
  const own = pyproject.get('project', 'name')
  const names = new Map<string, string>(typeof own === 'string' ? [[canonicalName(own), 'pyproject.toml']] : [])
  let isKnown = true
  const told = new Set<number>()
  for (const { folder, index, project } of members) {
    const at = pyproject.place(...TABLE, 'members', index)
    if (!project) {
      isKnown = false
      // A pattern for every folder below matches many.
      if (!told.has(index) && !sdist.members.get(`${sdist.top}/${folder}/pyproject.toml`))
        yield finding(at, `The member ${quote(folder)} of the workspace has no pyproject.toml: ${STOPS}.`, {
          help: `Add the file, or list ${quote(folder)} under \`exclude\` in \`[tool.uv.workspace]\`.`,
        })
      told.add(index)
      continue
    }
    if (project.get(...TABLE) !== undefined)
      yield finding(
        at,
        `The member ${quote(folder)} has a [tool.uv.workspace] of its own, which uv does not support.`,
        {
          help: `Remove that table, or list ${quote(folder)} under \`exclude\`.`,
        },
      )
    const name = project.get('project', 'name')
    if (typeof name !== 'string') {
      isKnown = false
      continue
    }
    const other = names.get(canonicalName(name))
    if (other !== undefined)
      yield finding(at, `The members ${quote(other)} and ${quote(folder)} are both named ${quote(name)}: ${STOPS}.`, {
        help: 'Rename one of the two projects.',
      })
    names.set(canonicalName(name), folder)
  }
  if (isKnown) yield* sources(pyproject, names)
}

/** What the root takes from its workspace. */
function* sources(pyproject: Pyproject, names: ReadonlyMap<string, string>): Iterable<Draft> {
  const hint = hinter(() => names.keys())
  const written = entries(pyproject.get('tool', 'uv', 'sources'))
  for (const [name, value] of written)
    if (isTable(value) && value.workspace === true && !names.has(canonicalName(name)))
      yield finding(
        pyproject.keyPlace('tool', 'uv', 'sources', name),
        `The workspace is the source of ${quote(name)}, which is not one of its members: ${STOPS}.${hint(name)}`,
        {
          help: `Correct the name, or add the folder of ${quote(name)} to \`members\` in \`[tool.uv.workspace]\`.`,
          follows: ['workspace members'],
        },
      )
  // A misspelled name is a source of the member that is meant.
  const known = new Set(written.flatMap(([name]) => [name, nearest(name, names.keys()) ?? name].map(canonicalName)))
  const own = canonicalName(textAt(pyproject, 'project', 'name') ?? '')
  for (const [index, text] of texts(pyproject.get('project', 'dependencies'))) {
    const name = attempt(parseRequirement, text)?.name
    if (name === undefined || canonicalName(name) === own) continue
    if (!names.has(canonicalName(name)) || known.has(canonicalName(name))) continue
    yield finding(
      pyproject.place('project', 'dependencies', index),
      `${quote(name)} is a member of the workspace, but [tool.uv.sources] does not take it from there: ${STOPS}.`,
      { help: `Add \`${name} = { workspace = true }\` to \`[tool.uv.sources]\`.` },
    )
  }
}

/** Undefined where a pattern cannot be followed. */
function membersOf(pyproject: Pyproject, sdist: Sdist): readonly Member[] | undefined {
  const budget = globBudget()
  const plain = (text: string) => text.replace(/^\.\//, '').replace(/\/$/, '')
  const patterns = texts(pyproject.get(...TABLE, 'members')).map(([index, text]) => ({ index, text: plain(text) }))
  const excluded = texts(pyproject.get(...TABLE, 'exclude')).map(([, text]) => plain(text))
  if ([...patterns.map(({ text }) => text), ...excluded].some(text => globProblem(text) !== undefined)) return undefined
  const matcher = (text: string) => {
    const matches = globMatcher(text, budget)
    // Two asterisks at the end stand for what is in the folder, not for the folder.
    return (folder: string) => text !== `${folder}/**` && matches(folder)
  }
  const matchers = patterns.map(({ index, text }) => ({ index, matches: matcher(text) }))
  const isExcluded = excluded.map(matcher)
  const found: Member[] = []
  for (const folder of foldersOf(sdist)) {
    const by = matchers.find(({ matches }) => matches(folder))
    if (!by || isExcluded.some(matches => matches(folder))) continue
    const project = tomlFile(sdist, `${folder}/pyproject.toml`)
    if (project?.get('tool', 'uv', 'managed') !== false) found.push({ folder, index: by.index, project })
  }
  return budget.left < 0 ? undefined : found
}

/** Folders that are not hidden, below the root. */
function foldersOf({ members, top }: Sdist): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { path } of members.files) {
    const below = path.slice(`${top}/`.length)
    for (let end = below.lastIndexOf('/'); end > 0; end = below.lastIndexOf('/', end - 1)) {
      const folder = below.slice(0, end)
      if (found.has(folder)) break
      if (!/(?:^|\/)[._]/.test(folder)) found.add(folder)
    }
  }
  return found
}
