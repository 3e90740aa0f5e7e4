import { finding, quote, rule } from '../../src/rule.js'
import { secrets } from '../../src/views/secrets.js'

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
    {
      wheel: {
        files: { 'demo/server.key': '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n' },
      },
    },
    {
      wheel: {
        files: { 'demo/locked.key': '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEvQIBADANBg\n' },
      },
    },
    {
      wheel: {
        files: {
          'demo/service-account.json': `{\n  "type": "service_account",\n  "private_key": "-----BEGIN PRIVATE KEY-----\\n${'A'.repeat(64)}\\n"\n}\n`,
        },
      },
    },
  ],
  good: [
    { sdist: { files: { '{top}/tests/.env': 'TOKEN=x\n' } } },
    { sdist: { files: { '{top}/tests/server.key': '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n' } } },
    {
      wheel: {
        files: {
          'demo/template.key': '-----BEGIN PRIVATE KEY-----\n{{ key }}\n-----END PRIVATE KEY-----\n',
          'demo/service-account.json':
            '{"private_key": "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----\\n"}\n',
          'demo/test_certs/server.key': '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n',
        },
      },
    },
    { wheel: { files: { 'demo/ca.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' } } },
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
  *check(dist) {
    // Without the line, so that no report quotes it.
    for (const [member, { what, line }] of secrets(dist))
      yield finding({ member }, `${quote(member)} contains ${what} on line ${line}, which anyone can read.`)
  },
})
