import { finding, quote, rule } from '../../src/rule.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { backendFolders, folderOf, hasTopModule, missingModule, providers } from './_dynamic-metadata.js'

const pyproject =
  '[build-system]\nrequires = ["scikit-build-core"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n\n[[tool.dynamic-metadata]]\nprovider = { path = "scripts", module = "demo_plugin:Provider" }\nfield = "description"\n'

export default rule({
  id: 'dynamic-metadata-provider-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata, "Providing a custom plugin"',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/users.html#providing-a-custom-plugin',
  summary: 'The sdist does not contain a local dynamic-metadata provider.',
  why: 'The build from the sdist fails, because the module of the provider does not exist.',
  breaks: 'scikit-build-core fails, so nobody can install from the sdist.',
  fix: 'Include the provider in the sdist, or correct its path.',
  byHand: 'Only a person knows whether the path is wrong, or the file was forgotten.',
  absence: 'member',
  bad: [
    { sdist: { pyproject } },
    {
      sdist: {
        pyproject: pyproject
          .replace('{ path = "scripts", module = "demo_plugin:Provider" }', '"acme_build.describe"')
          .replace('"scikit_build_core.build"', '"acme_build"\nbackend-path = ["."]'),
        files: { '{top}/acme_build/__init__.py': 'from scikit_build_core.build import *\n' },
      },
    },
  ],
  good: { sdist: { pyproject, files: { '{top}/scripts/demo_plugin.py': 'class Provider: ...\n' } } },
  *check(sdist) {
    const { pyproject, top } = sdist
    if (!pyproject || top === undefined) return
    const onPath = backendFolders(pyproject).map(folder => `${top}/${folder}`)
    for (const { local, installed, at } of providers(pyproject)) {
      if (local) {
        const folder = folderOf(local.path)
        const fault =
          folder === undefined
            ? `is outside ${placeOfFiles(sdist)}`
            : missingModule(sdist, `${top}/${folder}`, local.module)
        if (fault !== undefined)
          yield finding(local.at, `The provider ${quote(local.module)} in ${quote(local.path)} ${fault}.`, {
            subject: `${local.path} ${local.module}`,
          })
      } else if (installed?.includes('.') && !installed.includes(':')) {
        // A package on backend-path shadows an installed one with the same name.
        const folder = onPath.find(one => hasTopModule(sdist, one, installed))
        if (folder !== undefined && missingModule(sdist, folder, installed) !== undefined)
          yield finding(
            at,
            `The provider ${quote(installed)} is not in ${placeOfFiles(sdist)}: its package is on backend-path, but does not contain the module.`,
            {
              subject: installed,
            },
          )
      }
    }
  },
})
