import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { providers } from './_dynamic-metadata.js'

const pyproject =
  '[build-system]\nrequires = ["scikit-build-core"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["description"]\n\n[[tool.dynamic-metadata]]\nprovider = { path = "scripts", module = "demo_plugin:Provider" }\nfield = "description"\n'

export default rule({
  id: 'dynamic-metadata-provider-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'dynamic-metadata, "Providing a custom plugin"',
  url: 'https://dynamic-metadata.readthedocs.io/en/latest/users.html#providing-a-custom-plugin',
  summary: 'A local provider of dynamic metadata is not in the sdist.',
  why: 'The sdist cannot be built: the loader finds no module to run.',
  breaks: 'scikit-build-core stops at it, so nobody can build or install from the sdist.',
  fix: 'Include the provider in the sdist, or correct its path.',
  absence: 'member',
  bad: { sdist: { pyproject } },
  good: { sdist: { pyproject, files: { '{top}/scripts/demo_plugin.py': 'class Provider: ...\n' } } },
  *check(sdist) {
    const { pyproject, top } = sdist
    if (!pyproject || top === undefined) return
    for (const { local } of providers(pyproject)) {
      if (!local) continue
      const folder = resolve(local.path)
      const fault = folder === undefined ? 'is outside the sdist' : missing(sdist, `${top}/${folder}`, local.module)
      if (fault !== undefined)
        yield finding(local.at, `The provider ${quote(local.module)} in ${quote(local.path)} ${fault}.`, {
          subject: `${local.path} ${local.module}`,
        })
    }
  },
})

/** The folder with `/` at its end, '' for the top; undefined when it is outside. */
function resolve(path: string): string | undefined {
  if (/^(?:[A-Za-z]:)?[\\/]/.test(path)) return undefined
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined
    if (part !== '' && part !== '.' && part !== '..') parts.push(part)
  }
  return parts.map(part => `${part}/`).join('')
}

/** Why the module cannot be imported from the folder. */
function missing({ members }: Sdist, folder: string, written: string): string | undefined {
  if (!members.list.some(({ path }) => path.startsWith(folder))) return 'is not in the sdist: there is no such folder'
  const module = (written.split(':', 1)[0] ?? '').split('.').join('/')
  const found = members.list.some(({ path }) => {
    const rest = path.startsWith(`${folder}${module}`) ? path.slice(folder.length + module.length) : undefined
    return rest !== undefined && (rest.startsWith('/') || /^\.(?:py|[^/]*\.?(?:so|pyd))$/.test(rest))
  })
  return found ? undefined : 'is not in the sdist: the folder has no such module'
}
