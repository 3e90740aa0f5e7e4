import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Homes } from '../../src/homes.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { list, quote } from '../../src/wording.js'

/** The first version of each backend that writes License-Expression from a string. */
const SINCE: Readonly<Record<string, string>> = {
  setuptools: '77.0.0',
  hatchling: '1.27.0',
  'flit-core': '3.11.0',
  'poetry-core': '2.2.0',
  'pdm-backend': '2.4.0',
}

/** Texts of which less is another license. */
const WHOLE = 0.95

/** What the project's own license file says; several ids where their texts are the same. Undefined when it is not one license. */
function recognizedLicense(subject: Wheel | Sdist): readonly string[] | undefined {
  const folder = subject.kind === 'sdist' ? `${subject.top}/` : `${subject.distInfo}/licenses/`
  const own = subject.licenseTexts.filter(
    ({ member }) => member.startsWith(folder) && !member.slice(folder.length).includes('/'),
  )
  const [text, ...others] = own
  const [match, ...more] = text?.matches ?? []
  return match && match.share >= WHOLE && others.length === 0 && more.length === 0 && !text?.offersChoice
    ? match.ids
    : undefined
}

interface Stated {
  readonly subject: Wheel | Sdist
  /** What to write, where it is known; else the text of the license file says it. */
  readonly expression: string | undefined
  /** What it takes the place of, where only one license is named. */
  readonly named?: string | undefined
}

/** Every step that states the license as an SPDX expression, as the project's backend takes it. */
export const stateLicense =
  ({ subject, expression, named }: Stated) =>
  (project: Homes): string => {
    const recognized = recognizedLicense(subject) ?? []
    const value = expression ?? (recognized.length === 1 ? recognized[0] : undefined)
    return `${steps(project, value ?? '…', subject)}${which(value, expression, recognized, named)}${needs(project)}`
  }

function steps(project: Homes, value: string, subject: Wheel | Sdist): string {
  const form = project.home('License-Expression')?.form
  const classifiers = classifierSteps(project, subject)
  if (form === 'poetry') {
    const move = `Add \`[project]\` with \`name\`, \`version\` and \`license = "${value}"\` to pyproject.toml`
    const keep = 'list in its `dynamic` what stays in `[tool.poetry]`'
    const isStated = isGiven(subject.metadata?.first('License'))
    const all = isStated ? `${move}, ${keep}, and remove \`license\` from \`[tool.poetry]\`` : `${move}, and ${keep}`
    return `${all}${classifiers}: Poetry writes License-Expression only for \`[project]\`.`
  }
  if (form === 'flit')
    return `Move \`[tool.flit.metadata]\` to \`[project]\`, with \`license = "${value}"\`${classifiers}: flit writes License-Expression only for \`[project]\`, and flit_core 4 no longer reads the old table.`
  const replaced = form?.startsWith('setup.') ? project.line('License', '') : undefined
  const instead = replaced === undefined ? '' : ` instead of \`license\` on ${replaced}`
  return `Set ${project.setting('License-Expression', value)}${instead}${classifiers}.`
}

/** The classifiers that have to go: setuptools, flit and pdm refuse to build an expression next to one. */
function classifierSteps(project: Homes, { metadata }: Wheel | Sdist): string {
  const written = (metadata?.all('Classifier') ?? []).flatMap(({ value }) => {
    if (!value.startsWith('License ::')) return []
    const line = project.line('Classifier', value)
    // Poetry adds its own classifiers, and omits them next to an expression.
    if (line === undefined && project.known && project.backend === 'poetry-core') return []
    return [`${quote(value)}${line === undefined ? '' : ` on ${line}`}`]
  })
  if (written.length === 0) return ''
  return `, and delete the classifier${written.length === 1 ? '' : 's'} ${list(written)}`
}

/** Which license it is, where the name alone leaves it open. */
function which(
  value: string | undefined,
  expression: string | undefined,
  recognized: readonly string[],
  named: string | undefined,
): string {
  if (expression !== undefined) return ''
  if (value !== undefined) return ` The license file has the text of ${value}.`
  if (recognized.length > 1) return ` The license file has the text of ${recognized.join(' or ')}; choose one of them.`
  if (/\bbsd\b/i.test(named ?? ''))
    return ' "BSD" is either BSD-2-Clause or BSD-3-Clause: the text of BSD-3-Clause has a third clause about the use of names.'
  return ' Identifiers are listed at https://spdx.org/licenses/.'
}

/** The version of the backend that it takes, where the project has an older one. */
function needs({ backend, backendVersion, takes, home }: Homes): string {
  const since = SINCE[backend ?? '']
  if (backend === undefined || since === undefined) return ''
  const short = since.replace(/(?:\.0)+$/, '')
  if (takes(since) === false) return ` Require \`${backend}>=${short}\` in \`build-system.requires\`.`
  const [built, wanted] = [tryVersion(backendVersion ?? ''), tryVersion(since)]
  if (built && wanted && compareVersions(built, wanted) < 0)
    return ` This needs ${backend} ${short} or later; ${backendVersion} built this wheel.`
  return home('License-Expression')?.form.startsWith('setup.') ? ` This needs ${backend} ${short} or later.` : ''
}
