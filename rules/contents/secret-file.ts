import { finding, quote, rule } from '../../src/rule.js'

const SECRET =
  /(?:^|\/)(?:\.env(?:\.(?:local|production|prod|development|dev))?|\.pypirc|\.netrc|_netrc|id_(?:rsa|dsa|ecdsa|ed25519)|\.npmrc|\.git-credentials|\.aws\/credentials)$/
const EXAMPLE =
  /(?:^|\/)(?:tests?|testing|testdata|fixtures|examples?|samples?|demos?|sandbox|templates?|docs?|cookiecutter[^/]*|\{\{[^/]*)\//i

export default rule({
  id: 'secret-file',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'PyPI documentation, "Security"',
  url: 'https://docs.pypi.org/',
  summary: 'A file that usually holds passwords or keys is in the archive.',
  why: 'Anybody can download it, and a file on PyPI cannot be taken back.',
  fix: 'Remove the file, and replace every password and key that was in it.',
  precision: 'medium',
  securitySeverity: 6,
  bad: { sdist: { files: { '{top}/.env': 'TOKEN=x\n' } } },
  good: { sdist: { files: { '{top}/tests/.env': 'TOKEN=x\n' } } },
  *check({ members }) {
    for (const { path, size } of members.files)
      if (size > 0 && SECRET.test(path) && !EXAMPLE.test(path))
        yield finding({ member: path }, `${quote(path)} is a file that usually holds passwords or keys.`)
  },
})
