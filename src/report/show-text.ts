import { groupBy } from '../group-by.js'
import { basename } from '../platform/subject.js'
import type {
  LibraryOrigin,
  Shown,
  ShownDistribution,
  ShownFile,
  ShownLibrary,
  ShownNative,
  Weighing,
} from '../show/shown.js'
import { compareDotted } from '../text/dotted.js'
import { withoutEnd } from '../text/ends.js'
import { andMore, compareCodeUnits, list, plural, sizeText, some } from '../wording.js'
import { FORMAT_WORDS, ORIGIN_WORDS } from './native-words.js'
import type { Style } from './paint.js'
import { platformLines } from './platform-text.js'
import { type Page, type PageOptions, pageOf } from './show-page.js'
import { SECTIONS, type Section, USUAL_SECTIONS } from './show-sections.js'
import { treeRows } from './show-tree.js'

export interface ShowTextOptions extends PageOptions {
  readonly sections?: readonly Section[] | undefined
}

/** What is in one file, for people. */
export function renderShow(shown: Shown, options: ShowTextOptions = {}): string {
  const page = pageOf(options)
  const wanted = options.sections ?? USUAL_SECTIONS
  const sections = shown.kind === 'unknown' ? [] : SECTIONS.filter(name => wanted.includes(name))
  const lines = [
    headLines(shown, page),
    problemLines(shown, page),
    ...sections.map(name => (shown.kind === 'unknown' ? [] : SECTION[name](shown, page))),
  ]
  return `${lines.flat().join('\n')}\n`
}

function headLines(shown: Shown, page: Page): readonly string[] {
  const kind =
    shown.kind !== 'unknown' ? shown.kind : shown.looksLike === 'unreadable' ? 'unreadable' : 'not a distribution'
  const size = sizeText(shown.file.size)
  return page
    .text(shown.path, 0, 'bold')
    .concat(
      page.text(shown.kind === 'unknown' ? kind : `${kind}, ${size}, ${plural(shown.weight.files, 'file')}`, 2, 'dim'),
    )
}

/** Problems that are told unless all are wanted. */
const MOST_PROBLEMS = 5

function problemLines({ problems }: Shown, page: Page): readonly string[] {
  const told = page.verbose ? problems : problems.slice(0, MOST_PROBLEMS)
  const lines = told.flatMap(({ message, member }) =>
    page.row('problem', member === undefined || message.includes(member) ? message : `${message} (${member})`, 'red'),
  )
  const rest = problems.length - told.length
  return rest > 0 ? [...lines, ...page.row('', `… and ${plural(rest, 'more problem')} (--verbose)`)] : lines
}

const SECTION: Readonly<Record<Section, (shown: ShownDistribution, page: Page) => readonly string[]>> = {
  metadata: metadataLines,
  tags: tagLines,
  requirements: requirementLines,
  size: sizeLines,
  tree: (shown, page) => page.section('Files', [...page.columns(treeRows(shown.files, page.verbose))]),
  libraries: libraryLines,
  'entry-points': entryPointLines,
  licenses: licenseLines,
  sboms: sbomLines,
  install: installLines,
  description: ({ description }, page) =>
    page.section(
      'Description',
      (description?.text ?? '')
        .trimEnd()
        .split(/\r\n|\n|\r/)
        .flatMap(line => (line === '' ? (description ? [''] : []) : page.text(line, 2))),
    ),
}

/** The first value of a field, as wheel-inspect has it. */
function textOf({ dist_info: { metadata = {} } }: ShownDistribution, key: string): string {
  const value = metadata[key]
  return typeof value === 'string' ? value.trim() : Array.isArray(value) && typeof value[0] === 'string' ? value[0] : ''
}

