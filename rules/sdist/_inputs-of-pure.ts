/** Backends that look for packages and run no compiler: what their tables refer to. */

import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import { nearest } from '../../src/text/nearest.js'
import { entries, isList, isTable, texts } from '../../src/views/pyproject.js'
import { flitPath } from './_code.js'
import { isNamed, isPart, type MissingInput, moduleName, namingPackage, type Say } from './_missing-input.js'
import { sourceTree, treePath } from './_tree.js'

export function* ofHatch(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  // Its keys replace those in pyproject.toml.
  if (sourceTree(sdist).has('hatch.toml')) return
  const build = ['tool', 'hatch', 'build'] as const
  const wheel = [...build, 'targets', 'wheel'] as const
  const hooks = [build, wheel].flatMap(path =>
    entries(pyproject.get(...path, 'hooks')).map(([name, table]) => ({ path, name, table })),
  )
  for (const { path, name, table } of hooks)
    if (name === 'custom' && isTable(table) && table['enable-by-default'] !== false)
      yield* say(
        pyproject.place(...path, 'hooks', 'custom', ...(typeof table.path === 'string' ? ['path'] : [])),
        'The custom build hook of hatchling is',
        typeof table.path === 'string' ? table.path : 'hatch_build.py',
      )
  const metadata = pyproject.get('tool', 'hatch', 'metadata', 'hooks', 'custom')
  if (isTable(metadata))
    yield* say(
      pyproject.place(
        'tool',
        'hatch',
        'metadata',
        'hooks',
        'custom',
        ...(typeof metadata.path === 'string' ? ['path'] : []),
      ),
      'The custom metadata hook of hatchling is',
      typeof metadata.path === 'string' ? metadata.path : 'hatch_build.py',
    )
  const version = ['tool', 'hatch', 'version'] as const
  const source = pyproject.get(...version, 'path')
  const isRead = (pyproject.get(...version, 'source') ?? 'regex') === 'regex'
  // Of an sdist, it takes the version from PKG-INFO.
  if (typeof source === 'string' && isRead && sdist.tree?.hasPkgInfo === false && hooks.length === 0)
    if (texts(pyproject.get('project', 'dynamic')).some(([, key]) => key === 'version'))
      yield* say(pyproject.place(...version, 'path'), '`tool.hatch.version` names', source)
  // Hooks may create files, and decide what goes into the wheel.
  if (hooks.length > 0) return
  // An sdist is made of a source tree alone.
  for (const target of sdist.tree && !sdist.tree.hasPkgInfo ? ['sdist', 'wheel'] : ['wheel']) {
    const own = [...build, 'targets', target] as const
    const forced = pyproject.get(...own, 'force-include') === undefined ? build : own
    for (const [path] of entries(pyproject.get(...forced, 'force-include')))
      yield* say(pyproject.keyPlace(...forced, 'force-include', path), '`force-include` lists', path)
  }
  for (const key of ['shared-data', 'shared-scripts'])
    for (const [path] of entries(pyproject.get(...wheel, key)))
      yield* say(
        pyproject.keyPlace(...wheel, key, path),
        `\`${key}\` lists`,
        path,
        'hatchling builds a wheel without it',
      )
  const packages = texts(pyproject.get(...wheel, 'packages'))
  const listed = new Set(packages.map(([, path]) => path))
  for (const [index, path] of packages.filter(([, path]) => !isPart(sdist, path, listed)))
    yield* say(
      pyproject.place(...wheel, 'packages', index),
      '`packages` in the hatchling configuration lists',
      path,
      'hatchling builds a wheel without it',
    )
  const name = pyproject.get('project', 'name')
  const chooses = [build, wheel].some(path =>
    [
      'packages',
      'include',
      'only-include',
      'force-include',
      'artifacts',
      'sources',
      'bypass-selection',
      'only-packages',
    ].some(key => pyproject.get(...path, key) !== undefined),
  )
  if (chooses || typeof name !== 'string' || pyproject.get(...wheel, 'macos-max-compat') !== undefined) return
  for (const path of sourceTree(sdist).files) {
    const parts = path.split('/')
    const [file = '', folder = ''] = parts.reverse()
    if (parts.length === 1 && isNamed(file.replace(/\.py$/, ''), name)) return
    if (parts.length <= 3 && file === '__init__.py' && isNamed(folder, name)) return
  }
  yield {
    at: pyproject.place('project', 'name'),
    who: 'hatchling expects the package in',
    path: `${moduleName(name)}/__init__.py`,
    ...namingPackage(
      sdist,
      ({ path }) => `\`packages = ["${path}"]\` in \`[tool.hatch.build.targets.wheel]\``,
      moduleName(name),
    ),
  }
}

