/** What meson.build, CMakeLists.txt and Cargo.toml name: only literals, in what runs whatever the machine and the options are. */

import { append } from '../../src/append.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject, TomlValue } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { quote } from '../../src/rule.js'
import { linesOf } from '../../src/text/lines.js'
import { entries, isTable, texts } from '../../src/views/pyproject.js'
import { tomlFile } from '../../src/views/toml-file.js'
import { sourceTree, treePath } from './_tree.js'

interface Named {
  readonly at: Place
  readonly who: string
  /** Below the top directory. */
  readonly path: string
  /** The table that the file at `path` does not have this in. */
  readonly table?: string
}

/** A string, a word, or one of `()[],:`; `line` where a meson statement ends. */
interface Token {
  readonly kind: 'string' | 'word' | 'mark' | 'line'
  readonly text: string
  readonly at: number
}

/** Folders in one another, and files of one build: enough for any project. */
const MOST_FILES = 200

const join = (folder: string, path: string) => (folder === '' ? path : `${folder}/${path}`)

/** The build files that one names another of, from the top; each is read once. */
function* walk(
  sdist: Sdist,
  first: string,
  file: string,
  read: (
    text: string,
    folder: string,
    say: (who: string, path: string, at: number) => Named,
  ) => readonly (Named | string)[],
): Generator<Named> {
  const left = [first]
  const known = new Set<string>()
  for (let folder = left.shift(); folder !== undefined && known.size < MOST_FILES; folder = left.shift()) {
    const member = `${sdist.top}/${join(folder, file)}`
    const kept = sdist.texts.get(member)
    if (known.has(folder) || !kept || kept.cut || !kept.utf8) continue
    known.add(folder)
    const { position } = linesOf(kept.text)
    for (const one of read(kept.text, folder, (who, path, at) => ({ at: { member, ...position(at) }, who, path }))) {
      if (typeof one !== 'string') yield one
      else if (sourceTree(sdist).has(join(one, file))) left.push(one)
    }
  }
}

// Meson.

const MESON_TOKEN =
  /#[^\n]*|f?'''(?:[^\\]|\\[\s\S])*?'''|f?'(?:[^'\\\n]|\\.)*'|\n|\\\r?\n|[A-Za-z_]\w*|[()[\]{},:?.]|[^\s\w]|\d\w*/g

function mesonTokens(text: string): readonly Token[] {
  const found: Token[] = []
  let depth = 0
  for (const { 0: one, index: at } of text.matchAll(MESON_TOKEN)) {
    if (one.startsWith('#') || one.startsWith('\\')) continue
    if (one === '\n') {
      if (depth === 0) found.push({ kind: 'line', text: '', at })
    } else if (one.endsWith("'") && one.length > 1) {
      // Escapes and replacement fields are no literals.
      const isPlain = one.startsWith("'") && !one.includes('\\') && !one.includes('@')
      const inner = one.startsWith("'''") ? one.slice(3, -3) : one.slice(1, -1)
      found.push({ kind: 'string', text: isPlain ? inner : '\0', at })
    } else {
      if ('([{'.includes(one)) depth++
      else if (')]}'.includes(one)) depth = Math.max(0, depth - 1)
      found.push({ kind: /^[A-Za-z_]/.test(one) ? 'word' : 'mark', text: one, at })
    }
  }
  return found
}

interface MesonCall {
  readonly positional: readonly Token[]
  readonly named: ReadonlyMap<string, readonly Token[]>
}