const textsOf = ({ dist_info: { metadata = {} } }: ShownDistribution, key: string): readonly string[] => {
  const value = metadata[key]
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** As the page of a project on PyPI has it. */
function metadataLines(shown: ShownDistribution, page: Page): readonly string[] {
  const text = (key: string) => oneLine(textOf(shown, key))
  const person = (name: string, email: string) => [text(name), text(email)].filter(one => one !== '').join(', ')
  const urls = shown.dist_info.metadata?.project_url as readonly { label: string | null; url: string }[] | undefined
  const license = text('license_expression') || oneLine(textOf(shown, 'license')).slice(0, 200)
  const { description, derived } = shown
  return page.section(text('name') === '' ? 'Metadata' : `${text('name')} ${text('version')}`, [
    ...page.row('summary', text('summary')),
    ...page.row('license', license),
    ...page.row('author', person('author', 'author_email')),
    ...page.row('maintainer', person('maintainer', 'maintainer_email')),
    ...page.row('requires Python', text('requires_python')),
    ...page.row('keywords', derived.keywords.join(', ')),
    ...page.row('home page', text('home_page')),
    ...page.row('download', text('download_url')),
    ...(urls ?? []).flatMap(({ label, url }) => page.row(label ?? 'link', url)),
    ...classifierLines(textsOf(shown, 'classifier'), page),
    ...page.row('extras', textsOf(shown, 'provides_extra').join(', ')),
    ...page.row('dynamic', textsOf(shown, 'dynamic').join(', ')),
    ...page.row('import names', [...textsOf(shown, 'import_name'), ...textsOf(shown, 'import_namespace')].join(', ')),
    ...page.row(
      'description',
      description ? `${contentType(description.contentType)}, ${sizeText(description.text.length)}` : '',
    ),
    ...page.row('metadata', text('metadata_version')),
    ...page.row('generator', generatorOf(shown)),
    ...page.row('build', shown.build ? [shown.build.backend ?? 'setuptools', ...shown.build.requires].join(', ') : ''),
  ])
}

const contentType = (text: string | null): string =>
  text === null || ['', 'UNKNOWN'].includes(text.trim()) ? 'no content type' : oneLine(text)

function generatorOf({ dist_info: { wheel } }: ShownDistribution): string {
  const generator = wheel?.generator
  return typeof generator === 'string' ? generator : ''
}

/** As PyPI groups them: by what comes before the first `::`. */
function classifierLines(classifiers: readonly string[], page: Page): readonly string[] {
  const groups = groupBy(
    classifiers.filter(one => !one.startsWith('License ::')),
    one => one.split('::', 1)[0]?.trim() ?? '',
  )
  return [...groups].flatMap(([name, all]) =>
    page.row(name.toLowerCase(), all.map(one => one.slice(one.indexOf('::') + 2).trim()).join(', ')),
  )
}

function tagLines({ tags, pythons, pyver, abi, arch, buildver }: ShownDistribution, page: Page): readonly string[] {
  if (!tags) return []
  return page.section('Tags', [
    ...page.row('runs on', tags.meaning, 'green'),
    ...page.row('tag', [pyver, abi, arch].map(part => part.join('.')).join('-')),
    ...page.row('build', buildver ?? ''),
    ...page.row('Python', pythons === null ? '' : `${pythons} (with Requires-Python)`),
    ...(page.verbose
      ? [...tags.python, ...tags.abi, ...tags.platform].flatMap(({ tag, meaning }) => page.row(tag, meaning))
      : []),
  ])
}

function requirementLines({ requirements }: ShownDistribution, page: Page): readonly string[] {
  const groups = groupBy(requirements, ({ extra }) => extra)
  const lines = [...groups].flatMap(([extra, all]) => {
    const texts = all.map(({ text }) => withoutExtra(oneLine(text), extra))
    const most = page.verbose ? texts.length : 20
    return [
      ...(extra === undefined ? [] : page.text(`extra ${extra}`, 2, 'dim')),
      ...texts.slice(0, most).flatMap(text => page.text(text, extra === undefined ? 2 : 4)),
      ...(texts.length > most ? page.text(`…${andMore(texts.length - most)} (--verbose)`, 4) : []),
    ]
  })
  return page.section('Requirements', lines)
}

/** The title says the extra. */
function withoutExtra(text: string, extra: string | undefined): string {
  const semicolon = extra === undefined ? -1 : text.lastIndexOf(';')
  if (semicolon < 0) return text
  const marker = text.slice(semicolon + 1).trim()
  for (const quoted of [`"${extra}"`, `'${extra}'`]) {
    const test = `extra == ${quoted}`
    if (marker === test) return text.slice(0, semicolon).trimEnd()
    if (marker.endsWith(` and ${test}`) && !/ or /.test(marker))
      return `${text.slice(0, semicolon)}; ${marker.slice(0, -test.length - 5)}`
  }
  return text
}

function sizeLines({ file, weight, files }: ShownDistribution, page: Page): readonly string[] {
  const { total, largest, debug, tests, bundled, duplicates } = weight
  const share = (size: number) => (total > 0 ? `, ${Math.round((size / total) * 100)}%` : '')
  const part = (label: string, { size, files: parts }: Weighing) =>
    size === 0
      ? []
      : page.row(
          label,
          `${sizeText(size)}${share(size)}: ${some(
            parts.map(one => `${one.path} (${sizeText(one.size)})`),
            3,
          )}`,
        )
  const packed = files.reduce((sum, { compressedSize }) => sum + compressedSize, 0)
  const most = page.verbose ? largest.files : largest.files.slice(0, 5)
  return page.section('Size', [
    ...page.row('file', sizeText(file.size)),
    ...page.row(
      'unpacked',
      `${sizeText(total)}${packed > 0 && total > packed ? `, ${(total / packed).toFixed(1)} times its packed size` : ''}`,
    ),
    ...part('debug data', debug),
    ...part('bundled', bundled),
    ...part('tests', tests),
    ...(duplicates.size > 0
      ? page.row(
          'duplicates',
          `${sizeText(duplicates.size)}${share(duplicates.size)}: ${some(
            duplicates.groups.map(({ paths }) => list(paths.slice(0, 2)) + andMore(paths.length - 2)),
            2,
          )}`,
        )
      : []),
    ...(most.length > 1 ? page.text('largest files', 2, 'dim') : []),
    ...(most.length > 1
      ? page.columns(
          most.map(({ path, size }) => [path, `${sizeText(size)}${share(size)}`]),
          4,
        )
      : []),
  ])
}

const ORIGIN_STYLES: Readonly<Partial<Record<LibraryOrigin, Style>>> = {
  wheel: 'green',
  distribution: 'cyan',
  driver: 'yellow',
  unknown: 'red',
}

const ROLES = { extension: 'extension module', library: 'library', program: 'program', other: 'object file' } as const

/** Files with binaries of which the libraries are listed one by one, unless all are wanted; and those that are named. */
const FEW_NATIVES = 3
const MOST_NATIVES = 10

function libraryLines({ natives, platform }: ShownDistribution, page: Page): readonly string[] {
  if (natives.length === 0) return []
  const counts = [...groupBy(natives, ({ role }) => role)].map(([role, all]) =>
    plural(all.length, ROLES[role], role === 'library' ? 'libraries' : undefined),
  )
  const isFew = page.verbose || natives.length <= FEW_NATIVES
  const loaded = natives.filter(({ role }) => role !== 'other')
  const named = page.verbose ? loaded : loaded.slice(0, MOST_NATIVES)
  return page.section('Binaries', [
    ...page.text(list(counts), 2),
    ...(platform ? platformLines(platform).filter(([label]) => !isListed(label)) : []).flatMap(([label, text]) =>
      page.row(label, text),
    ),
    ...(Object.keys(ORIGIN_WORDS) as LibraryOrigin[]).flatMap(origin =>
      page.row(ORIGIN_WORDS[origin], librariesFrom(natives, origin, page.verbose), ORIGIN_STYLES[origin]),
    ),
    ...named.flatMap(native => [
      ...page.columns([[native.path, nativeText(native)]]),
      ...(isFew
        ? page.columns(
            native.libraries.map(library => [library.name, libraryText(library)]),
            6,
          )
        : []),
      ...(native.problems ?? []).flatMap(problem => page.text(problem, 6, 'red')),
    ]),
    ...(loaded.length > named.length ? page.text(`…${andMore(loaded.length - named.length)} (--verbose)`, 2) : []),
  ])
}

/** What the lists of libraries say already. */
const isListed = (label: string): boolean => label === 'from outside' || label === 'missing'

/** `libfoo-1a2b3c4d.so.5 (5.2.1), libbar.so.1` */
function librariesFrom(natives: readonly ShownNative[], origin: LibraryOrigin, all: boolean): string {
  const libraries = natives.flatMap(one => one.libraries.filter(({ from }) => from === origin))
  const names = [...groupBy(libraries, ({ name }) => basename(name))].sort(([a], [b]) => compareCodeUnits(a, b))
  const texts = names.map(([name, [first, ...rest]]) => {
    const { version, distribution, extra } = first
    const symbols = highest([first, ...rest].flatMap(one => one.symbols ?? []))
    const about = [version, distribution && `${distribution}${extra ? ', only with an extra' : ''}`, symbols]
    const said = about.filter(one => one !== undefined && one !== '')
    return said.length > 0 ? `${name} (${said.join('; ')})` : name
  })
  return some(texts, all ? texts.length : 15)
}

/** The highest of each prefix: `GLIBC_2.14, GLIBC_PRIVATE`. */
function highest(symbols: readonly string[]): string {
  const groups = groupBy(new Set(symbols), symbol => withoutEnd(symbol, /[0-9.]/))
  return [...groups.values()].map(group => group.reduce((a, b) => (isHigher(b, a) ? b : a))).join(', ')
}

/** Of two symbols with one prefix. */
function isHigher(a: string, b: string): boolean {
  const { length } = withoutEnd(a, /[0-9.]/)
  return compareDotted(a.slice(length), b.slice(length)) > 0
}

function nativeText({ role, format, architectures, size, debugSize, minimumOs }: ShownNative): string {
  const about = [ROLES[role], `${FORMAT_WORDS[format]} ${architectures.join(' and ')}`.trim(), sizeText(size)]
  if (debugSize > 0) about.push(`${sizeText(debugSize)} debug data`)
  if (minimumOs !== undefined) about.push(format === 'macho' ? `from system version ${minimumOs}` : minimumOs)
  return about.join(', ')
}

function libraryText({ from, path, distribution, extra, version, symbols, optional }: ShownLibrary): string {
  const place =
    from === 'wheel'
      ? `${ORIGIN_WORDS.wheel}: ${path ?? ''}`
      : from === 'distribution'
        ? `from ${distribution ?? ''}${extra ? ', which only an extra requires' : ''}`
        : ORIGIN_WORDS[from]
  return [place, version, highest(symbols ?? []), optional ? 'optional' : undefined]
    .filter(one => one !== undefined && one !== '')
    .join(', ')
}

function entryPointLines({ entryPoints }: ShownDistribution, page: Page): readonly string[] {
  const lines = [...groupBy(entryPoints, ({ group }) => group)].flatMap(([group, all]) => {
    const most = page.verbose ? all.length : 15
    return [
      ...page.text(group, 2, 'dim'),
      ...page.columns(
        all.slice(0, most).map(({ name, target }) => [name, oneLine(target)]),
        4,
      ),
      ...(all.length > most ? page.text(`…${andMore(all.length - most)} (--verbose)`, 4) : []),
    ]
  })
  return page.section('Entry points', lines)
}

function licenseLines({ licenses }: ShownDistribution, page: Page): readonly string[] {
  const { expression, license, classifiers, files, headers } = licenses
  const most = page.verbose ? files.length : 15
  return page.section('Licenses', [
    ...page.row('expression', expression ?? ''),
    ...page.row('License', oneLine(license ?? '').slice(0, 200)),
    ...page.row('classifiers', classifiers.map(one => one.slice(one.lastIndexOf('::') + 2).trim()).join(', ')),
    ...page.columns(
      files
        .slice(0, most)
        .map(one => [
          one.path,
          one.licenses.length > 0 ? list(one.licenses.map(ids => ids.join(' or '))) : 'not a known license text',
        ]),
    ),
    ...(files.length > most ? page.text(`…${andMore(files.length - most, 'file')} (--verbose)`, 2) : []),
    ...page.row(
      'in source files',
      some(
        headers.map(one => `${oneLine(one.license)} (${plural(one.files, 'file')})`),
        page.verbose ? headers.length : 5,
      ),
    ),
  ])
}

function sbomLines({ sboms }: ShownDistribution, page: Page): readonly string[] {
  return page.section(
    'SBOMs',
    sboms.flatMap(({ path, format, components }) => [
      ...page.columns([[path, `${format}, ${plural(components.length, 'component')}`]]),
      ...page.columns(
        components
          .slice(0, page.verbose ? components.length : 15)
          .map(({ name, version, purl }) => [`${name}${version === undefined ? '' : ` ${version}`}`, purl ?? '']),
        4,
      ),
      ...(!page.verbose && components.length > 15
        ? page.text(`…${andMore(components.length - 15)} (--verbose)`, 4)
        : []),
    ]),
  )
}

const ROOTS = {
  site: 'site-packages',
  scripts: 'scripts',
  headers: 'headers',
  stdlib: 'standard library',
  prefix: 'prefix',
} as const

function installLines({ kind, files, entryPoints }: ShownDistribution, page: Page): readonly string[] {
  if (kind !== 'wheel') return []
  const placed = files.flatMap(file => (file.installs ? [{ file, ...file.installs }] : []))
  const groups = groupBy(
    placed,
    ({ root, only }) => `${ROOTS[root]}${only === undefined ? '' : ` on ${SYSTEMS[only]}`}`,
  )
  const commands = entryPoints.filter(({ group }) => group === 'console_scripts' || group === 'gui_scripts')
  return page.section('Installs', [
    ...[...groups].flatMap(([label, all]) => {
      const size = all.reduce((sum, { file }) => sum + file.size, 0)
      const tops = [...groupBy(all, ({ path }) => topOf(path)).keys()].sort(compareCodeUnits)
      return page.row(
        label,
        `${some(tops, page.verbose ? tops.length : 8)} (${plural(all.length, 'file')}, ${sizeText(size)})`,
      )
    }),
    ...page.row(
      'commands',
      some(
        commands.map(({ name }) => name),
        page.verbose ? commands.length : 15,
      ),
    ),
    ...notPlaced(files, page),
  ])
}

const SYSTEMS = { posix: 'Linux and macOS', windows: 'Windows' } as const

const topOf = (path: string): string => (path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/` : path)

function notPlaced(files: readonly ShownFile[], page: Page): readonly string[] {
  const left = files.filter(({ type, installs }) => type === 'file' && !installs)
  return left.length === 0 ? [] : page.row('nowhere', some(left.map(({ path }) => path)), 'yellow')
}
