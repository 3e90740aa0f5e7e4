import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseLicenseExpression, SPDX_LIST } from '../../src/standards/license-expression.js'
import { currentSpdx, licenseIdPlace } from '../../src/views/licenses.js'
import { backendOf } from '../../src/views/pyproject.js'
import { replacing } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

/** Deprecated GNU identifiers that say neither "only" nor "or later"; those with `+` do. */
const GNU = /^(?:A|L)?GPL-[0-9.]+$|^GFDL-[0-9.]+$/

export default rule({
  id: 'license-expression-deprecated-id',
  topic: 'license',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 639, "Add License-Expression field"',
  url: coreMetadata('license-expression'),
  summary: 'License-Expression uses an identifier that the SPDX list has deprecated.',
  why: 'Indexes may reject deprecated identifiers, and flit and uv_build already do. The GNU identifiers without a suffix are ambiguous.',
  breaks: 'flit and uv_build stop the build.',
  fix: project =>
    `Use the identifier that replaces it under ${project.key('License-Expression')}, such as \`GPL-3.0-only\` or \`GPL-3.0-or-later\` for \`GPL-3.0\`.`,
  bad: [
    { wheel: { metadata: { 'License-Expression': 'GPL-3.0' } } },
    { wheel: { metadata: { 'License-Expression': 'GPL-3.0+' } } },
    { wheel: { metadata: { 'License-Expression': 'MIT AND GPL-3.0-with-GCC-exception' } } },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "Reads demo files"\nlicense = "GPL-3.0"\n',
      },
    },
  ],
  good: { wheel: { metadata: { 'License-Expression': 'GPL-3.0-or-later' } } },
  *check(subject) {
    const { metadata } = subject
    const field = metadata?.first('License-Expression')
    const parsed = field && attempt(parseLicenseExpression, field.value)
    if (!field || !parsed) return
    const who = refusing(subject)
    for (const id of new Set(parsed.licenses.flatMap(license => license.deprecated))) {
      const current = currentSpdx(id)
      const hint = GNU.test(id)
        ? ` Use ${quote(`${id}-only`)} or ${quote(`${id}-or-later`)}.`
        : current === undefined
          ? ''
          : ` Use ${quote(current)}.`
      yield finding(
        licenseIdPlace(field, id),
        `${quote(id)} is deprecated in version ${SPDX_LIST.version} of the SPDX license list${who === undefined ? '' : `: ${who} refuses to build that`}.${hint}`,
        {
          severity: who === undefined ? undefined : 'error',
          remedy: replacing('License-Expression', field.value, withCurrent(field.value, id), !GNU.test(id)),
        },
      )
    }
  },
})

/** The backend that will build a source tree, if it rejects deprecated identifiers. */
function refusing(subject: Wheel | Sdist): string | undefined {
  const backend =
    subject.kind === 'sdist' && subject.tree && subject.pyproject ? backendOf(subject.pyproject) : undefined
  if (backend === 'uv-build') return 'uv_build'
  return backend === 'flit-core' || backend === 'flit' ? 'flit' : undefined
}

/** The expression with a current identifier; undefined where nothing replaces it, or more than an identifier does. */
function withCurrent(expression: string, id: string): string | undefined {
  const current = currentSpdx(id)
  if (current === undefined || / /.test(current)) return undefined
  return expression.replaceAll(
    new RegExp(`(?<![\\w.+-])${id.replace(/[.+]/g, '\\$&')}(?![\\w.+-])`, 'g'),
    () => current,
  )
}
