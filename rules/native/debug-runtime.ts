import { optionalOf } from '../../src/platform/optional.js'
import { basename, nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { nativeFinding } from '../shared/native.js'

const DEBUG = /^(?:(?:vcruntime|msvcp|concrt|vccorlib|mfc|vcomp)\d+(?:_\d)?u?d|ucrtbased|msvcrtd|msvcr\d+d)\.dll$/

export default rule({
  id: 'debug-runtime',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Microsoft, "C runtime (CRT) and C++ standard library .lib files"',
  url: 'https://learn.microsoft.com/en-us/cpp/c-runtime-library/crt-library-features',
  summary: 'A binary needs the debug runtime of Visual C++.',
  why: 'Only machines with Visual Studio have it, and its license does not allow redistribution.',
  fix: 'Build the release configuration (`/MD`).',
  absence: 'member',
  needs: ['native', 'python-imports'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-debug-runtime' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-debug-runtime-part' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
  *check(wheel) {
    const own = new Set(wheel.members.files.map(member => basename(member.path).toLowerCase()))
    const { pe, loadable, isExtension, isReachable } = nativeSubject(wheel)
    const hasExtensions = loadable.some(isExtension)
    // A library that no extension module loads, or a module that may fail, breaks a part of the package.
    const isPart = (path: string) => hasExtensions && (!isReachable(path) || optionalOf(wheel).isOptional(path))
    for (const file of pe) {
      const names = file.dlls.map(one => one.dll.toLowerCase()).filter(name => DEBUG.test(name) && !own.has(name))
      if (names.length > 0)
        yield nativeFinding(
          file,
          names[0],
          `${quote(file.path)} imports ${someQuoted(names)} of the Visual C++ debug runtime.`,
          // Its release version is next to it, for everybody else.
          own.has(
            basename(file.path)
              .toLowerCase()
              .replace(/[-_]?d(?:ebug)?\.dll$/, '.dll'),
          )
            ? { severity: 'info', enforcedBy: [] }
            : isPart(file.path)
              ? { severity: 'warning' }
              : undefined,
        )
    }
  },
})
