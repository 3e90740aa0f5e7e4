import { isTable, parsePyproject, type TomlValue } from '../distribution/pyproject.js'
import { CONFIG_KEYS } from './keys.js'

/** What a configuration file says of one key. */
export interface Setting {
  readonly value: TomlValue
  readonly line: number
}

/** The keys that a configuration file has, those of tables with a known form one by one (`at-most.size`), with their lines. */
export function settingsIn(file: string, text: string): ReadonlyMap<string, Setting> {
  const bytes = new TextEncoder().encode(text)
  const document = parsePyproject({ member: file, bytes, size: bytes.length, cut: false })
  const path = file.endsWith('pyproject.toml') ? ['tool', 'distaudit'] : []
  const table = path.length > 0 ? document.get(...path) : document.data
  const settings = new Map<string, Setting>()
  const add = (keys: readonly string[], value: TomlValue) =>
    settings.set(keys.join('.'), { value, line: document.place(...path, ...keys).line ?? 1 })
  for (const [name, value] of isTable(table) ? Object.entries(table) : []) {
    const type = CONFIG_KEYS.find(key => key.name === name)?.type
    if (type?.kind === 'table' && isTable(value)) for (const [key, one] of Object.entries(value)) add([name, key], one)
    else add([name], value)
  }
  return settings
}
