import { groupBy } from '../../src/group-by.js'
import { basename, nativeSubject } from '../../src/platform/subject.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { suffixFault } from '../../src/platform/suffix-fit.js'
import { rule } from '../../src/rule.js'
import { EXTENSION_SUFFIXES, nativeFinding } from '../shared/native.js'
import { filesThat } from './_paths.js'

export default rule({
  id: 'extension-suffix-mismatch',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'importlib.machinery.EXTENSION_SUFFIXES; platform compatibility tags',
  url: EXTENSION_SUFFIXES,
  summary: 'The file name of an extension module is not one that any interpreter of the tags imports.',
  why: 'The import fails with ModuleNotFoundError, although the file exists.',
  fix: 'Build the module with the interpreter of the tags, for the limited API if the tag is abi3, or correct the tags.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-wrong-python' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_arm64.whl', make: 'pe-arm64-named-amd64' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-stale-twin' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
    { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_arm64.whl', make: 'pe-arm64' } },
  ],
  *check(wheel) {
    const subject = nativeSubject(wheel)
    const { loadable, platforms, installed, isOfPython } = subject
    if (platforms.length === 0 || platforms.some(tag => tag.os === 'any')) return
    const modules = loadable.flatMap(file => {
      const suffix = extensionSuffix(basename(file.path))
      const folder = installed(file.path).slice(0, -basename(file.path).length)
      return suffix && !isOfPython(file)
        ? [{ file, suffix, module: folder + suffix.module, fault: suffixFault(suffix, subject) }]
        : []
    })
    const fitting = new Set(modules.filter(one => one.fault === undefined).map(one => one.module))
    const misfits = modules.flatMap(one => {
      const { file, suffix, fault, module } = one
      return fault === undefined ? [] : [{ file, suffix: suffix.suffix, fault, hasOther: fitting.has(module) }]
    })
    // One build names all its modules alike.
    for (const all of groupBy(misfits, ({ fault, hasOther }) => `${hasOther} ${fault}`).values()) {
      const [{ file, suffix, fault, hasOther }] = all
      // `is for …`, of one file.
      const files = filesThat(
        all.map(one => one.file),
        'is',
        'are',
      )
      const what = `${files} ${fault.replace(/^is /, '')}`
      yield hasOther
        ? nativeFinding(
            file,
            suffix,
            `${what}; ${all.length === 1 ? 'another file provides that module' : 'other files provide those modules'}.`,
            {
              severity: 'info',
              enforcedBy: [],
              help: `Remove the file${all.length === 1 ? '' : 's'}, and clean the build directory between versions.`,
            },
          )
        : nativeFinding(file, suffix, `${what}.`)
    }
  },
})
