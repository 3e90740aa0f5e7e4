import type { Sdist, Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import { attempt } from '../standards/error.js'
import { canonicalName } from '../standards/name.js'
import { parseRequirement, type Requirement } from '../standards/requirement.js'
import { splitLines } from '../text/lines.js'
import { dependencies } from './dependencies.js'
import { ownEggInfo } from './egg-info.js'
import { dynamicKeys, isSetuptools, texts } from './pyproject.js'
import { setupCfg, setupScript } from './setup-files.js'

export interface Required {
  /** Normalized name. */
  readonly name: string
  readonly requirement: Requirement
  /** As it is written. */
  readonly text: string
}

/** What an installation requires, extras too; undefined where the files of an sdist do not tell. */
export const requiredBy = oncePer((dist: Wheel | Sdist): readonly Required[] | undefined => {
  const own = dependencies(dist.metadata).map(({ name, requirement, field }) => ({
    name,
    requirement,
    text: field.value,
  }))
  if (dist.kind === 'wheel') return own
  const written = [...ofEggInfo(dist), ...ofBuildFiles(dist)].flatMap(text => {
    const requirement = attempt(parseRequirement, text)
    return requirement ? [{ name: canonicalName(requirement.name), requirement, text }] : []
  })
  return own.length > 0 || written.length > 0 || hasNone(dist) ? [...own, ...written] : undefined
})

/** More lines than any project has. */
const MOST = 2000

/** requires.txt; a section is for an extra, or has a marker. */
export function ofEggInfo(sdist: Sdist): readonly string[] {
  const egg = ownEggInfo(sdist)
  let marker = ''
  return splitLines(sdist.texts.get(`${egg?.path}/requires.txt`)?.text ?? '')
    .slice(0, MOST)
    .flatMap(line => {
      const text = line.trim()
      const [, extra, condition] = /^\[([^:\]]*)(?::(.+))?\]$/.exec(text) ?? []
      if (extra !== undefined)
        marker = [extra === '' ? '' : `extra == "${extra.trim()}"`, condition === undefined ? '' : `(${condition})`]
          .filter(part => part !== '')
          .join(' and ')
      return extra !== undefined || text === '' || text.startsWith('#')
        ? []
        : [marker === '' ? text : `${text}${text.includes(' @ ') ? ' ' : ''}; ${marker}`]
    })
}

function ofBuildFiles(sdist: Sdist): readonly string[] {
  const listed = texts(sdist.pyproject?.get('project', 'dependencies')).map(([, text]) => text)
  if (!isSetuptools(sdist)) return listed
  return [
    ...listed,
    ...(setupScript(sdist)?.setup?.list('install_requires') ?? []).map(({ text }) => text),
    ...(setupCfg(sdist).get('options.install_requires')?.values ?? []).map(({ text }) => text),
  ]
}

/** Do the files say that nothing is required? */
function hasNone(sdist: Sdist): boolean {
  const { metadata, pyproject } = sdist
  const dynamic = metadata?.all('Dynamic').map(({ value }) => value.trim().toLowerCase()) ?? []
  if (metadata?.atLeast('2.2') === true && !dynamic.includes('requires-dist')) return true
  if (ownEggInfo(sdist)?.isWhole) return true
  if (pyproject?.get('project') !== undefined) return !dynamicKeys(pyproject).includes('dependencies')
  const setup = setupScript(sdist)?.setup
  return (
    setup !== undefined &&
    !setup.isOpen &&
    !['install_requires', 'requires'].some(one => setup.keywords.has(one)) &&
    !setupCfg(sdist).has('options.install_requires')
  )
}
