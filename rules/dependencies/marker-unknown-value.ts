import { finding, quote, rule } from '../../src/rule.js'
import { comparisonPlace } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { markerTests } from './_markers.js'

/** Values that Python reports on known systems. Those that end with a version are patterns. */
const KNOWN: ReadonlyMap<string, RegExp> = new Map([
  [
    'sys_platform',
    /^(?:win32|linux2?|darwin|cygwin|ios|android|emscripten|wasi|aix[0-9]?|atheos|riscos|java.*|msys|haiku1?|(?:freebsd|sunos|openbsd|netbsd|dragonfly|gnukfreebsd|gnu0?|solaris)[0-9]*)$/,
  ],
  ['os_name', /^(?:posix|nt|java)$/],
  [
    'platform_system',
    /^(?:Linux|Darwin|Windows|Java|FreeBSD|OpenBSD|NetBSD|DragonFly|SunOS|AIX|CYGWIN.*|MSYS.*|MINGW.*|Emscripten|iOS|iPadOS|Android|WASI|wasi|Haiku|GNU.*|HP-UX|)$/,
  ],
  [
    'implementation_name',
    /^(?:cpython|pypy|jython|ironpython|graalpy|micropython|circuitpython|rustpython|pyodide|pyston)$/,
  ],
  [
    'platform_python_implementation',
    /^(?:CPython|PyPy|Jython|IronPython|GraalVM|MicroPython|CircuitPython|RustPython|Pyston)$/,
  ],
])

export default rule({
  id: 'marker-unknown-value',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker compares with a value that the variable never has.',
  why: 'The test is always false, or always true, on every system. Values are case-sensitive.',
  fix: 'Use the value that Python reports, such as `sys_platform == "win32"` or `platform_system == "Windows"`.',
  precision: 'high',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; sys_platform == "windows"' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; sys_platform == "win32"' } } },
  *check({ metadata }) {
    for (const { field, test, comparison } of markerTests(metadata)) {
      const { variable, operator, literal } = test
      const known = operator === '==' || operator === '!=' ? KNOWN.get(variable) : undefined
      if (known?.test(literal) === false)
        yield finding(comparisonPlace(field, comparison), `${variable} is never ${quote(literal)}.`, {
          help: MEANT.get(`${variable} ${literal.toLowerCase()}`),
        })
    }
  },
})

const MEANT = new Map([
  ['sys_platform windows', 'Write `sys_platform == "win32"`.'],
  ['sys_platform win64', 'Write `sys_platform == "win32"`, which includes 64-bit Windows.'],
  ['sys_platform macos', 'Write `sys_platform == "darwin"`.'],
  ['sys_platform mac', 'Write `sys_platform == "darwin"`.'],
  ['sys_platform osx', 'Write `sys_platform == "darwin"`.'],
  ['platform_system windows', 'Write `platform_system == "Windows"`.'],
  ['platform_system win32', 'Write `platform_system == "Windows"`.'],
  ['platform_system linux', 'Write `platform_system == "Linux"`.'],
  ['platform_system darwin', 'Write `platform_system == "Darwin"`.'],
  ['platform_system macos', 'Write `platform_system == "Darwin"`.'],
  ['os_name windows', 'Write `os_name == "nt"`.'],
  ['os_name linux', 'Write `sys_platform == "linux"`.'],
])