/** The arguments behind the bracket at `start` that are one string, or a list of strings. */
function mesonArguments(tokens: readonly Token[], start: number): MesonCall {
  const positional: Token[] = []
  const named = new Map<string, readonly Token[]>()
  let part: Token[] = []
  let depth = 0
  const end = () => {
    const [key, colon] = part
    const isNamed = key?.kind === 'word' && colon?.text === ':'
    const value = isNamed ? part.slice(2) : part
    const items =
      value[0]?.text === '[' && value.at(-1)?.text === ']'
        ? value.slice(1, -1).filter((one, i) => i % 2 === 0 || one.text !== ',')
        : value.length === 1
          ? value
          : []
    const strings = items.every(({ kind }) => kind === 'string') ? items : []
    if (isNamed) named.set(key.text, strings)
    // The first of them may be a name, not a file.
    else append(positional, strings.length > 0 ? strings : value.slice(0, 1).map(one => ({ ...one, text: '\0' })))
    part = []
  }
  for (let i = start + 1; i < tokens.length; i++) {
    const one = tokens[i]!
    if ('([{'.includes(one.text) && one.kind === 'mark') depth++
    if (')]}'.includes(one.text) && one.kind === 'mark' && --depth < 0) break
    if (one.text === ',' && one.kind === 'mark' && depth === 0) end()
    else part.push(one)
  }
  if (part.length > 0) end()
  return { positional, named }
}

const MESON_TARGETS =
  /^(?:extension_module|shared_library|static_library|shared_module|both_libraries|library|executable)$/

export const mesonInputs = (sdist: Sdist): Generator<Named> =>
  walk(sdist, '', 'meson.build', (text, folder, say) => {
    const found: (Named | string)[] = []
    const tokens = mesonTokens(text)
    let blocks = 0
    let isStart = true
    for (const [i, one] of tokens.entries()) {
      const wasStart = isStart
      isStart = one.kind === 'line'
      if (one.kind !== 'word') continue
      if (wasStart && /^(?:if|foreach|testcase)$/.test(one.text)) blocks++
      if (wasStart && /^end(?:if|foreach|testcase)$/.test(one.text)) blocks--
      // What follows may never run.
      if (one.text === 'subdir_done') break
      if (tokens[i + 1]?.text !== '(' || blocks > 0 || isChosen(tokens, i)) continue
      const { positional, named } = mesonArguments(tokens, i + 1)
      const [first] = positional
      if (one.text === 'subdir') {
        if (first?.kind !== 'string' || first.text === '\0' || named.has('if_found')) continue
        const inner = join(folder, first.text)
        found.push(say('`subdir()` in meson.build needs', `${inner}/meson.build`, first.at), inner)
        continue
      }
      // `fs.read()`, and `import('fs').read()`.
      const of = tokens[i - 1]?.text === '.' ? (tokens[i - 2]?.text === ')' ? tokens[i - 3] : tokens[i - 2])?.text : ''
      const files = /^(?:files|install_sources|install_data|install_headers)$/.test(one.text)
        ? [...positional, ...(named.get('sources') ?? [])]
        : MESON_TARGETS.test(one.text)
          ? [...positional.slice(1), ...(named.get('sources') ?? [])]
          : one.text === 'configure_file'
            ? (named.get('input') ?? [])
            : one.text === 'read' && of === 'fs'
              ? positional.slice(0, 1)
              : []
      for (const { kind, text: path, at } of files)
        if (kind === 'string' && path !== '\0')
          found.push(say(`\`${one.text}()\` in meson.build names`, join(folder, path), at))
    }
    return found
  })

/** Does `… ? … : …` in its statement decide whether it runs? */
function isChosen(tokens: readonly Token[], at: number): boolean {
  for (let i = at; i >= 0 && tokens[i]?.kind !== 'line'; i--)
    if (tokens[i]?.kind === 'mark' && tokens[i]?.text === '?') return true
  return false
}

// CMake.

const CMAKE_TOKEN =
  /#\[(=*)\[[\s\S]*?\]\1\]|#[^\n]*|\[(=*)\[[\s\S]*?\]\2\]|"(?:[^"\\]|\\[\s\S])*"|[()]|(?:[^\s()"#\\]|\\[\s\S])+/g

interface CmakeCommand {
  readonly name: string
  readonly args: readonly Token[]
}

function cmakeCommands(text: string): readonly CmakeCommand[] {
  const found: CmakeCommand[] = []
  let last: Token | undefined
  let args: Token[] | undefined
  let depth = 0
  for (const { 0: one, index: at } of text.matchAll(CMAKE_TOKEN)) {
    if (one.startsWith('#')) continue
    if (one === '(') {
      if (depth++ === 0) args = []
    } else if (one === ')') {
      if (depth > 0 && --depth === 0 && last && args) found.push({ name: last.text.toLowerCase(), args })
    } else {
      const isQuoted = one.startsWith('"')
      const token: Token = { kind: isQuoted ? 'string' : 'word', text: isQuoted ? one.slice(1, -1) : one, at }
      if (depth === 0) last = token
      else args?.push(token)
    }
  }
  return found
}

