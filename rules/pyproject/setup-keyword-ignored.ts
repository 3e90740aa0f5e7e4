import { finding, quote, rule } from '../../src/rule.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'

/** Keywords that say nothing any more, why, and what to do instead. */
const IGNORED: ReadonlyMap<string, readonly [why: string, instead: string]> = new Map(
  [
    ['tests_require', 'Move the requirements to an extra, or to `[dependency-groups]` of pyproject.toml.'],
    ['test_suite', 'Remove it, and run the tests with pytest or unittest.'],
    ['test_loader', 'Remove it, and run the tests with pytest or unittest.'],
  ]
    .map(([name, instead]): readonly [string, readonly [string, string]] => [
      name!,
      ['setuptools 72 removed the command that used it', instead!],
    ])
    .concat([
      [
        'dependency_links',
        [
          'pip has ignored it since version 19',
          'Remove it, and require the projects by name; users configure other indexes themselves.',
        ],
      ],
    ]),
)

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
const script = (keywords: string) => ({
  sdist: {
    pyproject: SETUPTOOLS,
    files: {
      '{top}/setup.py': `from setuptools import setup\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    ${keywords},\n)\n`,
    },
  },
})

export default rule({
  id: 'setup-keyword-ignored',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools 72, release notes; pip 19, release notes',
  url: 'https://setuptools.pypa.io/en/latest/history.html#v72-0-0',
  summary: 'setup.py or setup.cfg has a setting that nothing reads anymore.',
  why: 'Neither the test requirements nor the dependencies that it names are installed.',
  fix: 'Remove the setting.',
  byHand: 'Only a person knows where the value belongs now.',
  precision: 'high',
  bad: [
    script('tests_require=["pytest"]'),
    {
      sdist: {
        pyproject: SETUPTOOLS,
        files: {
          '{top}/setup.cfg':
            '[metadata]\nname = demo\nversion = 1.0\n\n[options]\ndependency_links = https://demo.dev/simple\n',
        },
      },
    },
  ],
  good: script('extras_require={"test": ["pytest"]}'),
  *check(sdist) {
    const setup = setupScript(sdist)?.setup
    const options = setupCfg(sdist)
    for (const [name, [why, help]] of IGNORED) {
      const keyword = setup?.keyword(name)
      const option = options.get(`options.${name}`)
      const at = keyword
        ? { member: `${sdist.top}/setup.py`, line: keyword.line, column: keyword.column }
        : option && { member: option.member, line: option.line, column: option.column }
      if (at)
        yield finding({ ...at, value: name, mark: name }, `${quote(name)} has no effect: ${why}.`, {
          help,
          subject: name,
        })
    }
  },
})
