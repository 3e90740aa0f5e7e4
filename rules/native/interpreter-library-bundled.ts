import { basename, nativeSubject } from '../../src/platform/subject.js'
import { isPythonDll } from '../../src/platform/windows.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'interpreter-library-bundled',
  topic: 'native',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 513',
  url: 'https://peps.python.org/pep-0513/',
  summary: 'The wheel contains the library of a Python interpreter.',
  why: 'An extension module that loads it gets a second interpreter in addition to the one that imports it.',
  fix: 'Remove it, unless the wheel ships a program that embeds Python.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-bundled-python' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    for (const file of nativeSubject(wheel).loadable) {
      const name = basename(file.path)
      if (isPythonDll(name.toLowerCase()) || /^libpython\d[\w.]*\.(?:so|dylib)[\d.]*$/.test(name))
        yield nativeFinding(file, undefined, `${quote(file.path)} is the library of a Python interpreter.`)
    }
  },
})