/** Commands that may write files into the source tree, or fetch them. */
const CMAKE_WRITES = /^(?:execute_process|exec_program|fetchcontent_\w+|externalproject_\w+|cpm\w*|write_file)$/
const CMAKE_FILE_WRITES =
  /^(?:WRITE|APPEND|TOUCH|COPY|COPY_FILE|DOWNLOAD|GENERATE|CONFIGURE|ARCHIVE_EXTRACT|RENAME|CREATE_LINK)$/
const CMAKE_SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+|m|mm|cu|f|f90)$/i

/** `components`: only some parts of what CMake installs go into the wheel. */
export const cmakeInputs = (sdist: Sdist, first: string, components: boolean): Generator<Named> =>
  walk(sdist, first, 'CMakeLists.txt', (text, folder, say) => {
    const found: (Named | string)[] = []
    let blocks = 0
    for (const { name, args } of cmakeCommands(text)) {
      if (/^(?:if|foreach|while|function|macro|block)$/.test(name)) blocks++
      if (/^end(?:if|foreach|while|function|macro|block)$/.test(name)) blocks--
      const [one, two] = args
      // What follows may never run, or find what is written here.
      if (name === 'return' || CMAKE_WRITES.test(name)) break
      if (name === 'file' && CMAKE_FILE_WRITES.test(one?.text ?? '')) break
      if (blocks > 0) continue
      const has = (word: string) => args.some(({ text }) => text === word)
      const literal = (arg: Token | undefined): string | undefined => {
        const written = arg?.text.replace(/^\$\{CMAKE_CURRENT_(?:SOURCE|LIST)_DIR\}\//, '')
        return written === undefined || written === '' || /[$\\;<>]|^[/~]/.test(written)
          ? undefined
          : join(folder, written)
      }
      const tell = (arg: Token | undefined) => {
        const path = literal(arg)
        if (arg && path !== undefined) found.push(say(`\`${name}()\` in CMakeLists.txt names`, path, arg.at))
      }
      if (name === 'add_subdirectory') {
        const path = literal(one)
        if (one && path !== undefined)
          found.push(say('`add_subdirectory()` in CMakeLists.txt needs', `${path}/CMakeLists.txt`, one.at), path)
      } else if (name === 'include') {
        if (/\.cmake$/.test(one?.text ?? '') && !has('OPTIONAL')) tell(one)
      } else if (name === 'configure_file') tell(one)
      else if (name === 'file' && /^(?:READ|STRINGS)$/.test(one?.text ?? '')) tell(two)
      else if (name === 'install' && /^(?:FILES|PROGRAMS)$/.test(one?.text ?? '')) {
        const end = args.findIndex(({ text }) => text === 'DESTINATION' || text === 'TYPE')
        if (end > 0 && !has('OPTIONAL') && !has('EXCLUDE_FROM_ALL') && !components)
          for (const arg of args.slice(1, end)) tell(arg)
      } else if (/^(?:add_library|add_executable|(?:python\d?|pybind11|nanobind)_add_(?:library|module))$/.test(name)) {
        if (has('ALIAS') || has('IMPORTED') || has('INTERFACE')) continue
        // A file that is named twice may be the output of a command.
        for (const arg of args.slice(1))
          if (CMAKE_SOURCE.test(arg.text) && countOf(text, arg.text.split('/').at(-1) ?? '') < 2) tell(arg)
      }
    }
    return found
  })

const countOf = (text: string, word: string) => text.split(word).length - 1

// Cargo.

/** With the old spellings, which cargo reads where the new ones are not there. */
const DEPENDENCIES = [
  'dependencies',
  'build-dependencies',
  'dev-dependencies',
  'build_dependencies',
  'dev_dependencies',
]
const OF_TESTS = /^dev[-_]/

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** The workspace that a manifest is in: its own, the one that it names, or that of a folder above that does not exclude it. */
function workspaceOf(sdist: Sdist, manifest: string) {
  const named = tomlFile(sdist, manifest)?.get('package', 'workspace')
  if (typeof named === 'string') {
    const path = treePath(join(folderOf(manifest), `${named}/Cargo.toml`))
    const workspace = path === undefined ? undefined : tomlFile(sdist, path)?.get('workspace')
    return path !== undefined && isTable(workspace) ? { folder: folderOf(path), path, workspace } : undefined
  }
  for (let folder = folderOf(manifest); ; folder = folderOf(folder)) {
    const path = join(folder, 'Cargo.toml')
    const workspace = tomlFile(sdist, path)?.get('workspace')
    if (isTable(workspace) && (path === manifest || !isExcluded(manifest, folder, workspace)))
      return { folder, path, workspace }
    if (folder === '') return undefined
  }
}

/**
 * Is a package part of the workspace that is built? cargo resolves every dependency of these, whatever the features are; of
 * others it opens neither those for tests nor optional ones that no feature asks for.
 */
function workspaceMembers(sdist: Sdist, manifest: string): (path: string) => boolean {
  const { folder, workspace } = workspaceOf(sdist, manifest) ?? {}
  if (folder === undefined || !workspace) return path => path === manifest
  return path => path === manifest || (isBelow(path, folder) && !isExcluded(path, folder, workspace))
}

const isBelow = (path: string, folder: string) => folder === '' || path.startsWith(`${folder}/`)

/** A member that is named is not excluded. */
function isExcluded(manifest: string, folder: string, workspace: Readonly<Record<string, TomlValue>>): boolean {
  const isIn = (key: string) =>
    texts(workspace[key]).some(([, one]) => {
      const path = treePath(join(folder, one))
      return path !== undefined && isBelow(manifest, path)
    })
  return isIn('exclude') && !isIn('members')
}

/** Is it `{ workspace = true }`? */
const isInherited = (value: TomlValue | undefined) => isTable(value) && value.workspace === true

interface Inherited {
  readonly own: readonly string[]
  /** In the manifest of the workspace. */
  readonly from: readonly string[]
}

/** The tables of requirements, for all targets and for some. */
function dependencyTables({ get }: Pyproject): readonly (readonly string[])[] {
  const below = (...above: string[]) =>
    DEPENDENCIES.filter(key => !key.includes('_') || get(...above, key.replace('_', '-')) === undefined).map(key => [
      ...above,
      key,
    ])
  return [...below(), ...entries(get('target')).flatMap(([target]) => below('target', target))]
}

/** What a package takes of its workspace, a list for each of its tables. */
function inheritedBy(cargo: Pyproject): readonly (readonly Inherited[])[] {
  const { get } = cargo
  const tables = [
    { own: ['package'], from: ['workspace', 'package'] },
    ...dependencyTables(cargo).map(own => ({ own, from: ['workspace', 'dependencies'] })),
  ].map(({ own, from }) =>
    entries(get(...own)).flatMap(([key, value]) =>
      isInherited(value) && (own[0] !== 'package' || OF_PACKAGE.has(key))
        ? { own: [...own, key], from: [...from, key] }
        : [],
    ),
  )
  return [...tables, isInherited(get('lints')) ? [{ own: ['lints'], from: ['workspace', 'lints'] }] : []]
}

/** Keys of `[package]` that a workspace may give; in `metadata` cargo reads nothing. */
const OF_PACKAGE: ReadonlySet<string> = new Set(
  'authors categories description documentation edition exclude homepage include keywords license license-file publish readme repository rust-version version'.split(
    ' ',
  ),
)

const needsOf = ({ own }: Inherited) => `\`workspace = true\` in \`[${own.join('.')}]\` of Cargo.toml needs`

/** What a package takes of its workspace, which does not have it. */
function* notInherited(cargo: Pyproject, workspace: Pyproject, path: string): Generator<Named> {
  for (const taken of inheritedBy(cargo)) {
    const missing = taken.filter(({ from }) => workspace.get(...from) === undefined)
    // Where the whole table is not there, one finding says so.
    const isNone = missing[0] && workspace.get(...missing[0].from.slice(0, 2)) === undefined
    for (const one of isNone ? missing.slice(0, 1) : missing)
      yield { at: cargo.place(...one.own), who: needsOf(one), path, table: one.from.join('.') }
  }
}

/** `manifest`: the path of the first Cargo.toml. */
export function* cargoInputs(sdist: Sdist, manifest: string): Generator<Named> {
  const compiled = [manifest]
  /** Crates of which cargo reads the manifest alone: members that none needs, and what tests, features and targets need. */
  const listed: string[] = []
  const known = new Set<string>()
  const { has, files } = sourceTree(sdist)
  const isMember = workspaceMembers(sdist, manifest)
  while (known.size < MOST_FILES) {
    const isCompiled = compiled.length > 0
    const path = compiled.shift() ?? listed.shift()
    if (path === undefined) break
    const clean = treePath(path)
    if (clean === undefined || known.has(clean)) continue
    const cargo = tomlFile(sdist, clean)
    if (!cargo) continue
    known.add(clean)
    const folder = folderOf(clean)
    const below = (one: string) => {
      const path = join(folder, one)
      return treePath(path) ?? path
    }
    const { get, place } = cargo
    const isRoot = clean === manifest
    for (const key of isRoot ? ['members', 'default-members'] : [])
      for (const [index, one] of texts(get('workspace', key))) {
        const path = below(`${one}/Cargo.toml`)
        yield { at: place('workspace', key, index), who: `\`${key}\` in Cargo.toml needs`, path }
        listed.push(path)
      }
    if (!isTable(get('package'))) continue
    const workspace = workspaceOf(sdist, clean)
    const rootOf = get('package', 'workspace')
    if (typeof rootOf === 'string')
      yield {
        at: place('package', 'workspace'),
        who: '`workspace` in Cargo.toml needs',
        path: below(`${rootOf}/Cargo.toml`),
      }
    else if (!workspace) {
      const first = inheritedBy(cargo).flat()[0]
      const above = below('../Cargo.toml')
      const inside = treePath(above)
      const isThere = inside !== undefined && has(inside)
      // A source tree may be in a workspace that is not seen.
      if (first && !(isThere && sdist.tree))
        yield {
          at: place(...first.own),
          who: needsOf(first),
          path: above,
          ...(isThere && !isTable(tomlFile(sdist, above)?.get('workspace')) && { table: first.from.join('.') }),
        }
    }
    const root = workspace && tomlFile(sdist, workspace.path)
    if (root) yield* notInherited(cargo, root, workspace.path)
    // What replaces a dependency is opened, even where no package needs it.
    if (isRoot)
      for (const [registry, replaced] of entries(get('patch')))
        for (const [crate, value] of entries(replaced))
          if (isTable(value) && typeof value.path === 'string')
            yield {
              at: place('patch', registry, crate, 'path'),
              who: '`path` in Cargo.toml needs',
              path: below(`${value.path}/Cargo.toml`),
            }
    const build = get('package', 'build')
    if (typeof build === 'string')
      yield { at: place('package', 'build'), who: '`build` in Cargo.toml names', path: below(build) }
    const library = get('lib', 'path')
    if (typeof library === 'string')
      yield { at: place('lib', 'path'), who: '`lib.path` in Cargo.toml names', path: below(library) }
    const programs = get('bin')
    for (const [index, one] of (Array.isArray(programs) ? programs : []).entries())
      if (isTable(one) && typeof one.path === 'string')
        yield { at: place('bin', index, 'path'), who: '`bin.path` in Cargo.toml names', path: below(one.path) }
    const name = get('package', 'name')
    const isHere = (one: string) => has(treePath(below(one)) ?? '')
    // The first edition looks in more places.
    const edition = get('package', 'edition')
    const isNew = typeof edition === 'string' && /^20(?:18|21|24)$/.test(edition)
    for (const [index, one] of (Array.isArray(programs) ? programs : []).entries()) {
      if (!isNew || !isTable(one) || one.path !== undefined || typeof one.name !== 'string') continue
      const places = [
        `src/bin/${one.name}.rs`,
        `src/bin/${one.name}/main.rs`,
        ...(one.name === name ? ['src/main.rs'] : []),
      ]
      if (!places.some(isHere))
        yield { at: place('bin', index, 'name'), who: '`bin` in Cargo.toml needs', path: below(String(places[0])) }
    }
    const hasLibrary = isTable(get('lib')) && library === undefined && isNew
    const isThere = hasLibrary
      ? isHere('src/lib.rs')
      : typeof library === 'string' ||
        Array.isArray(programs) ||
        ['src/lib.rs', 'src/main.rs', ...(isNew || typeof name !== 'string' ? [] : [`src/${name}.rs`])].some(isHere) ||
        [...files].some(one => one.startsWith(below('src/bin/')))
    if (!isThere) yield { at: place('package', 'name'), who: 'Cargo.toml needs', path: below('src/lib.rs') }
    // A build script may write modules.
    if (isCompiled && build === undefined && !has(treePath(below('build.rs')) ?? ''))
      yield* rustFiles(sdist, typeof library === 'string' ? below(library) : below('src/lib.rs'))
    for (const key of isRoot ? ['readme', 'license-file'] : []) {
      const named = get('package', key)
      if (typeof named === 'string')
        yield { at: place('package', key), who: `\`${key}\` in Cargo.toml names`, path: below(named) }
    }
    const tables = dependencyTables(cargo).filter(table => isMember(clean) || !OF_TESTS.test(table.at(-1) ?? ''))
    for (const table of tables)
      for (const [dependency, value] of entries(get(...table))) {
        const isOptional = isTable(value) && value.optional === true
        if (isOptional && !isMember(clean)) continue
        const left = isCompiled && table.length === 1 && !isOptional && !OF_TESTS.test(table.join()) ? compiled : listed
        if (isTable(value) && typeof value.path === 'string') {
          const inner = below(`${value.path}/Cargo.toml`)
          yield { at: place(...table, dependency, 'path'), who: '`path` in Cargo.toml needs', path: inner }
          left.push(inner)
        } else if (workspace && isInherited(value)) {
          const named = root?.get('workspace', 'dependencies', dependency, 'path')
          if (typeof named !== 'string' || !root) continue
          const inner = join(workspace.folder, `${named}/Cargo.toml`)
          const at = root.place('workspace', 'dependencies', dependency, 'path')
          yield { at, who: '`path` in Cargo.toml needs', path: inner }
          left.push(inner)
        }
      }
  }
}

/** Rust without comments and strings, in which nothing is declared; each becomes spaces. */
function rustCode(text: string): string {
  const parts: string[] = []
  let done = 0
  const skip = (from: number, end: string): number => {
    const found = text.indexOf(end, from)
    return found < 0 ? text.length : found + end.length
  }
  for (const { 0: start, index } of text.matchAll(/\/\/|\/\*|r#{0,20}"|"|'(?:\\.[^'\n]{0,8}|[^\\'\n])'/g)) {
    if (index < done) continue
    let end = index + start.length
    if (start === '//') end = skip(end, '\n') - 1
    else if (start === '/*') end = endOfComment(text, end)
    else if (start.startsWith('r')) end = skip(end, `"${start.slice(1, -1)}`)
    else if (start === '"') {
      while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1
      end++
    }
    parts.push(text.slice(done, index), ' '.repeat(Math.max(0, Math.min(end, text.length) - index)))
    done = Math.min(end, text.length)
  }
  return parts.join('') + text.slice(done)
}

/** Comments may be in comments. */
function endOfComment(text: string, from: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = from
  let depth = 1
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return text.length
}

/** With its documentation, which is blank by then. */
const LONGEST_ITEM = 4000

/** Is it in `#[cfg_attr(…`, or in the rules of a macro? It may not be compiled. */
function isUncertain(header: string): boolean {
  const at = Math.max(header.lastIndexOf('#['), header.lastIndexOf('#!['))
  return header.includes('macro_rules') || header === '#[' || (at >= 0 && !header.includes(']', at))
}

/** What goes on behind a block: `} else {`, `}.run()`. */
const GOES_ON = /^\s{0,1000}(?:(?:else|as)\b|[^\s\w#'}])/

/** The folder in which the modules are that a file names. */
function moduleFolder(path: string, isRoot: boolean): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.rs$/, '')
  return isRoot || name === 'mod' ? folder : join(folder, name)
}

/** The files that a crate is made of: modules that the first one names, those that they name, and what they include. */
function* rustFiles(sdist: Sdist, root: string): Generator<Named> {
  const left = [root]
  const { has } = sourceTree(sdist)
  for (let path = left.shift(), read = 0; path !== undefined && read < MOST_FILES; path = left.shift(), read++) {
    const clean = treePath(path)
    const member = `${sdist.top}/${clean}`
    const kept = sdist.texts.get(member)
    if (clean === undefined || !kept || kept.cut || !kept.utf8) continue
    const { position } = linesOf(kept.text)
    const code = rustCode(kept.text)
    if (/#!\[cfg\b/.test(code)) continue
    const here = clean.slice(0, Math.max(0, clean.lastIndexOf('/')))
    const folder = moduleFolder(clean, read === 0)
    /** The blocks around: the module that one is, '' for other code; undefined where it may not be compiled. */
    const blocks: (string | undefined)[] = []
    /** Where the item begins that is read, in each of them, and outside. */
    const begins = [0]
    const enter = (block: string | undefined, index: number) => {
      blocks.push(block)
      begins.push(index + 1)
    }
    for (const { 0: text, index } of code.matchAll(/[{}()[\];]|\bmod\b|\binclude(?:_str|_bytes)?!/g)) {
      const begin = begins.at(-1) ?? 0
      // What stands before a long item is not known.
      const header = index - begin > LONGEST_ITEM ? '#[' : code.slice(begin, index)
      if (text === ';') begins[begins.length - 1] = index + 1
      else if ('})]'.includes(text)) {
        blocks.pop()
        if (begins.length > 1) begins.pop()
        if (text === '}' && !GOES_ON.test(code.slice(index + 1, index + 1010))) begins[begins.length - 1] = index + 1
      } else if (blocks.includes(undefined)) {
        if ('{(['.includes(text)) enter(undefined, index)
      } else if (text === '(' || text === '[') {
        // A macro may do anything with what is between its parentheses.
        const isCertain = /#!$/.test(header) ? code.startsWith('doc', index + 1) : !/!\s?$|#$/.test(header)
        enter(isCertain && !header.includes('#[') && !isUncertain(header) ? '' : undefined, index)
      } else if (text === '{') {
        const [, name] = /^\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*$/.exec(header) ?? []
        enter(header.includes('#[') || header.includes('!') ? undefined : (name ?? ''), index)
      } else {
        const at = { member, ...position(index), value: text }
        const [, name] = /^\s{1,20}(\w{1,100})\s{0,20};/.exec(code.slice(index + text.length, index + 150)) ?? []
        if (text !== 'mod') {
          const [, file] =
            /^\(\s*"([^"\\\n]+)"\s*[,)]/.exec(kept.text.slice(index + text.length, index + 600).trimStart()) ?? []
          if (file !== undefined && !file.startsWith('/') && !header.includes('#['))
            yield { at, who: `${quote(clean)} includes`, path: join(here, file) }
        } else if (name !== undefined && !blocks.includes('')) {
          const start = index - header.length
          const [, written] =
            /^\s*#\[path\s*=\s*"([^"\\\n]+)"\]\s*(?:pub(?:\([^)]*\))?\s*)?$/.exec(kept.text.slice(start, index)) ?? []
          if (written === undefined ? header.includes('#[') : blocks.length > 0) continue
          const below = [folder, ...blocks].reduce((all, one) => join(String(all), String(one)))
          const places =
            written === undefined
              ? [`${name}.rs`, `${name}/mod.rs`].map(one => join(String(below), one))
              : [join(here, written)]
          const found = places.find(one => has(treePath(one) ?? ''))
          if (found !== undefined) left.push(found)
          else yield { at, who: `${quote(clean)} declares the module ${quote(name)} in`, path: places[0] ?? '' }
        }
      }
    }
  }
}
