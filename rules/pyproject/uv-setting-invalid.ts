import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import type { Draft } from '../../src/finding.js'
import { oncePer } from '../../src/once.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseMarker } from '../../src/standards/marker.js'
import { canonicalName } from '../../src/standards/name.js'
import { didYouMean, nearest } from '../../src/text/nearest.js'
import { entries, isList, isTable, kindOf, namesIn, texts } from '../../src/views/pyproject.js'
import { list, someQuoted } from '../../src/wording.js'
import { hinter } from '../shared/hints.js'
import { renaming } from '../shared/remedies.js'
import { familyOf } from './_backend-tables.js'
import { builtWith, DEMO } from './_backends.js'
import { workspaceProblems } from './_uv-workspace.js'

const words = (text: string): readonly string[] => text.split(' ')

/** Keys of `[tool.uv]` that uv reads with the project: it stops at another type. */
const OF_PROJECT: ReadonlyMap<string, string> = new Map([
  ['package', 'a boolean'],
  ['managed', 'a boolean'],
  ...words('dev-dependencies constraint-dependencies override-dependencies conflicts index').map(
    (key): readonly [string, string] => [key, 'an array'],
  ),
  ...words('sources workspace dependency-groups build-backend').map((key): readonly [string, string] => [
    key,
    'a table',
  ]),
])

/** The others, which it leaves out, all of them, where one is wrong. */
const OF_SETTINGS: ReadonlyMap<string, string> = new Map([
  ...words(
    'offline no-cache preview no-index native-tls system-certs compile-bytecode no-build no-binary no-sources upgrade reinstall no-build-isolation',
  ).map((key): readonly [string, string] => [key, 'a boolean']),
  ...words('index-url publish-url check-url cache-dir required-version index-strategy resolution').map(
    (key): readonly [string, string] => [key, 'a string'],
  ),
  ...words(
    'extra-index-url find-links allow-insecure-host cache-keys upgrade-package reinstall-package no-build-package no-binary-package no-sources-package no-build-isolation-package',
  ).map((key): readonly [string, string] => [key, 'an array']),
  ['pip', 'a table'],
])

/** Keys of uv 0.13.9, those above apart. */
const OTHERS = words(
  'preview-features python-preference python-downloads concurrent-downloads concurrent-builds concurrent-installs keyring-provider http-proxy https-proxy no-proxy prerelease prerelease-package fork-strategy dependency-metadata config-settings config-settings-package require-build-hashes extra-build-dependencies extra-build-variables exclude-newer exclude-newer-package link-mode torch-backend python-install-mirror pypy-install-mirror graalpy-install-mirror pyodide-install-mirror python-downloads-json-url trusted-publishing add-bounds audit exclude-dependencies build-constraint-dependencies environments required-environments minimum-libc-version default-groups',
)
const KEYS: readonly string[] = [...OF_PROJECT.keys(), ...OF_SETTINGS.keys(), ...OTHERS]
const OF_PIP = words(
  'python system break-system-packages target prefix index-url extra-index-url no-index find-links index-strategy keyring-provider no-build no-binary only-binary no-build-isolation require-build-hashes no-build-isolation-package extra-build-dependencies extra-build-variables strict extra all-extras no-extra no-deps group allow-empty-requirements resolution prerelease fork-strategy dependency-metadata output-file no-strip-extras no-strip-markers no-annotate no-header custom-compile-command generate-hashes config-settings config-settings-package python-version python-platform universal exclude-newer exclude-newer-package no-emit-package emit-index-url emit-find-links emit-build-options emit-marker-expression emit-index-annotation annotation-style link-mode compile-bytecode require-hashes verify-hashes no-sources no-sources-package upgrade upgrade-package reinstall reinstall-package torch-backend',
)

/** Settings with a few words as values. */
const CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['index-strategy', words('first-index unsafe-any-match unsafe-first-match unsafe-best-match')],
  ['resolution', words('highest lowest lowest-direct')],
  ['python-preference', words('only-managed managed system only-system')],
  ['python-downloads', words('auto automatic manual never')],
  ['link-mode', words('clone reflink copy hardlink symlink')],
  ['keyring-provider', words('disabled subprocess')],
  ['fork-strategy', words('fewest requires-python')],
  ['trusted-publishing', words('automatic always never')],
  ['add-bounds', words('lower major minor exact')],
])

