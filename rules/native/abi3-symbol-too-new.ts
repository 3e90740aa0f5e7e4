import { abi3Floor, abi3Use, stableOnlyWith } from '../../src/platform/abi3.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { ABI3, nativeFinding } from '../shared/native.js'

export default rule({
  id: 'abi3-symbol-too-new',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['interpreter'],
  force: 'MUST',
  source: 'Python/C API, "Stable ABI Contents"',
  url: ABI3,
  summary: 'A module tagged abi3 uses a symbol newer than its Python tag.',
  why: 'On older versions that the tag allows, the import fails: "undefined symbol".',
  fix: 'Set `Py_LIMITED_API` to the version of the tag, or raise the tag to the version of the symbol.',
  needs: ['native'],
  formerly: ['abi3-version'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3-new' } },
    { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3-windows-only' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp38-abi3-manylinux_2_17_x86_64.whl', make: 'abi3' } },
  *check(wheel) {
    const { pythons, abis, loadable, platforms } = nativeSubject(wheel)
    const floor = abi3Floor(pythons, abis)
    if (floor === undefined) return
    const windows = platforms.some(tag => tag.os === 'windows')
    const { stable } = abi3Use(wheel)
    for (const file of loadable) {
      const own = [...stable].filter(([, one]) => one.files.includes(file))
      const newer = own.filter(([, one]) => one.since > floor)
      for (const [name, { since }] of newer)
        yield nativeFinding(
          file,
          name,
          `${quote(file.path)} uses ${quote(name)}, which is in the stable ABI since Python 3.${since}, but the wheel is tagged ${someQuoted(pythons)}.`,
        )
      if (windows) continue
      for (const [name] of own)
        if (stableOnlyWith(name) === 'MS_WINDOWS')
          yield nativeFinding(
            file,
            name,
            `${quote(file.path)} uses ${quote(name)}, which Python has only on Windows.`,
            { severity: 'warning', enforcedBy: [] },
          )
    }
  },
})
