import { SECRETS } from '../../src/distribution/keep.js'
import { finding, quote, rule } from '../../src/rule.js'
import { splitLines } from '../../src/text/lines.js'
import { secretIn } from './_secrets.js'

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
  summary: 'The archive contains a file with a password or key.',
  why: 'Anyone can download it, and copies of a file on PyPI cannot be recalled.',
  fix: 'Remove the file from the archive, and revoke every password and key in it.',
  precision: 'medium',
  securitySeverity: 6,
  bad: [
    { sdist: { files: { '{top}/.env': 'TOKEN=x\n' } } },
    { sdist: { files: { '{top}/.npmrc': 'package-lock=true\n//registry.npmjs.org/:_authToken=npm_x1\n' } } },
    { wheel: { files: { '.pypirc': '[pypi]\nusername = ann\npassword = x\n' } } },
  ],
  good: [
    { sdist: { files: { '{top}/tests/.env': 'TOKEN=x\n' } } },
    {
      sdist: {
        files: {
          '{top}/.npmrc': `package-lock=true\n//registry.npmjs.org/:_authToken=\${NPM_TOKEN}\n`,
          '{top}/.pypirc': '[pypi]\nrepository = https://upload.pypi.org/legacy/\nusername = __token__\n',
          '{top}/.env': 'DEBUG=1\nPORT=8000\nAPI_TOKEN=\nSECRET_KEY=changeme\n',
        },
      },
    },
  ],
  *check({ texts }) {
    for (const [member, { text }] of texts) {
      if (!SECRETS.test(member) || EXAMPLE.test(member)) continue
      for (const [i, line] of splitLines(text).entries()) {
        const what = secretIn(member, line)
        if (what === undefined) continue
        // Without the line, so that no report quotes it.
        yield finding({ member }, `${quote(member)} contains ${what} on line ${i + 1}, which anyone can read.`)
        break
      }
    }
  },
})
