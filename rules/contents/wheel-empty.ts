import type { Wheel } from '../../src/distribution/distribution.js'
import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { applicable } from '../../src/views/applicable.js'
import type { Dependency } from '../../src/views/dependencies.js'
import { installed } from '../../src/views/install-tree.js'
import { plural } from '../../src/wording.js'
import { setting } from '../shared/advice.js'

export default rule({
  id: 'wheel-empty',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'The wheel does not install anything.',
  why: 'Nothing can be imported or run. Usually the build backend did not find the package.',
  breaks: 'The command fails with ModuleNotFoundError before any code of the project runs.',
  fix: project =>
    `Configure the build backend to find the package (${setting(project, 'packages')}). If this is a metapackage, pin the projects it consists of, so that distaudit recognizes it.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  precision: 'high',
  absence: 'content',
  explains: ['sources'],
  follows: ['packages'],
  bad: [
    { wheel: { files: { 'demo/__init__.py': null } } },
    { wheel: { files: { 'demo/__init__.py': null }, metadata: { 'Requires-Dist': 'numpy' } } },
    { wheel: { files: { 'demo/__init__.py': null, '{data}/data/demo/__init__.py': 'x = 1\n' } } },
    {
      wheel: {
        files: { 'demo/__init__.py': null, 'demo/cli.py': null },
        entryPoints: '[console_scripts]\ndemo = demo:main\n',
      },
    },
  ],
  good: [
    { wheel: { files: { 'demo/__init__.py': null }, metadata: { 'Requires-Dist': 'demo-core==1.0' } } },
    { wheel: { files: { 'demo/__init__.py': null }, metadata: { 'Requires-Dist': ['demo-core', 'demo-web>=2'] } } },
    { wheel: { files: { 'demo/__init__.py': null }, metadata: { 'Requires-Dist': 'pydemo2>=1' } } },
    {
      wheel: {
        files: { 'demo/__init__.py': null },
        metadata: { 'Provides-Extra': 'yaml', 'Requires-Dist': ['pydemo2>=1', 'pyyaml; extra == "yaml"'] },
      },
    },
    { wheel: { files: { 'demo/__init__.py': null }, metadata: { Summary: 'An empty package that demo 2 requires.' } } },
    {
      wheel: {
        files: { 'demo/__init__.py': null, 'demo/cli.py': null },
        metadata: { 'Requires-Dist': 'demo-slim==1.0' },
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
      },
    },
  ],
  *check(wheel) {
    if (wheel.archive.members.length === 0 || installed(wheel).length > 0) return
    if (wheel.members.files.some(({ path }) => /^[^/]+\.data\//.test(path))) {
      yield* onlyInPrefix(wheel)
      return
    }
    const needed = applicable(wheel).hard
    if (needed.some(one => isPart(one, wheel.project))) return
    if (isAlias(needed, wheel.project) || saysSo(wheel)) return
    const command = wheel.entryPoints?.entries.find(isCommand)
    const required = needed.length
    const others = required > 0 ? `, and requires ${plural(required, 'other project')}` : ''
    yield command && required === 0
      ? finding(
          command.targetPlace,
          `The wheel contains only metadata, so the command ${quote(command.name)} cannot start.`,
          { severity: 'error' },
        )
      : finding(undefined, `The wheel contains only metadata${others}.`)
  },
})

/** A package that lies directly in the prefix of the environment, where Python does not look. */
function* onlyInPrefix({ members }: Wheel) {
  const first = members.files.find(({ path }) => /^[^/]+\.data\/data\/[A-Za-z_]\w*\/__init__\.py$/.test(path))
  const isElsewhere = members.files.some(({ path }) => /^[^/]+\.data\/(?!data\/|headers\/)/.test(path))
  const [, name = ''] = /\/data\/(\w+)\//.exec(first?.path ?? '') ?? []
  if (first && !isElsewhere)
    yield finding(
      { member: first.path },
      `Nothing of the wheel can be imported: the package ${quote(name)} is in ${quote(`${first.path.split('/', 1)[0]}/data/`)}, whose files go next to bin and lib.`,
      { severity: 'error' },
    )
}

/** Does the project only lead to another of a similar name: `pypiwin32` to `pywin32`? */
function isAlias(needed: readonly Dependency[], project = ''): boolean {
  const [one, ...others] = needed
  if (!one || others.length > 0 || one.name === project) return false
  const plain = (name: string) => name.replaceAll('-', '')
  const [a, b] = [plain(project), plain(one.name)]
  const most = Math.max(LEAST_SHARED, Math.ceil(Math.min(a.length, b.length) / 2))
  for (let at = 0; at + most <= a.length; at++) if (b.includes(a.slice(at, at + most))) return true
  return false
}

/** Characters that two names share. */
const LEAST_SHARED = 4

/** Words with which projects describe a wheel that is empty on purpose, in its summary or a short description. */
const EMPTY =
  /\b(?:empty|dummy|virtual|transitional|placeholder) (?:python )?(?:package|project|distribution|wheel|release)\b|\bmeta[- ]?(?:package|distribution)\b|\b(?:renamed|moved) to\b/i
const LONGEST = 2000

function saysSo({ metadata }: Wheel): boolean {
  const summary = metadata?.first('Summary')?.value ?? ''
  const text = metadata?.description?.text ?? ''
  return EMPTY.test(summary) || (text.length <= LONGEST && EMPTY.test(text.replace(/\s+/g, ' ')))
}

/** Is it part of a metapackage: pinned to one version, or with the same first word in its name? */
const isPart = ({ name, requirement }: Dependency, project = '') =>
  requirement.specifier.clauses.some(({ operator }) => /^={2,3}$/.test(operator)) ||
  (name !== project && name.split('-', 1)[0] === project.split('-', 1)[0])