/** What a source is, and what goes with it. */
const KINDS = ['git', 'url', 'path', 'index', 'workspace']
const SOURCE_KEYS = [
  ...KINDS,
  ...['subdirectory', 'rev', 'tag', 'branch', 'lfs', 'editable', 'package', 'marker', 'extra', 'group'],
]
/** `` `git`, `url` or `path` `` */
const either = (keys: readonly string[]): string =>
  `${keys
    .slice(0, -1)
    .map(key => `\`${key}\``)
    .join(', ')} or \`${keys.at(-1)}\``
const REVISIONS = ['rev', 'tag', 'branch']
/** Keys that do not go with a kind of source. */
const FOREIGN: ReadonlyMap<string, readonly string[]> = new Map([
  ['git', ['editable', 'url', 'path', 'index', 'workspace']],
  ['url', [...REVISIONS, 'editable', 'path', 'index', 'workspace']],
  ['path', [...REVISIONS, 'index', 'workspace']],
  ['index', [...REVISIONS, 'editable', 'workspace']],
  ['workspace', REVISIONS],
])

const project = (lines: string) => `${builtWith('hatchling', DEMO, 'dependencies = ["attrs>=23"]')}\n${lines}\n`

export default rule({
  id: 'uv-setting-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['source-tree'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'uv documentation, "Settings"',
  url: 'https://docs.astral.sh/uv/reference/settings/',
  summary: '`[tool.uv]` contains a value that uv cannot read.',
  why: '`uv sync`, `uv lock` and `uv pip install .` stop with an error, or warn and leave out the index, the resolution and all other settings of the file. Other frontends do not read the table.',
  fix: 'Correct the value.',
  byHand: 'Only a person knows which source is meant.',
  bad: [
    { tree: { pyproject: project('[tool.uv]\npackage = "true"') } },
    {
      tree: {
        pyproject: `[project]\nname = "demo"\nversion = "1.0"\ndependencies = ["demo-core", "demo-app"]\n\n[tool.uv.sources]\ndemo-cores = { workspace = true }\n\n[tool.uv.workspace]\nmembers = ["packages/*"]\n`,
        files: {
          'packages/core/pyproject.toml': '[project]\nname = "demo-core"\nversion = "1.0"\n',
          'packages/app/pyproject.toml': '[project]\nname = "demo-core"\nversion = "1.0"\n\n[tool.uv.workspace]\n',
        },
      },
    },
    {
      tree: {
        pyproject: '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
        files: { 'packages/notes/README.md': '# Notes\n' },
      },
    },
    {
      tree: {
        pyproject: project(
          '[tool.uv.sources]\nattrs = { git = "https://github.com/python-attrs/attrs", path = "../attrs" }',
        ),
      },
    },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = { gti = "https://github.com/python-attrs/attrs" }') } },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = "../attrs"') } },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = { editable = true }') } },
    { tree: { pyproject: project('[tool.uv]\nextra-index-url = "https://pypi.demo.dev/simple/"') } },
    { tree: { pyproject: project('[tool.uv]\ndefault_groups = ["test"]') } },
    { tree: { pyproject: project('[tool.uv]\ndefault-groups = ["tests"]\n\n[dependency-groups]\ntest = ["pytest"]') } },
    {
      tree: {
        pyproject: project(
          '[[tool.uv.index]]\nname = "demo"\nurl = "https://pypi.demo.dev/simple/"\nexplicit = "true"',
        ),
      },
    },
    { tree: { pyproject: project('[tool.uv]\ndefault-groups = ["dev"]') } },
    { tree: { pyproject: project('[tool.uv]\ntrusted-host = ["pypi.demo.dev"]') } },
    { tree: { pyproject: project('[tool.uv.workspace]\nmembers = "packages/*"') } },
    { tree: { pyproject: project('[tool.uv]\nresolution = "lowest_direct"') } },
    {
      tree: {
        pyproject: project(
          '[tool.uv.sources]\nattrs = { git = "https://github.com/python-attrs/attrs", tag = "25.4.0", branch = "main" }',
        ),
      },
    },
    {
      tree: {
        pyproject: project('[[tool.uv.index]]\nname = "internal index"\nurl = "https://pypi.demo.dev/simple/"'),
      },
    },
    {
      tree: {
        pyproject: project(
          '[[tool.uv.index]]\nurl = "https://pypi.demo.dev/simple/"\ndefault = true\n\n[[tool.uv.index]]\nurl = "https://test.demo.dev/simple/"\ndefault = true',
        ),
      },
    },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = { path = "attrs", editable = true, package = false }') } },
    { tree: { pyproject: project('[tool.uv.sources]\nattrs = { workspace = true }') } },
    { tree: { pyproject: project('[tool.uv]\nenvironments = ["platform == \'linux\'"]') } },
  ],
  good: [
    {
      tree: {
        pyproject: project(
          '[tool.uv]\npackage = true\npreview-features = true\n\n[tool.uv.sources]\nattrs = { git = "https://github.com/python-attrs/attrs", tag = "25.4.0" }',
        ),
      },
    },
    {
      tree: {
        pyproject:
          '[project]\nname = "demo"\nversion = "1.0"\ndependencies = ["demo-core"]\n\n[tool.uv]\npackage = false\n\n[tool.uv.sources]\ndemo-core = { workspace = true }\n\n[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/notes"]\n',
        files: {
          'packages/core/pyproject.toml': '[project]\nname = "demo-core"\nversion = "1.0"\n',
          'packages/notes/README.md': '# Notes\n',
        },
      },
    },
    {
      tree: {
        // uv leaves out what it does not manage, and `/**` is not the folder itself.
        pyproject: '[tool.uv.workspace]\nmembers = ["packages/**", "other"]\n',
        files: {
          'packages/core/pyproject.toml': '[project]\nname = "demo-core"\nversion = "1.0"\n',
          'other/pyproject.toml': '[project]\nname = "demo-core"\nversion = "2.0"\n\n[tool.uv]\nmanaged = false\n',
        },
      },
    },
  ],
  *check(sdist) {
    const { pyproject, tree } = sdist
    if (!pyproject || !isTable(pyproject.get('tool', 'uv'))) return
    for (const [key, type] of [...OF_PROJECT, ...OF_SETTINGS]) {
      const value = pyproject.get('tool', 'uv', key)
      if (value === undefined || kindOf(value) === type) continue
      const better =
        type === 'a boolean' && typeof value === 'string' && /^(?:true|false)$/i.test(value)
          ? value.toLowerCase()
          : type === 'an array' && typeof value === 'string'
            ? `[${JSON.stringify(value)}]`
            : undefined
      yield finding(
        pyproject.place('tool', 'uv', key),
        `tool.uv.${key} is ${kindOf(value)}; uv expects ${type}${OF_PROJECT.has(key) ? '' : LEFT_OUT}.`,
        {
          ...(!OF_PROJECT.has(key) && IGNORED),
          ...(better !== undefined && { help: `Write \`${key} = ${better}\`.` }),
        },
      )
    }
    yield* ofWords(pyproject)
    yield* ofMarkers(pyproject)
    yield* ofUnknown(pyproject)
    yield* ofGroups(pyproject)
    yield* ofIndexes(pyproject)
    yield* ofWorkspace(pyproject)
    // Below the top of a repository, a folder above may be the workspace, and an sdist was made in one.
    if (tree?.folder === '' && !tree.hasPkgInfo && !tree.isInWorkspace) yield* ofMembers(pyproject)
    yield* workspaceProblems(pyproject, sdist)
    for (const [name, value] of entries(pyproject.get('tool', 'uv', 'sources'))) {
      const path = ['tool', 'uv', 'sources', name]
      if (!isList(value)) yield* ofSource(pyproject, path, value)
      else for (const [index, one] of value.entries()) yield* ofSource(pyproject, [...path, index], one)
    }
  },
})

