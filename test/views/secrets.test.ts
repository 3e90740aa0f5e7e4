import { expect, it } from 'vitest'
import { secretIn } from '../../src/views/secrets.js'

it.each([
  ['.npmrc', '//registry.npmjs.org/:_authToken=npm_4Jq', 'a value for _authToken'],
  ['.npmrc', '_password = cGFzcw==', 'a value for _password'],
  ['.pypirc', 'password: pypi-AgEI', 'a password'],
  ['.pypirc', 'repository = https://ann:hunter2@pypi.corp.net/simple', 'a URL with a password'],
  ['.netrc', 'machine corp.net login ann password hunter2', 'a password'],
  ['.git-credentials', 'https://ann:ghp_1x@github.com', 'a URL with a password'],
  ['id_ed25519', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA', 'a private key'],
  ['.aws/credentials', 'aws_secret_access_key = wJalrXUt', 'a secret key'],
  ['.env', 'export GITHUB_TOKEN="ghp_1x"', 'a value for GITHUB_TOKEN'],
  ['.env.local', "DB_PASSWORD='hunter2'", 'a value for DB_PASSWORD'],
  ['.env', 'DATABASE_URL=postgres://ann:hunter2@db.corp.net/app', 'a URL with a password'],
])('%s: %s', (name, line, what) => {
  const [first = '', next = ''] = line.split('\n')
  expect(secretIn(`demo-1.0/${name}`, first, next)).toBe(what)
})

it.each([
  ['.npmrc', 'package-lock=true'],
  ['.npmrc', `//registry.npmjs.org/:_authToken=\${NPM_TOKEN}`],
  ['.npmrc', 'always-auth=true'],
  ['.pypirc', 'repository = https://upload.pypi.org/legacy/'],
  ['.pypirc', 'username = __token__'],
  ['.pypirc', 'password = <your token>'],
  ['.pypirc', '# password = hunter2'],
  ['.netrc', 'machine corp.net login ann'],
  ['id_rsa', 'ssh-rsa AAAAB3NzaC1yc2E'],
  ['server.key', '-----BEGIN ENCRYPTED PRIVATE KEY-----\n<your key>'],
  ['key.json', '"private_key": "-----BEGIN PRIVATE KEY-----\\n...\\n"'],
  ['server.key', '-----BEGIN PRIVATE KEY-----\n<your key>'],
  ['.aws/credentials', 'aws_access_key_id = AKIA'],
  ['.env', 'API_TOKEN='],
  ['.env', 'MAX_TOKENS=4096'],
  ['.env', 'SESSION_TOKEN=3600'],
  ['.env', 'USE_KEY=true'],
  ['.env', 'STRIPE_PUBLISHABLE_KEY=pk_live_1'],
  ['.env', 'SECRET_KEY=change-me-please'],
  ['.env', 'DATABASE_URL=postgres://postgres:postgres@localhost:5432/app'],
  ['.env', 'REDIS_URL=redis://:pass@redis:6379/0'],
  ['.env', 'FLASK_APP=demo'],
])('nothing in %s: %s', (name, line) => {
  const [first = '', next = ''] = line.split('\n')
  expect(secretIn(`demo-1.0/${name}`, first, next)).toBeUndefined()
})
