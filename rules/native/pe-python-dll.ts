import { basename, nativeSubject } from '../../src/platform/subject.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { suffixFault } from '../../src/platform/suffix-fit.js'
import { quote, rule } from '../../src/rule.js'
import { some } from '../../src/wording.js'
import { ABI3, nativeFinding, tagsFor } from '../shared/native.js'

function fault(
  version: string,
  threaded: boolean,
  debug: boolean,
  stable: boolean,
  abis: readonly string[],
  versions: ReadonlySet<string>,
): string | undefined {
  if (debug) return 'which belongs to a debug build'
  if (stable) {
    if (version !== '3') return 'but a module for abi3 must import python3.dll'
    const free = abis.includes('abi3t')
    if (free) return threaded ? undefined : 'but a module for abi3t must import python3t.dll'
    return threaded ? 'but the wheel is not for free-threaded Python' : undefined
  }
  if (version === '3') return undefined
  if (!versions.has(version)) return `but the wheel is for ${some([...versions].map(one => `python${one}`))}`
  const wanted = abis.filter(abi => /^cp3\d{1,2}t?$/.test(abi))
  if (wanted.length === 0) return undefined
  return wanted.some(abi => abi.endsWith('t') === threaded) ? undefined : `but the wheel is tagged ${some(wanted)}`
}

export default rule({
  id: 'pe-python-dll',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter', 'system'],
  force: 'none',
  source: 'Python/C API, "Stable ABI"; "Using the ABI on Windows"',
  url: ABI3,
  summary: 'An extension module imports the DLL of another Python.',
  why: 'That DLL is not loaded in the interpreter that the wheel is for, or loads a second interpreter.',
  fix: 'Build it against the version and kind of Python in the tags. abi3 modules import `python3.dll`.',
  absence: 'member',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-python311' } },
    { wheel: { filename: 'demo-1.0-cp38-abi3-win_amd64.whl', make: 'pe-abi3-versioned' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-python311-tool' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
    { wheel: { filename: 'demo-1.0-cp38-abi3-win_amd64.whl', make: 'pe-abi3' } },
    { wheel: { filename: 'demo-1.0-cp313-cp313t-win_amd64.whl', make: 'pe-other-build' } },
  ],
  *check(wheel) {
    const subject = nativeSubject(wheel)
    const { pe, pythons, abis, isReachable } = subject
    if (tagsFor(wheel, 'windows').length === 0) return
    const stable = abis.some(abi => abi === 'abi3' || abi === 'abi3t')
    const versions = new Set(pythons.flatMap(tag => /^cp(3\d{1,2})$/.exec(tag)?.[1] ?? []))
    if (!stable && versions.size === 0) return
    const own = new Set(wheel.members.files.map(member => basename(member.path).toLowerCase()))
    for (const file of pe) {
      const suffix = extensionSuffix(basename(file.path))
      // The file name of a module for another Python says so: extension-suffix-mismatch reports it.
      if (suffix?.abi.kind === 'cpython' && suffixFault(suffix, subject) !== undefined) continue
      for (const { dll } of file.dlls) {
        const match = /^python(\d{1,3})(t?)(_d)?\.dll$/i.exec(dll)
        if (!match || own.has(dll.toLowerCase())) continue
        const [, version = '', threaded, debug] = match
        const reason = fault(version, threaded === 't', debug !== undefined, stable, abis, versions)
        if (reason === undefined) continue
        const at = [file, dll] as const
        yield nativeFinding(
          ...at,
          `${quote(file.path)} imports ${quote(dll)}, ${reason}.`,
          isReachable(file.path) ? {} : { severity: 'info', enforcedBy: [] },
        )
      }
    }
  },
})