/** What uv does at a setting that it cannot read. */
const IGNORED = { severity: 'warning', enforcedBy: [] } as const
const LEFT_OUT = ', and ignores all settings of the file'

function* ofWords(pyproject: Pyproject): Iterable<Draft> {
  for (const [key, choices] of CHOICES) {
    const value = pyproject.get('tool', 'uv', key)
    if (typeof value !== 'string' || choices.includes(value)) continue
    yield finding(
      pyproject.place('tool', 'uv', key),
      `tool.uv.${key} is ${quote(value)}; uv expects ${either(choices)}${LEFT_OUT}.${didYouMean(value, choices)}`,
      IGNORED,
    )
  }
}

/** Environments that a lock file is for. */
function* ofMarkers(pyproject: Pyproject): Iterable<Draft> {
  for (const key of ['environments', 'required-environments']) {
    const value = pyproject.get('tool', 'uv', key)
    const markers = typeof value === 'string' ? [[undefined, value] as const] : texts(value)
    for (const [index, text] of markers)
      if (attempt(parseMarker, text) === undefined)
        yield finding(
          pyproject.place('tool', 'uv', key, ...(index === undefined ? [] : [index])),
          `tool.uv.${key} contains ${quote(text)}, which is not an environment marker: \`uv sync\` and \`uv lock\` fail.`,
          { help: "Write a marker such as `sys_platform == 'linux'`." },
        )
  }
}

