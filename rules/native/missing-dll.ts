import { missingDlls } from '../../src/platform/windows.js'
import { rule } from '../../src/rule.js'
import { tagsFor } from '../shared/native.js'
import { lacking } from './_libraries.js'

/** Another rule reports it. */
const DEBUG_RUNTIME = /^(?:(?:vcruntime|msvcp)\d+(?:_\d)?d|ucrtbased)\.dll$/

export default rule({
  id: 'missing-dll',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Microsoft, "Dynamic-link library search order"',
  url: 'https://learn.microsoft.com/en-us/windows/win32/dlls/dynamic-link-library-search-order',
  summary: 'A binary imports a DLL that is not in the wheel and not part of Windows or Python.',
  why: 'The import fails: "DLL load failed: The specified module could not be found".',
  fix: 'Vendor the DLL with `delvewheel repair`, or require the distribution that provides it.',
  absence: 'member',
  needs: ['native', 'python-imports'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-missing' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-missing-tool' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-missing-library' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-delayed' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-driver' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-msvcp' } },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-win_amd64.whl',
        metadata: { 'Requires-Dist': 'pyarrow' },
        make: 'pe-arrow',
      },
    },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-win_amd64.whl',
        metadata: { 'Requires-Dist': 'demolibs==1.0' },
        make: 'pe-missing',
      },
    },
    {
      wheel: {
        filename: 'demo-1.0-cp312-cp312-win_amd64.whl',
        metadata: { 'Provides-Extra': 'arrow', 'Requires-Dist': 'pyarrow; extra == "arrow"' },
        make: 'pe-arrow',
      },
    },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe-kernel-driver' } },
  ],
  *check(wheel) {
    if (tagsFor(wheel, 'windows').length === 0) return
    const lacks = [...missingDlls(wheel).missing].flatMap(([library, files]) =>
      DEBUG_RUNTIME.test(library)
        ? []
        : files.map(file => ({
            file,
            library,
            delayed: file.dlls.every(one => one.delayed || one.dll.toLowerCase() !== library),
          })),
    )
    yield* lacking(wheel, lacks, {
      does: 'imports',
      many: 'import',
      absent: 'not in the wheel and not part of Windows',
    })
  },
})
