import { finding, quote, rule } from '../../src/rule.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { SETUPTOOLS, withSetupScript } from './_backends.js'
import { IGNORED } from './_setup-cfg-keys.js'

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
    withSetupScript('tests_require=["pytest"]'),
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
  good: withSetupScript('extras_require={"test": ["pytest"]}'),
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