/** A key that names one file or folder. */
function* ofKey(
  pyproject: Pyproject,
  path: readonly string[],
  who: string,
  say: Say,
  instead?: string,
): Generator<MissingInput> {
  const text = pyproject.get(...path)
  if (typeof text === 'string') yield* say(pyproject.place(...path), who, text, instead)
}

export function* ofFlit(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const data = ['tool', 'flit', 'external-data', 'directory']
  yield* ofKey(pyproject, data, '`external-data` in the flit configuration names', say)
  const readme = ['tool', 'flit', 'metadata', 'description-file'] as const
  const description = pyproject.get(...readme)
  if (typeof description === 'string' && !isTable(pyproject.get('project')))
    yield* say(pyproject.place(...readme), '`description-file` names', description)
  const keys = [
    ['tool', 'flit', 'module', 'name'],
    ['tool', 'flit', 'metadata', 'module'],
    ['project', 'name'],
  ]
  const key = keys.find(path => typeof pyproject.get(...path) === 'string')
  const name = key && pyproject.get(...key)
  if (!key || typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return
  const path = flitPath(key, name)
  const { has, isFolder } = sourceTree(sdist)
  // Old versions of flit know no packages of stubs.
  if (
    [path, path.replace(/-stubs$/, '_stubs')].some(one =>
      [one, `src/${one}`].some(at => isFolder(at) || has(`${at}.py`)),
    )
  )
    return
  yield {
    at: pyproject.place(...key),
    who: 'flit expects the module in',
    path: `${path}/__init__.py${path.endsWith('-stubs') ? 'i' : ''}`,
    ...((key[0] === 'project' || key.at(-1) === 'name') &&
      namingPackage(sdist, ({ module }) => `\`name = "${module}"\` in \`[tool.flit.module]\``, path)),
  }
}

/** Hooks of the project or of plugins may set the version first. */
const hasPdmHooks = (pyproject: Pyproject, sdist: Sdist) =>
  sourceTree(sdist).has('pdm_build.py') ||
  pyproject.get('tool', 'pdm', 'build', 'custom-hook') !== undefined ||
  texts(pyproject.get('build-system', 'requires')).length !== 1

export function* ofPdm(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const version = ['tool', 'pdm', 'version'] as const
  const isDynamic = texts(pyproject.get('project', 'dynamic')).some(([, key]) => key === 'version')
  const path = pyproject.get(...version, 'path')
  if (isDynamic && pyproject.get(...version, 'source') === 'file' && typeof path === 'string')
    yield* say(pyproject.place(...version, 'path'), '`tool.pdm.version` names', path)
  // It writes the version into the pyproject.toml of each sdist that it makes itself.
  if (isDynamic && pyproject.get(...version, 'source') === 'scm' && !hasPdmHooks(pyproject, sdist))
    if (pyproject.get(...version, 'fallback_version') === undefined && !sourceTree(sdist).has('.hg'))
      yield* say(pyproject.place(...version, 'source'), 'pdm-backend takes the version from', '.git')
  // With `includes`, it does not look for packages in that folder.
  const folder = pyproject.get('tool', 'pdm', 'build', 'package-dir')
  if (typeof folder === 'string' && texts(pyproject.get('tool', 'pdm', 'build', 'includes')).length === 0)
    yield* say(pyproject.place('tool', 'pdm', 'build', 'package-dir'), '`package-dir` names', folder)
  const hook = ['tool', 'pdm', 'build', 'custom-hook']
  yield* ofKey(pyproject, hook, '`custom-hook` names', say, 'pdm-backend builds without the hook')
  // pdm-backend does not put these files into an sdist by itself.
  if (!sdist.tree) return
  const data = ['tool', 'pdm', 'build', 'wheel-data'] as const
  for (const [scheme, files] of entries(pyproject.get(...data)))
    for (const [index, one] of isList(files) ? files.entries() : []) {
      const path = isTable(one) ? one.path : one
      if (typeof path !== 'string' || /[*?[{]/.test(path)) continue
      const at = pyproject.place(...data, scheme, index, ...(isTable(one) ? ['path'] : []))
      yield* say(at, '`wheel-data` lists', path, 'pdm-backend builds a wheel without it')
    }
}

export function* ofPoetry(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'poetry'] as const
  if (pyproject.get(...table, 'package-mode') === false) return
  if (pyproject.get('project', 'readme') === undefined) {
    const readme = pyproject.get(...table, 'readme')
    if (typeof readme === 'string')
      yield* say(pyproject.place(...table, 'readme'), '`tool.poetry.readme` names', readme)
    for (const [index, path] of texts(readme))
      yield* say(pyproject.place(...table, 'readme', index), '`tool.poetry.readme` names', path)
  }
  for (const [name, one] of entries(pyproject.get(...table, 'scripts')))
    if (isTable(one) && one.type === 'file' && typeof one.reference === 'string')
      yield* say(pyproject.place(...table, 'scripts', name, 'reference'), '`tool.poetry.scripts` lists', one.reference)
  const build = pyproject.get(...table, 'build')
  const script =
    typeof build === 'string'
      ? build
      : isTable(build) && build['generate-setup-file'] !== true
        ? build.script
        : undefined
  if (typeof script === 'string') {
    yield* say(
      pyproject.place(...table, 'build', ...(typeof build === 'string' ? [] : ['script'])),
      'The build script of poetry is',
      script,
    )
    return
  }
  const packages = pyproject.get(...table, 'packages')
  if (Array.isArray(packages)) {
    for (const [index, one] of (packages as readonly TomlValue[]).entries()) {
      if (!isTable(one) || typeof one.include !== 'string') continue
      // Where `from` is misspelled, backend-key-unknown reports it.
      if (one.from === undefined && nearest('from', Object.keys(one)) !== undefined) continue
      const formats = typeof one.format === 'string' ? [one.format] : texts(one.format).map(([, format]) => format)
      if (formats.length > 0 && !formats.includes('wheel')) continue
      const from = typeof one.from === 'string' ? one.from : ''
      yield* say(
        pyproject.place(...table, 'packages', index, 'include'),
        '`packages` in the poetry configuration lists',
        from === '' ? one.include : `${from}/${one.include}`,
      )
    }
    return
  }
  const key = typeof pyproject.get('project', 'name') === 'string' ? ['project', 'name'] : [...table, 'name']
  const name = pyproject.get(...key)
  if (typeof name !== 'string') return
  const { files } = sourceTree(sdist)
  for (const path of files) {
    const parts = path.replace(/^src\//, '').split('/')
    if (isNamed((parts[0] ?? '').replace(/\.py$/, ''), name)) return
  }
  yield {
    at: pyproject.place(...key),
    who: 'poetry expects the package in',
    path: `${moduleName(name)}/__init__.py`,
    ...namingPackage(
      sdist,
      ({ module, root }) =>
        `\`packages = [{ include = "${module}"${root === '' ? '' : `, from = "${root}"`} }]\` in \`[tool.poetry]\``,
      moduleName(name),
    ),
  }
}

export function* ofUv(pyproject: Pyproject, sdist: Sdist, say: Say): Generator<MissingInput> {
  const table = ['tool', 'uv', 'build-backend'] as const
  const root = pyproject.get(...table, 'module-root') ?? 'src'
  const written = pyproject.get(...table, 'module-name')
  const name = pyproject.get('project', 'name')
  for (const [key, path] of entries(pyproject.get(...table, 'data')))
    if (typeof path === 'string') yield* say(pyproject.place(...table, 'data', key), '`data` of uv_build names', path)
  if (pyproject.get(...table, 'namespace') === true || typeof root !== 'string' || typeof name !== 'string') return
  const modules =
    written === undefined
      ? // `demo-stubs` is a package of stubs, whose name has a hyphen.
        [
          {
            module: moduleName(name)
              .toLowerCase()
              .replace(/_stubs$/, '-stubs'),
            at: pyproject.place('project', 'name'),
          },
        ]
      : typeof written === 'string'
        ? [{ module: written, at: pyproject.place(...table, 'module-name') }]
        : texts(written).map(([index, module]) => ({ module, at: pyproject.place(...table, 'module-name', index) }))
  const { files } = sourceTree(sdist)
  const rootPath = treePath(root)
  const hasRoot = !rootPath || [...files].some(path => path.startsWith(`${rootPath}/`))
  const isWritten = pyproject.get(...table, 'module-root') !== undefined
  for (const { module, at } of modules) {
    const folder = treePath([root, module.replaceAll('.', '/')].filter(part => part !== '').join('/'))
    if (folder === undefined) continue
    const wanted = [`${folder}/__init__.py`, `${folder}/__init__.pyi`].map(path => path.toLowerCase())
    // The module is there, in another folder than the one that is named.
    const isElsewhere = [...files].some(path =>
      path.toLowerCase().endsWith(`/${module.replaceAll('.', '/')}/__init__.py`.toLowerCase()),
    )
    if (![...files].some(path => wanted.includes(path.toLowerCase())))
      yield {
        at:
          isWritten && (!hasRoot || written === undefined || isElsewhere)
            ? pyproject.place(...table, 'module-root')
            : at,
        who: 'uv_build expects the module in',
        path: `${folder}/__init__.py`,
        ...(!module.includes('.') &&
          namingPackage(
            sdist,
            one =>
              `\`module-name = "${one.module}"\`${one.root === root ? '' : ` and \`module-root = "${one.root}"\``} in \`[tool.uv.build-backend]\``,
            folder,
          )),
      }
  }
}
