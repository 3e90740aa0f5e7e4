import { poetryKey } from '../../src/project/other-tables.js'
import { SETUPTOOLS_KEYS } from '../../src/project/setup-cfg.js'
import { PROJECT_KEYS_OF_FIELD } from '../../src/standards/project-keys.js'

/** Other keys of setuptools without which a wheel has no packages. */
const PACKAGES = ['options.packages', 'options.package_dir', 'options.py_modules']

/** What is missing in distributions where setuptools does not read a key, `options.python_requires`, or all keys of a section. */
export function lostWithSetupKey(key: string): readonly string[] {
  const isLost = (one: string) => one === key || one.startsWith(`${key}.`) || one.endsWith(`.${key}`)
  const fields = [...SETUPTOOLS_KEYS].flatMap(([field, keys]) => (keys.some(isLost) ? [field] : []))
  const extras = /(?:^|[.])extras_require$|^options$/.test(key) ? ['Provides-Extra'] : []
  return [...fields, ...extras, ...(PACKAGES.some(isLost) ? ['packages'] : [])]
}

/** The same of a key of `[project]`. */
export const lostWithProjectKey = (key: string): readonly string[] =>
  [...PROJECT_KEYS_OF_FIELD].flatMap(([field, keys]) => (keys.includes(key) ? [field] : []))

/** The same of a key of `[tool.poetry]`. */
export const lostWithPoetryKey = (key: string): readonly string[] =>
  [...PROJECT_KEYS_OF_FIELD.keys()].filter(field => poetryKey(field)[2] === key)
