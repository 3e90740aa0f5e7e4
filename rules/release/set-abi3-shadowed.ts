import { rule } from '../../src/rule.js'
import { cp3Minor, tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'set-abi3-shadowed',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Use"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/#use',
  summary: 'A version-specific wheel duplicates an abi3 wheel that supports the same Python.',
  why: 'Installers prefer the specific wheel, so two wheels are built, tested and uploaded for the same purpose.',
  fix: 'Remove the specific wheel, unless it is faster or contains more than the abi3 wheel.',
  bad: {
    release: [
      { wheel: { filename: 'demo-1.0-cp310-abi3-win_amd64.whl' } },
      { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl' } },
    ],
  },
  good: {
    release: [
      { wheel: { filename: 'demo-1.0-cp310-abi3-win_amd64.whl' } },
      { wheel: { filename: 'demo-1.0-cp39-cp39-win_amd64.whl' } },
    ],
    alsoGives: ['platform-tag-no-binary'],
  },
  *check({ wheels }) {
    const stable = wheels.filter(({ name }) => name?.abi.includes('abi3') === true)
    for (const wheel of wheels) {
      const { name } = wheel
      const minors = (name?.python ?? []).flatMap(python => cp3Minor(python) ?? [])
      const specific = name?.abi.every(abi => /^cp3[0-9]+$/.test(abi)) === true
      if (!name || !specific || minors.length === 0) continue
      const better = stable.find(
        other =>
          other.name?.variant === name.variant &&
          other.name?.platform.some(platform => name.platform.includes(platform)) &&
          other.name.python.some(python => minors.every(minor => (cp3Minor(python) ?? 999) <= minor)),
      )
      if (!better) continue
      yield {
        path: wheel.path,
        at: { ...tagPlace(wheel, 'tag'), value: name.tag },
        message: `${better.filename} also supports the Python of ${wheel.filename}; installers prefer the specific wheel.`,
        related: [
          {
            path: better.path,
            ...tagPlace(better, 'tag'),
            value: better.name?.tag,
            message: `abi3 wheel ${better.filename}`,
          },
        ],
        subject: `tags ${name.tag}`,
      }
    }
  },
})
