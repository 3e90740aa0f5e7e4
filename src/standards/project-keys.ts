import { nearest } from '../text/nearest.js'

/** Keys of `[project]` by the core metadata field that they give (pyproject.toml specification), in its order. */
export const PROJECT_KEYS_OF_FIELD: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Name: ['name'],
    Version: ['version'],
    Summary: ['description'],
    Description: ['readme'],
    'Description-Content-Type': ['readme'],
    'Requires-Python': ['requires-python'],
    License: ['license'],
    'License-Expression': ['license'],
    'License-File': ['license-files'],
    Author: ['authors'],
    'Author-email': ['authors'],
    Maintainer: ['maintainers'],
    'Maintainer-email': ['maintainers'],
    Keywords: ['keywords'],
    Classifier: ['classifiers'],
    'Home-page': ['urls'],
    'Download-URL': ['urls'],
    'Project-URL': ['urls'],
    'Requires-Dist': ['dependencies', 'optional-dependencies'],
    'Provides-Extra': ['optional-dependencies'],
    'Import-Name': ['import-names'],
    'Import-Namespace': ['import-namespaces'],
  }),
)

/** What people write instead of the right key. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['author', 'authors'],
  ['maintainer', 'maintainers'],
  ['classifier', 'classifiers'],
  ['keyword', 'keywords'],
  ['license-file', 'license-files'],
  ['license_file', 'license-files'],
  ['license_files', 'license-files'],
  ['long_description', 'readme'],
  ['long-description', 'readme'],
  ['homepage', 'urls'],
  ['home-page', 'urls'],
  ['repository', 'urls'],
  ['documentation', 'urls'],
  ['url', 'urls'],
  ['issues', 'urls'],
  ['python_requires', 'requires-python'],
  ['python-requires', 'requires-python'],
  ['python', 'requires-python'],
  ['install_requires', 'dependencies'],
  ['requires', 'dependencies'],
  ['extras', 'optional-dependencies'],
  ['optional_dependencies', 'optional-dependencies'],
  ['entry_points', 'entry-points'],
  ['script', 'scripts'],
  ['gui_scripts', 'gui-scripts'],
  ['summary', 'description'],
  ['desc', 'description'],
  ['project_urls', 'urls'],
  ['project-urls', 'urls'],
  ['links', 'urls'],
  ['console-scripts', 'scripts'],
  ['console_scripts', 'scripts'],
  ['extras-require', 'optional-dependencies'],
  ['extras_require', 'optional-dependencies'],
  ['title', 'name'],
])

const KEYS: readonly string[] = [
  ...new Set([...PROJECT_KEYS_OF_FIELD.values()].flat()),
  ...['scripts', 'gui-scripts', 'entry-points', 'dynamic'],
]

/** The key that is most likely meant by one that is not a key of `[project]`. */
export const meantProjectKey = (key: string): string | undefined => MEANT.get(key) ?? nearest(key, KEYS)

/** Is a top-level key of pyproject.toml most likely meant to be `project`? */
export const meansProject = (key: string): boolean => key !== 'project' && nearest(key, ['project']) !== undefined

/** The key of `[project]` for the entry points of a group. */
export const entryPointsKey = (group: string): 'scripts' | 'gui-scripts' | 'entry-points' =>
  group === 'console_scripts' ? 'scripts' : group === 'gui_scripts' ? 'gui-scripts' : 'entry-points'
