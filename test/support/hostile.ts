import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const GENERATOR = fileURLToPath(new URL('../../../shared/hostile/make_hostile.py', import.meta.url))

export interface HostileCase {
  readonly case: string
  readonly concept: string
  readonly expect: 'error' | 'warning' | 'any-finding' | 'clean'
  readonly why: string
  readonly file: string
  readonly bytes: Uint8Array
}

type Verdict = Pick<HostileCase, 'expect'> & Partial<Pick<HostileCase, 'concept'>>

/** Cases that were judged anew since: the pax format is a MUST, and a hexadecimal hash is still one of the file. */
const JUDGED_ANEW: Readonly<Record<string, Verdict>> = {
  'tar-ok-gnu-format': { expect: 'warning', concept: 'tar_portability' },
  'tar-ok-gnu-long-name': { expect: 'warning', concept: 'tar_portability' },
  'record-hash-hex': { expect: 'warning' },
}

/** A case as it is judged today. */
export const asJudged = <T extends { readonly case: string }>(one: T): T => ({ ...one, ...JUDGED_ANEW[one.case] })

/** Imports the generator and writes only the wanted cases: all of them take half a minute. */
const SCRIPT = `
import importlib.util, json, pathlib, re, sys
spec = importlib.util.spec_from_file_location('make_hostile', sys.argv[1])
module = importlib.util.module_from_spec(spec)
sys.modules['make_hostile'] = module
spec.loader.exec_module(module)
out = []
for index, case in enumerate(module.CASES):
    if re.search(sys.argv[3], case.case) and not re.search(sys.argv[4], case.case):
        path = pathlib.Path(sys.argv[2]) / str(index)
        path.write_bytes(case.build())
        out.append(dict(case=case.case, concept=case.concept, expect=case.expect, why=case.why, file=case.file, path=str(path)))
print(json.dumps(out))
`

/** Why the cases cannot be made here, for a skipped test's name; undefined when they can. */
export function hostileMissing(): string | undefined {
  if (!existsSync(GENERATOR)) return 'no ../shared/hostile'
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' })
  } catch {
    return 'no python3'
  }
  return undefined
}

/** The cases whose names match `wanted` and not `unwanted`. */
export function hostileCases(wanted: RegExp, unwanted: RegExp): readonly HostileCase[] {
  if (hostileMissing() !== undefined) return []
  const folder = mkdtempSync(join(tmpdir(), 'distaudit-hostile-'))
  try {
    const text = execFileSync('python3', ['-c', SCRIPT, GENERATOR, folder, wanted.source, unwanted.source], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    const cases = JSON.parse(text) as (HostileCase & { path: string })[]
    return cases.map(({ path, ...rest }) => asJudged({ ...rest, bytes: new Uint8Array(readFileSync(path)) }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