/** Another key of the table is the first thing that uv stops at when it reads its settings. */
function* ofUnknown(pyproject: Pyproject): Iterable<Draft> {
  for (const [path, known] of [
    [['tool', 'uv'], KEYS],
    [['tool', 'uv', 'pip'], OF_PIP],
  ] as const) {
    const hint = hinter(() => known)
    for (const [key, value] of entries(pyproject.get(...path))) {
      if (known.includes(key)) continue
      const written = key === 'build' && isTable(value) ? 'build-backend' : key
      const meant = nearest(written, known)
      // That is said of the backend.
      if (written === key && meant === 'build-backend' && isTable(value) && familyOf(pyproject) === 'uv-build') continue
      yield finding(
        pyproject.keyPlace(...path, key),
        `uv 0.13 does not know the key ${quote(key)} in [${path.join('.')}]${LEFT_OUT}.${hint(written)}`,
        {
          ...IGNORED,
          help: meant === undefined ? 'Remove the key.' : `Rename the key to \`${meant}\`.`,
          remedy: meant === undefined ? undefined : renaming([...path, key], meant),
        },
      )
    }
  }
}

/** Groups that are installed by default, and those with settings. */
function* ofGroups(pyproject: Pyproject): Iterable<Draft> {
  const chosen = pyproject.get('tool', 'uv', 'default-groups')
  if (chosen !== undefined && chosen !== 'all' && !isList(chosen))
    yield finding(
      pyproject.place('tool', 'uv', 'default-groups'),
      `tool.uv.default-groups is ${typeof chosen === 'string' ? quote(chosen) : kindOf(chosen)}; uv expects "all" or an array of groups.`,
      typeof chosen === 'string' ? { help: `Write \`default-groups = [${JSON.stringify(chosen)}]\`.` } : undefined,
    )
  const groups = entries(pyproject.get('dependency-groups')).map(([name]) => name)
  const known = new Set(groups.map(canonicalName))
  if (pyproject.get('tool', 'uv', 'dev-dependencies') !== undefined) known.add('dev')
  const hint = hinter(() => groups)
  const named = [
    ...texts(chosen).map(([index, name]) => ({ name, path: ['default-groups', index] as const })),
    ...entries(pyproject.get('tool', 'uv', 'dependency-groups')).map(([name]) => ({
      name,
      path: ['dependency-groups', name] as const,
    })),
  ]
  for (const { name, path } of named) {
    if (known.has(canonicalName(name))) continue
    const at =
      typeof path[1] === 'number' ? pyproject.place('tool', 'uv', ...path) : pyproject.keyPlace('tool', 'uv', ...path)
    yield finding(
      at,
      `tool.uv.${path[0]} names the dependency group ${quote(name)}, which [dependency-groups] does not contain: \`uv sync\` fails.${hint(name)}`,
      { help: 'Correct the name, or add the group to `[dependency-groups]`.' },
    )
  }
}

