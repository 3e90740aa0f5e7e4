import type { Wheel } from '../../src/distribution/distribution.js'
import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { oncePer } from '../../src/once.js'
import { linkageOf } from '../../src/platform/linkage.js'
import { missingDylibs } from '../../src/platform/macos.js'
import { externalOf } from '../../src/platform/platform.js'
import { basename, hasEntryPoint, isProgram, nativeSubject } from '../../src/platform/subject.js'
import type { PythonFile } from '../../src/python/file.js'
import { finding, quote, rule } from '../../src/rule.js'
import { withoutEnd } from '../../src/text/ends.js'
import { andMore, plural, someQuoted } from '../../src/wording.js'
import { nativeFinding, portableTags, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'vendored-unreachable',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'ld.so(8); dyld(1)',
  url: 'https://man7.org/linux/man-pages/man8/ld.so.8.html',
  summary: 'A library is in the wheel, but the binary that needs it cannot find it.',
  why: 'The import works only if something else has loaded the library before.',
  fix: 'Set the search path of the binary to the directory of the library: `$ORIGIN/…` or `@loader_path/…`.',
  absence: 'member',
  needs: ['native', 'python-imports'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-unreachable' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-plugin-unreachable' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-vendored' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-plugin' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-plugin' } },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
        files: {
          'demo/__init__.py':
            '"""Reads demo files."""\n\nimport ctypes\nfrom pathlib import Path\n\nctypes.CDLL(Path(__file__).parent.parent / "demo.libs" / "libdemo-1a2b3c4d.so.1")\n\nfrom demo import _x  # noqa: E402\n',
        },
        make: 'elf-unreachable',
      },
    },
  ],
  *check(wheel) {
    const members = new Map(wheel.members.files.map(member => [basename(member.path), member.path]))
    const { loadable, isExtension, isReachable } = nativeSubject(wheel)
    const loaded = loadedNames(wheel)
    const imported = loadable.some(isExtension)
    const unfound = [
      ...[...portableTags(wheel), ...tagsFor(wheel, 'android')].flatMap(tag =>
        [...externalOf(wheel, tag)].flatMap(([name, files]) => files.map(file => ({ file, name }))),
      ),
      ...(tagsFor(wheel, 'macos').length > 0 ? missingDylibs(wheel).filter(one => !one.weak) : []),
    ]
    interface Unfound {
      readonly file: NativeFile
      readonly name: string
    }
    const plugins: Unfound[] = []
    const sure: (Unfound & { readonly path: string })[] = []
    for (const [{ file, name }] of groupBy(unfound, one => `${one.file.path} ${one.name}`).values()) {
      const path = members.get(basename(name))
      if (path === undefined || isPreloaded(wheel, name, path)) continue
      if (isProgram(file) && setsSearchPath(wheel)) continue
      // A program that loads libraries of a wheel without Python modules, from the prefix, sets the search path itself.
      const plugin =
        !isProgram(file) &&
        ((!isReachable(file.path) && (imported || /^[^/]+\.data\/data\//.test(file.path))) ||
          (!hasEntryPoint(file) && isNamed(wheel.python.values(), name)))
      // The loader uses one of the same name if it is already loaded.
      if (plugin && loaded.has(name)) continue
      if (plugin) plugins.push({ file, name })
      else sure.push({ file, name, path })
    }
    for (const all of groupBy(sure, ({ path }) => path.slice(0, path.lastIndexOf('/') + 1)).values()) {
      const [{ file, name, path }] = all
      const files = [...new Set(all.map(one => one.file))]
      const others = new Set(all.map(one => one.name)).size - 1
      yield nativeFinding(
        file,
        name,
        `${filesThat(files, 'needs', 'need')} ${quote(name)}${andMore(others)}. The wheel contains it as ${quote(path)}, where the loader does not look.`,
      )
    }
    const [first] = plugins
    if (!first) return
    const names = new Set(plugins.map(one => one.name))
    const files = new Set(plugins.map(one => one.file))
    yield finding(
      { member: first.file.path, value: first.name },
      `${filesThat([...files], 'needs', 'need')} ${names.size === 1 ? '' : `${plural(names.size, 'library', 'libraries')} of the wheel: `}${someQuoted(names)}, where the loader does not look. The package has to load ${names.size === 1 ? 'it' : 'them'} first.`,
      { severity: 'info', subject: 'libraries of plug-ins' },
    )
  },
})

/** Names under which libraries are in the process once every extension module is. */
function loadedNames(wheel: Wheel): ReadonlySet<string> {
  const { elf, macho, isExtension, isReachable } = nativeSubject(wheel)
  const linkage = linkageOf(wheel)
  const found = new Set<string>()
  for (const file of elf.filter(isExtension))
    for (const [name, library] of linkage.tree(file)) {
      if (library) found.add(name)
      if (library?.soname !== undefined) found.add(library.soname)
    }
  for (const file of macho)
    if (isReachable(file.path)) for (const { id } of file.slices) if (id !== undefined) found.add(id)
  return found
}

/** Does one of the Python files name the library, as code does that loads it by its path? */
function isNamed(files: Iterable<PythonFile>, library: string): boolean {
  const stem = withoutEnd(basename(library).replace(/\.(?:so|dylib|dll)(?:\.[\d.]{0,20})?$/, ''), /\d/)
  return stem.length >= 5 && [...files].some(({ text }) => text.includes(stem))
}

/** Calls that load a library. */
const LOADS = /\b(?:CDLL|PyDLL|LoadLibrary|load_library|dlopen)\b/
const loaders = oncePer((wheel: Wheel) => [...wheel.python.values()].filter(({ text }) => LOADS.test(text)))

/** Does a Python file that loads libraries name the one at `path`, which the loader then knows under the name that is needed? */
function isPreloaded(wheel: Wheel, name: string, path: string): boolean {
  const library = nativeSubject(wheel).loadable.find(file => file.path === path)
  const names =
    library?.format === 'elf' ? [library.soname] : library?.format === 'macho' ? library.slices.map(one => one.id) : []
  return names.includes(name) && isNamed(loaders(wheel), path)
}

/** As a string or a keyword: text may only speak of it. */
const SEARCH_PATH = /['"](?:DY)?LD_LIBRARY_PATH\b|\b(?:DY)?LD_LIBRARY_PATH=(?!=)/

/** Does Python code of the wheel tell the programs that it starts where their libraries are? */
const setsSearchPath = oncePer((wheel: Wheel): boolean =>
  [...wheel.python.values()].some(({ text }) => SEARCH_PATH.test(text)),
)
