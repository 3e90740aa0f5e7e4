/**
 * Jazzer.js, which finds cases by the branches they reach: put into .cache/jazzer/ once, as test/fuzz/jazzer/package-lock.json
 * pins it. A tool of development only; nothing of it is in package.json or in what is published.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pinned = fileURLToPath(new URL('./jazzer/', import.meta.url))
const folder = fileURLToPath(new URL('../../.cache/jazzer/', import.meta.url))
const prebuilds = `${folder}node_modules/@jazzer.js/fuzzer/prebuilds/`
const addon = `${prebuilds}fuzzer-${process.platform}-${process.arch}.node`
const shim = `${prebuilds}libnewer.so`

export interface Jazzer {
  /** The script to run with Node. */
  readonly cli: string
  readonly env: Readonly<Record<string, string>>
}

/** Installs it when it is not there, and makes it load where the system's C library is older than it wants. */
export function jazzer(): Jazzer {
  install()
  const env = existsSync(shim) ? { LD_PRELOAD: shim } : {}
  const fault = loading(env)
  if (fault === '') return { cli: `${folder}node_modules/@jazzer.js/core/dist/cli.js`, env }
  if (process.platform !== 'linux' || existsSync(shim) || !/GLIBC(?:XX)?_\d/.test(fault))
    throw new Error(`Jazzer.js does not load here:\n${fault}`)
  adapt()
  return jazzer()
}

function install(): void {
  const current = (name: string) =>
    existsSync(folder + name) && readFileSync(folder + name, 'utf8') === readFileSync(pinned + name, 'utf8')
  const files = ['package.json', 'package-lock.json']
  if (files.every(current) && existsSync(addon)) return
  mkdirSync(folder, { recursive: true })
  for (const name of files) copyFileSync(pinned + name, folder + name)
  // Its binaries are in the packages: no script needs to run.
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
}

/** What goes wrong when the binary is loaded; '' when nothing does. */
function loading(env: Readonly<Record<string, string>>): string {
  const { status, stderr } = spawnSync(process.execPath, ['-e', 'require(process.argv[1])', addon], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return status === 0 ? '' : stderr
}

/** What the binary of 4.0.0 takes from glibc 2.38 and from the libstdc++ of GCC 13. */
const SHIM = `
extern long strtol(const char *, char **, int);
extern unsigned long strtoul(const char *, char **, int);
extern void _ZNSt8ios_base4InitC1Ev(void *);
long __isoc23_strtol(const char *s, char **end, int base) { return strtol(s, end, base); }
unsigned long __isoc23_strtoul(const char *s, char **end, int base) { return strtoul(s, end, base); }
void _ZSt21ios_base_library_initv(void) { static char init; _ZNSt8ios_base4InitC1Ev(&init); }
`

const NEWER = ['GLIBC_2.38', 'GLIBCXX_3.4.32']
const WEAK = 2

/** A library to preload has the symbols that are missing; that their versions are, is made no ground for refusal. */
function adapt(): void {
  const bytes = readFileSync(addon)
  for (const version of NEWER) {
    // An entry of the table of needed versions: hash, flags, index, name, next.
    const hash = Buffer.alloc(4)
    hash.writeUInt32LE(elfHash(version))
    let at = bytes.indexOf(hash)
    while (at >= 0 && bytes.readUInt16LE(at + 4) !== 0) at = bytes.indexOf(hash, at + 1)
    if (at >= 0) bytes.writeUInt16LE(WEAK, at + 4)
  }
  // With the compiler's driver for C++, so that libstdc++ is there.
  execFileSync('c++', ['-shared', '-fPIC', '-O1', '-x', 'c', '-', '-x', 'none', '-lstdc++', '-o', shim], {
    input: SHIM,
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  writeFileSync(addon, bytes)
}

/** The hash of a version's name in ELF (System V ABI). */
function elfHash(name: string): number {
  let hash = 0
  for (const letter of name) {
    hash = (hash << 4) + letter.charCodeAt(0)
    const high = hash & 0xf0000000
    hash = (hash ^ (high >>> 24)) & ~high
  }
  return hash >>> 0
}