function* ofIndexes(pyproject: Pyproject): Iterable<Draft> {
  const indexes = pyproject.get('tool', 'uv', 'index')
  const names = new Set<string>()
  let hasDefault = false
  for (const [number, index] of isList(indexes) ? indexes.entries() : []) {
    const path = ['tool', 'uv', 'index', number] as const
    if (!isTable(index)) {
      yield finding(pyproject.place(...path), `An index of uv is ${kindOf(index)}; uv expects a table with \`url\`.`, {
        ...(typeof index === 'string' && { help: `Write \`{ url = ${JSON.stringify(index)} }\`.` }),
      })
      continue
    }
    for (const key of ['explicit', 'default']) {
      const value = index[key]
      if (value === undefined || typeof value === 'boolean') continue
      const meant = typeof value === 'string' && /^(?:true|false)$/i.test(value) ? value.toLowerCase() : undefined
      yield finding(
        pyproject.place(...path, key),
        `\`${key}\` of an index is ${kindOf(value)}; uv expects a boolean.`,
        {
          ...(meant !== undefined && { help: `Write \`${key} = ${meant}\`.` }),
        },
      )
    }
    const name = typeof index.name === 'string' ? index.name : undefined
    if (name !== undefined && !/^[\w.-]+$/.test(name))
      yield finding(
        pyproject.place(...path, 'name'),
        `${quote(name)} is not a name that uv takes for an index: expected letters, digits, \`-\`, \`_\` and \`.\`.`,
        { help: `Write \`name = "${name.replace(/[^\w.-]+/g, '-')}"\`.` },
      )
    if (index.url === undefined) {
      const other = Object.keys(index).find(
        key =>
          !OF_INDEX.includes(key) &&
          typeof index[key] === 'string' &&
          /^(?:uri|link|href|index|index-url)$|^u.?.?l$/i.test(key),
      )
      yield finding(
        other === undefined ? pyproject.keyPlace(...path) : pyproject.keyPlace(...path, other),
        `The index ${name === undefined ? `number ${number + 1}` : quote(name)} of uv has no \`url\`.`,
        other === undefined
          ? { help: 'Add `url` with the address of the index.' }
          : { help: `Rename \`${other}\` to \`url\`.`, remedy: renaming([...path, other], 'url') },
      )
    }
    if (index.default === true) {
      if (hasDefault)
        yield finding(
          pyproject.keyPlace(...path, 'default'),
          'Two indexes of uv have `default = true`; uv accepts only one of them.',
          { help: 'Remove `default` from one of them.' },
        )
      hasDefault = true
    }
    if (name !== undefined && names.has(name))
      yield finding(pyproject.place(...path, 'name'), `Two indexes of uv have the name ${quote(name)}.`, {
        help: 'Rename or remove one of them.',
      })
    if (name !== undefined) names.add(name)
  }
}

const OF_INDEX = words('name url explicit default format publish-url authenticate ignore-error-codes cache-control')

function* ofWorkspace(pyproject: Pyproject): Iterable<Draft> {
  const path = ['tool', 'uv', 'workspace'] as const
  for (const [key, value] of entries(pyproject.get(...path))) {
    if (key !== 'members' && key !== 'exclude') {
      const meant =
        nearest(key, ['members', 'exclude']) ?? (/^(?:packages|projects)$/.test(key) ? 'members' : undefined)
      yield finding(
        pyproject.keyPlace(...path, key),
        `uv rejects the key ${quote(key)} in [tool.uv.workspace], which has only \`members\` and \`exclude\`.`,
        meant === undefined
          ? { help: 'Remove the key.' }
          : { help: `Rename the key to \`${meant}\`.`, remedy: renaming([...path, key], meant) },
      )
    } else if (!isList(value))
      yield finding(
        pyproject.place(...path, key),
        `tool.uv.workspace.${key} is ${kindOf(value)}; uv expects an array.`,
        {
          ...(typeof value === 'string' && { help: `Write \`${key} = [${JSON.stringify(value)}]\`.` }),
        },
      )
  }
  const conflicts = pyproject.get('tool', 'uv', 'conflicts')
  if (!isList(conflicts)) return
  const wrong = conflicts.findIndex(one => !isList(one) || one.length < 2)
  if (wrong >= 0)
    yield finding(
      pyproject.place('tool', 'uv', 'conflicts', wrong),
      'tool.uv.conflicts contains an item that is not an array of two or more tables.',
      { help: 'Write `conflicts = [[{ extra = "a" }, { extra = "b" }]]`.' },
    )
}

