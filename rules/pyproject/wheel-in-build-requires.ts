import { textAt } from '../../src/project/document.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { texts } from '../../src/views/pyproject.js'

export default rule({
  id: 'wheel-in-build-requires',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools documentation, "Build System Support"; repo-review',
  url: 'https://setuptools.pypa.io/en/latest/build_meta.html',
  summary: '`build-system.requires` contains wheel, which setuptools requests on its own.',
  why: 'An old example in the setuptools documentation contained it. Every build installs wheel, but nothing uses it.',
  fix: 'Remove `wheel`, unless setup.py imports it.',
  needs: ['python-imports'],
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools", "wheel"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
    },
  },
  *check({ pyproject, python, top }) {
    if (!pyproject || !/^setuptools\.build_meta(?::|$)/.test(textAt(pyproject, 'build-system', 'build-backend') ?? ''))
      return
    const setup = python.get(`${top}/setup.py`)
    if (setup?.imports.some(({ module }) => /^wheel(?:\.|$)/.test(module))) return
    for (const [index, text] of texts(pyproject.get('build-system', 'requires')))
      if (canonicalName(/^\s*([A-Za-z0-9._-]*)/.exec(text)?.[1] ?? '') === 'wheel' && attempt(parseRequirement, text))
        yield finding(
          pyproject.place('build-system', 'requires', index),
          'wheel is not needed: setuptools requests it where a build needs it, and setup.py does not import it.',
        )
  },
})
