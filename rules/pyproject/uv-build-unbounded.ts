import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { texts } from '../../src/views/pyproject.js'
import { replacing } from '../shared/remedies.js'

export default rule({
  id: 'uv-build-unbounded',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'uv documentation, "The uv build backend"',
  url: 'https://docs.astral.sh/uv/concepts/build-backend/',
  summary: '`build-system.requires` contains uv_build without an upper bound.',
  why: 'A later version of uv_build may contain breaking changes, and the sdist then no longer builds. uv warns about it.',
  fix: 'Add an upper bound, as `uv init` does: `uv_build>=0.9,<0.10`.',
  bad: ['uv_build>=0.9', 'uv_build'].map(required => ({
    sdist: {
      pyproject: `[build-system]\nrequires = ["${required}"]\nbuild-backend = "uv_build"\n\n[project]\nname = "demo"\nversion = "1.0"\n`,
    },
  })),
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["uv_build>=0.9,<0.10"]\nbuild-backend = "uv_build"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
    },
  },
  *check({ pyproject }) {
    if (pyproject?.get('build-system', 'build-backend') !== 'uv_build') return
    for (const [index, text] of texts(pyproject.get('build-system', 'requires'))) {
      const requirement = attempt(parseRequirement, text)
      if (!requirement || canonicalName(requirement.name) !== 'uv-build' || requirement.url !== undefined) continue
      if (requirement.specifier.clauses.some(({ operator }) => ['<', '<=', '==', '===', '~='].includes(operator)))
        continue
      const at = pyproject.place('build-system', 'requires', index)
      const better = bounded(text)
      yield finding(
        at,
        'uv_build does not have an upper bound: a later version with breaking changes may break the build.',
        better === undefined
          ? {}
          : {
              help: `Write \`${better}\`, with an upper bound as \`uv init\` adds it.`,
              remedy: replacing(at.field ?? '', text, better, better.startsWith(text)),
            },
      )
    }
  },
})

/** The requirement up to the version after those that it may take today: the next minor one of 0.x. */
function bounded(text: string): string | undefined {
  const [written] = text.split(';', 1)
  if (written !== text || !/^[\w.-]+\s*(?:>=?\s*\d[\d.]*\s*)?$/.test(text)) return undefined
  const [, operator = '>=', version = NEWEST] = /(>=?)\s*(\d[\d.]*)/.exec(text) ?? []
  const [major, minor] = partsOf(version)
  // There is no version below 0.1.
  if (major === 0 && minor === 0) return undefined
  const [newestMajor, newestMinor] = partsOf(NEWEST)
  const isOlder = major < newestMajor || (major === newestMajor && minor < newestMinor)
  const [lastMajor, lastMinor] = isOlder ? [newestMajor, newestMinor] : [major, minor]
  const next = lastMajor === 0 ? `0.${lastMinor + 1}` : String(lastMajor + 1)
  return text.includes('>') ? `${text.trim()},<${next}` : `${text.trim()}${operator}${version},<${next}`
}

function partsOf(version: string): readonly [major: number, minor: number] {
  const [major, minor] = version.split('.')
  return [Number(major), Number(minor) || 0]
}

/** The last minor version that was known when this was written. */
const NEWEST = '0.13'