/** Sources that are members of a workspace, where there is none. */
function* ofMembers(pyproject: Pyproject): Iterable<Draft> {
  if (pyproject.get('tool', 'uv', 'workspace') !== undefined) return
  const members = entries(pyproject.get('tool', 'uv', 'sources')).flatMap(([name, value]) =>
    isTable(value) && value.workspace === true ? [name] : [],
  )
  const [first] = members
  if (first === undefined) return
  const names = someQuoted(members, 3)
  yield finding(
    pyproject.keyPlace('tool', 'uv', 'sources', first, 'workspace'),
    `A workspace is the source of ${names}, but pyproject.toml has no [tool.uv.workspace]: \`uv sync\` fails, unless a folder above has one.`,
    {
      ...IGNORED,
      help: `Add \`[tool.uv.workspace]\` with \`members\` that contain ${names}, or name a \`path\` or an \`index\` instead.`,
    },
  )
}

const MOST_INDEXES = 50

const indexNames = oncePer((pyproject: Pyproject) => new Set(namesIn(pyproject.get('tool', 'uv', 'index'))))

function* ofSource(pyproject: Pyproject, path: readonly (string | number)[], value: TomlValue): Iterable<Draft> {
  const name = quote(String(path[3]))
  if (!isTable(value)) {
    const text = typeof value === 'string' ? value : ''
    const key = /^(?:git\+|https?:.*\.git$)/.test(text) ? 'git' : /^https?:/.test(text) ? 'url' : 'path'
    yield finding(pyproject.place(...path), `The source of ${name} is ${kindOf(value)}; uv expects a table.`, {
      ...(text !== '' && {
        help: `Write \`${path[3]} = { ${key} = ${JSON.stringify(text.replace(/^git\+/, ''))} }\`.`,
      }),
    })
    return
  }
  const keys = Object.keys(value)
  const hint = hinter(() => SOURCE_KEYS)
  const unknown = keys.filter(key => !SOURCE_KEYS.includes(key))
  for (const key of unknown)
    yield finding(
      pyproject.keyPlace(...path, key),
      `The source of ${name} has the key ${quote(key)}, which uv does not know.${hint(key)}`,
      {
        help: `Correct the key, or remove it. A source has one of ${either(KINDS)}.`,
      },
    )
  if (unknown.length > 0) return
  if (!keys.some(key => KINDS.includes(key)))
    yield finding(pyproject.place(...path), `The source of ${name} does not say where it is.`, {
      help: `Add ${either(KINDS)}.`,
    })
  const kind = KINDS.find(key => keys.includes(key))
  const foreign = kind === undefined ? undefined : FOREIGN.get(kind)?.find(key => keys.includes(key))
  if (foreign !== undefined) {
    yield finding(
      pyproject.keyPlace(...path, foreign),
      `The source of ${name} has both \`${kind}\` and \`${foreign}\`, which uv rejects.`,
      {
        help: `Remove one of them.${foreign === 'editable' ? ' Only a `path` or a member of the workspace can be editable.' : ''}`,
      },
    )
    return
  }
  if (value.editable === true && value.package === false)
    yield finding(
      pyproject.keyPlace(...path, 'package'),
      `The source of ${name} has both \`editable = true\` and \`package = false\`, which uv rejects.`,
      { help: 'Remove one of them. What is not built as a package cannot be editable.' },
    )
  if (typeof value.workspace === 'string' && /^(?:true|false)$/i.test(value.workspace))
    yield finding(
      pyproject.place(...path, 'workspace'),
      `\`workspace\` of the source of ${name} is a string, which uv takes for the path of a workspace.`,
      {
        help: 'Write `workspace = true`.',
      },
    )
  const known = indexNames(pyproject)
  // To look for near ones among very many takes long.
  const meant =
    typeof value.index === 'string' && known.size <= MOST_INDEXES && !known.has(value.index)
      ? nearest(value.index, known)
      : undefined
  if (meant !== undefined)
    yield finding(
      pyproject.place(...path, 'index'),
      `The source of ${name} names the index ${quote(String(value.index))}, which [[tool.uv.index]] does not contain. Did you mean ${quote(meant)}?`,
      { help: `Write \`index = ${JSON.stringify(meant)}\`.` },
    )
  const revisions = keys.filter(key => REVISIONS.includes(key))
  if (revisions.length > 1)
    yield finding(
      pyproject.keyPlace(...path, revisions[1] ?? ''),
      `The source of ${name} has ${list(revisions.map(key => `\`${key}\``))}; uv accepts only one of them.`,
      { help: 'Keep one of them.' },
    )
}
