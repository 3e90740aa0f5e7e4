import type { Wheel } from '../../src/distribution/distribution.js'
import { groupBy } from '../../src/group-by.js'
import { moduleName, symbolTables } from '../../src/native/symbols.js'
import { once } from '../../src/once.js'
import { pythonImports } from '../../src/platform/abi3.js'
import { optionalOf } from '../../src/platform/optional.js'
import { loads, nameForLoader, nativeSubject } from '../../src/platform/subject.js'
import { isExtensionName } from '../../src/platform/suffix.js'
import { quote, rule } from '../../src/rule.js'
import { isIdentifier } from '../../src/text/python.js'
import { someQuoted } from '../../src/wording.js'
import { missing } from '../shared/missing.js'
import { nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

/** Python 3, PEP 793, Python 2, cffi for PyPy. */
const PREFIXES = ['PyInit_', 'PyModExport_', 'init', '_cffi_pypyinit_'] as const

export default rule({
  id: 'pyinit-missing',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'Python/C API, "Initializing C modules"; PEP 793',
  url: 'https://docs.python.org/3/c-api/module.html',
  summary: 'A file with the name of an extension module does not export its entry point.',
  why: 'The import fails: "dynamic module does not define module export function".',
  fix: 'Name the file after the module that it was built as, or export `PyInit_<name>`.',
  needs: ['native', 'python-imports'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-no-init' } },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl',
        files: {
          'demo/__init__.py':
            'from importlib.util import module_from_spec, spec_from_file_location\n\ndef load(path):\n    return module_from_spec(spec_from_file_location("fast", path))\n',
        },
        make: 'elf-other-init',
      },
    },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { loadable } = nativeSubject(wheel)
    const linked = once(() => new Set(loadable.flatMap(loads)))
    const found = loadable.flatMap(file => {
      if (!isExtensionName(file.path) || pythonImports(file).size === 0) return []
      const tables = symbolTables(file)
      const module = moduleName(file.path)
      // No import statement can name it: data, or for code that loads it by its path.
      if (!isIdentifier(module)) return []
      const names = module === '__init__' ? [module, file.path.split('/').at(-2) ?? ''] : [module]
      const exported = (exports: ReadonlySet<string>) =>
        names.some(name => PREFIXES.some(prefix => exports.has(prefix + name))) ||
        [...exports].some(one => one.startsWith('PyInitU_') || one.startsWith('PyModExportU_'))
      const lacking = tables.find(table => !exported(table.exports))
      // A library that only has the suffix of a module: others are linked with it.
      if (!lacking || linked().has(nameForLoader(file))) return []
      const others = [...lacking.exports].filter(name => PREFIXES.some(prefix => name.startsWith(prefix)))
      return [{ file, others, folder: file.path.slice(0, file.path.lastIndexOf('/') + 1) }]
    })
    // Several in one folder, which is not that of top-level modules, that no statement imports and that have no entry point at all: code in C opens them by their paths.
    const plugins = [
      ...groupBy(
        found.filter(
          ({ file, others, folder }) =>
            others.length === 0 && folder !== '' && !optionalOf(wheel).isImported(file.path),
        ),
        ({ folder }) => folder,
      ).values(),
    ].filter(all => all.length >= SURELY_PLUGINS)
    for (const all of plugins) {
      const files = all.map(one => one.file)
      yield nativeFinding(
        all[0].file,
        undefined,
        `${filesThat(files, 'does', 'do')} not export a function that an import calls, and no import statement names them.`,
        { severity: 'info', enforcedBy: [] },
      )
    }
    const told = new Set(plugins.flat())
    for (const one of found) {
      const { file, others } = one
      if (told.has(one)) continue
      yield nativeFinding(
        file,
        undefined,
        `${quote(file.path)} does not export ${quote(`PyInit_${moduleName(file.path)}`)}${others.length > 0 ? `, only ${someQuoted(others, 3)}` : ''}.`,
        // Other programs and ctypes load it by its path, and so does Python code under a name of its own choice.
        {
          ...((others.length === 0 ? optionalOf(wheel).isUnnamed(file.path) : isOpenedAs(wheel, others)) && {
            severity: 'info',
            enforcedBy: [],
          }),
          follows: [missing.initFunction([...file.path.split('/').slice(0, -1), moduleName(file.path)].join('.'))],
        },
      )
    }
  },
})

/** So many files without an entry point are no mistake. */
const SURELY_PLUGINS = 3

/** Does code that gives modules their names and paths itself know one of these entry points? */
function isOpenedAs({ python }: Wheel, entryPoints: readonly string[]): boolean {
  const names = entryPoints.map(one => one.replace(/^(?:PyInit_|PyModExport_)/, ''))
  const texts = [...python.values()].map(({ text }) => text)
  return (
    texts.some(text => text.includes('spec_from_file_location')) &&
    texts.some(text => names.some(name => text.includes(`"${name}"`) || text.includes(`'${name}'`)))
  )
}
