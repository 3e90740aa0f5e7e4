import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse } from 'smol-toml'
import { readIni } from '../text/ini.js'
import { UsageError } from '../usage-error.js'

export interface NetworkConfig {
  /** Indexes in the order in which they are asked: addresses with a slash at the end. */
  readonly indexes: readonly string[]
  /** Who says so, for people. */
  readonly from: string
  /** A file with certificates to trust. */
  readonly certificates: string | undefined
  readonly proxy: string | undefined
  /** May `keyring` be asked? */
  readonly keyring: boolean
}

/** Where pip looks when nobody says anything else. */
const DEFAULT_INDEX = 'https://pypi.org/simple/'

/** The machine as configuration sees it. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  readonly home: string
  readonly platform: NodeJS.Platform
}

/** What pip and uv are told: pip's word counts first, then uv's. @throws UsageError for an address that is none. */
export async function networkConfig(around: Surroundings, asked: string | undefined): Promise<NetworkConfig> {
  const pip = await pipSettings(around)
  const uv = await uvSettings(around)
  const candidates: readonly (readonly [readonly string[], string])[] = [
    [asked === undefined ? [] : [asked], '--index-url'],
    [pip.indexes, "pip's configuration"],
    [uv.indexes, "uv's configuration"],
    [[DEFAULT_INDEX], "pip's default"],
  ]
  const [indexes, from] = candidates.find(([list]) => list.length > 0) ?? [[], '']
  const { env } = around
  return {
    indexes: indexes.map(indexAddress),
    from,
    certificates: pip.cert ?? env.SSL_CERT_FILE ?? env.REQUESTS_CA_BUNDLE,
    proxy: pip.proxy,
    keyring: pip.keyring !== 'disabled',
  }
}

function indexAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError('The address of the index is not an http or https URL.')
  return text.endsWith('/') ? text : `${text}/`
}

const textIn = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined)

const words = (text: string | undefined): readonly string[] => (text ?? '').split(/\s+/).filter(word => word !== '')

/** `PIP_*` over the files, of which the later ones win. */
async function pipSettings({ env, home, platform }: Surroundings) {
  const settings = new Map<string, string>()
  const own = env.PIP_CONFIG_FILE
  const isNone = own !== undefined && /^(?:\/dev\/null|nul)$/i.test(own)
  const config = env.XDG_CONFIG_HOME || join(home, '.config')
  const files =
    platform === 'win32'
      ? [
          join(env.PROGRAMDATA ?? 'C:\\ProgramData', 'pip', 'pip.ini'),
          join(home, 'pip', 'pip.ini'),
          join(env.APPDATA ?? home, 'pip', 'pip.ini'),
        ]
      : [
          ...(platform === 'darwin' ? ['/Library/Application Support/pip/pip.conf'] : []),
          ...(env.XDG_CONFIG_DIRS || '/etc/xdg').split(':').map(folder => join(folder, 'pip', 'pip.conf')),
          '/etc/pip.conf',
          join(home, '.pip', 'pip.conf'),
          ...(platform === 'darwin' ? [join(home, 'Library', 'Application Support', 'pip', 'pip.conf')] : []),
          join(config, 'pip', 'pip.conf'),
        ]
  const site =
    env.VIRTUAL_ENV === undefined ? [] : [join(env.VIRTUAL_ENV, platform === 'win32' ? 'pip.ini' : 'pip.conf')]
  for (const file of isNone ? [] : [...files, ...site, ...(own === undefined ? [] : [own])]) {
    const text = await textIn(file)
    if (text === undefined) continue
    const { options } = readIni(text.split(/\r\n|\r|\n/), '=:')
    for (const wanted of ['global', 'install'])
      for (const { section, name, values } of options)
        if (section === wanted)
          settings.set(name.text.toLowerCase().replaceAll('_', '-'), values.map(one => one.text).join('\n'))
  }
  const get = (name: string) =>
    env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`] || settings.get(name)?.trim() || undefined
  const extra = words(get('extra-index-url'))
  const first = words(get('index-url') ?? (extra.length > 0 ? DEFAULT_INDEX : ''))
  return {
    indexes: [...first, ...extra],
    cert: get('cert'),
    proxy: get('proxy'),
    keyring: get('keyring-provider'),
  }
}

type Table = Readonly<Record<string, unknown>>
const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value)
const tableIn = (table: Table, key: string): Table => (isTable(table[key]) ? table[key] : {})
const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string')

/** `UV_*` over the project's own file over the user's and the system's. */
async function uvSettings({ env, cwd, home, platform }: Surroundings) {
  // Each may have a name: `name=https://…`.
  const inEnvironment = inOrder(
    words(env.UV_INDEX ?? env.UV_EXTRA_INDEX_URL).map(withoutName),
    words(env.UV_DEFAULT_INDEX ?? env.UV_INDEX_URL).map(withoutName),
  )
  if (inEnvironment.length > 0) return { indexes: inEnvironment }
  const user = platform === 'win32' ? env.APPDATA : env.XDG_CONFIG_HOME || join(home, '.config')
  const shared = [join(user ?? home, 'uv', 'uv.toml'), ...(platform === 'win32' ? [] : ['/etc/uv/uv.toml'])]
  const files = env.UV_CONFIG_FILE ? [env.UV_CONFIG_FILE] : [...(await projectFiles(cwd)), ...shared]
  for (const file of files) {
    const indexes = uvIndexes(await textIn(file), file.endsWith('pyproject.toml'))
    if (indexes.length > 0) return { indexes }
  }
  return { indexes: [] }
}

/** uv asks the default index last, and also where only others are named. */
const inOrder = (others: readonly string[], defaults: readonly string[]): readonly string[] =>
  others.length === 0 || defaults.length > 0 ? [...others, ...defaults] : [...others, DEFAULT_INDEX]

const withoutName = (text: string): string => text.replace(/^[A-Za-z0-9_.-]+=(?=https?:)/, '')

/** uv.toml and pyproject.toml of the folder and those around it: the nearest ones. */
async function projectFiles(cwd: string): Promise<readonly string[]> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found: string[] = []
    for (const name of ['uv.toml', 'pyproject.toml'])
      if ((await textIn(join(folder, name))) !== undefined) found.push(join(folder, name))
    if (found.length > 0 || dirname(folder) === folder) return found
  }
}

function uvIndexes(text: string | undefined, isPyproject: boolean): readonly string[] {
  if (text === undefined) return []
  let root: Table
  try {
    root = parse(text) as Table
  } catch {
    return []
  }
  const table = isPyproject ? tableIn(tableIn(root, 'tool'), 'uv') : root
  const listed = (Array.isArray(table.index) ? table.index : [])
    .filter(isTable)
    .filter(({ explicit }) => explicit !== true)
  const urls = (isDefault: boolean) =>
    listed.filter(one => (one.default === true) === isDefault).flatMap(({ url }) => texts(url))
  return inOrder(
    [...urls(false), ...texts(table['extra-index-url'])],
    [...urls(true), ...texts(table['index-url']), ...texts(tableIn(table, 'pip')['index-url'])],
  )
}
