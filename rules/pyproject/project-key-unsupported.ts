import { finding, rule } from '../../src/rule.js'
import { backendOf, dynamicKeys } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BACKEND_VERSIONS } from './_backend-tables.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

const KEYS = ['import-names', 'import-namespaces']

export default rule({
  id: 'project-key-unsupported',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "import-names" and "import-namespaces"; PEP 794',
  url: pyprojectToml('import-names'),
  summary: '`[project]` contains a key that the build backend does not support yet.',
  why: 'setuptools refuses to build with `import-names` or `import-namespaces`. Other backends write them to the metadata.',
  breaks: BUILD_STOPS,
  fix: 'Remove the key, or use a backend that supports it.',
  byHand: 'A person decides between the key and the backend.',
  precision: 'high',
  bad: [
    {
      sdist: {
        pyproject: builtWith('setuptools', DEMO, 'import-names = ["demo"]'),
        metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' },
      },
    },
    { sdist: { pyproject: builtWith('setuptools', DEMO, 'dynamic = ["import-names"]') } },
  ],
  good: {
    sdist: {
      pyproject: builtWith('hatchling', DEMO, 'import-names = ["demo"]'),
      metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' },
    },
  },
  *check({ pyproject }) {
    if (!pyproject?.project || backendOf(pyproject) !== 'setuptools') return
    for (const key of KEYS) {
      const index = dynamicKeys(pyproject).indexOf(key)
      const isSet = Object.hasOwn(pyproject.project, key)
      if (!isSet && index < 0) continue
      yield finding(
        isSet ? pyproject.keyPlace('project', key) : pyproject.place('project', 'dynamic', index),
        `${BACKEND_VERSIONS.get('setuptools')} does not support \`${key}\`: the build fails.`,
        {
          help: isSet
            ? `Remove \`${key}\` from \`[project]\`, or use a backend that supports it, such as hatchling.`
            : `Remove \`${key}\` from \`dynamic\`.`,
        },
      )
    }
  },
})
