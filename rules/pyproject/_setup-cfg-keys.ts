/** A key that pbr and old tools read, and setuptools does not. */
export const OF_PBR = 'description_file'

/** The keys that setuptools reads, by section, and `description_file`, which others have brought up. */
export const KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    metadata:
      'name version url home_page download_url project_urls author author_email maintainer maintainer_email classifiers classifier license license_file license_files license_expression description summary long_description long_description_content_type description_file keywords platforms platform provides requires obsoletes',
    options:
      'zip_safe setup_requires install_requires extras_require python_requires entry_points scripts eager_resources dependency_links tests_require include_package_data packages package_dir package_data exclude_package_data namespace_packages py_modules data_files',
  }).map(([section, keys]) => [section, new Set(keys.split(' '))]),
)

const REMOVED = 'setuptools 72 removed the command that used it'
const RUN_TESTS = 'Remove it, and run the tests with pytest or unittest.'

/** Keywords that say nothing any more, why, and what to do instead. */
export const IGNORED: ReadonlyMap<string, readonly [why: string, instead: string]> = new Map([
  ['tests_require', [REMOVED, 'Move the requirements to an extra, or to `[dependency-groups]` of pyproject.toml.']],
  ['test_suite', [REMOVED, RUN_TESTS]],
  ['test_loader', [REMOVED, RUN_TESTS]],
  [
    'dependency_links',
    [
      'pip has ignored it since version 19',
      'Remove it, and require the projects by name; users configure other indexes themselves.',
    ],
  ],
])
