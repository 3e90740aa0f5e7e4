import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { run } from '../support/run-command.js'
import { answer } from './server.js'

/** For localhost, by itself, until 2126: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1`. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBizCCATGgAwIBAgIUZNK+5t7I8s7tOdYRwcSuzN6Xuk8wCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMzAxMTE1NDJaGA8yMTI2MTEwNjExMTU0
MlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLJi
LkGe0WH9Pk25wNlZVh3mi8fJr6WteEwgc/LfwusePVhgC/+4Sl5FtqS9H+Y2Emw1
12ohbvrAmxa9WLiLSUujaTBnMB0GA1UdDgQWBBSzW1wEfQsVYLiWA/SqtU0YnfLF
wjAfBgNVHSMEGDAWgBSzW1wEfQsVYLiWA/SqtU0YnfLFwjAPBgNVHRMBAf8EBTAD
AQH/MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAKBggqhkjOPQQDAgNIADBFAiAWWaN5
TIiAOl8TxXalUxZb8QeU9MqojwLtQz/LIGJwAwIhAOayTqT/9a4Dlu4OQtHbpBd1
cm++h3qCQV/Go5ZZMghL
-----END CERTIFICATE-----
`
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNh5Ir+594gNiyYZW
TFYjETW6mjuOhm5JxBdjJNZOws6hRANCAASyYi5BntFh/T5NucDZWVYd5ovHya+l
rXhMIHPy38LrHj1YYAv/uEpeRbakvR/mNhJsNddqIW76wJsWvVi4i0lL
-----END PRIVATE KEY-----
`

const wheel = await buildWheel({})
const server = createServer({ cert: CERTIFICATE, key: KEY }, (request, response) => {
  answer(response, wheel.bytes, request.headers.range)
})
let home: string
let port: number
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'distaudit-certificates-'))
  writeFileSync(join(home, 'own.pem'), CERTIFICATE)
  writeFileSync(join(home, 'other.pem'), rootCertificates[0] ?? '')
  writeFileSync(join(home, 'none.pem'), 'no certificate\n')
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  rmSync(home, { recursive: true, force: true })
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

async function audit(files: Readonly<Record<string, string>>, host = 'localhost') {
  const named = Object.entries(files).map(([name, file]) => [name, join(home, file)])
  const env = { HOME: home, PIP_CONFIG_FILE: '/dev/null', ...Object.fromEntries(named) }
  const { stdout, stderr } = await run(['--no-config', `https://${host}:${port}/${wheel.filename}`], { env, cwd: home })
  return stdout + stderr
}

it.each(['PIP_CERT', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE'])('trusts the certificates of %s', async name => {
  expect(await audit({ [name]: 'own.pem' })).toContain('PyPI would accept it')
})

it('trusts those of Node too where another file is named', async () => {
  expect(await audit({ NODE_EXTRA_CA_CERTS: 'own.pem', SSL_CERT_FILE: 'other.pem' })).toContain('PyPI would accept it')
})

it('says why it does not trust a server, and what to do', async () => {
  expect(await audit({})).toContain(
    "the server's certificate is not trusted: self-signed certificate (SSL_CERT_FILE may name a file",
  )
  expect(await audit({ SSL_CERT_FILE: 'none.pem' })).toContain('There are no certificates in PEM format in')
  expect(await audit({ SSL_CERT_FILE: 'own.pem' }, '127.0.0.1')).toContain(
    "the server's certificate is not one for '127.0.0.1'",
  )
})
