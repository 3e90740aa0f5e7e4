import { nativeSubject } from '../../src/platform/subject.js'
import { isVisualRuntime, missingDlls } from '../../src/platform/windows.js'
import { quote, rule } from '../../src/rule.js'
import { expectedFrom, explained, nativeFinding, providerIn, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

/** Come with a graphics driver. */
const DRIVERS = /^(?:nvcuda|nvml|nvcuvid|nvencodeapi(?:64)?|vulkan-1|opencl|amdhip64(?:_\d)?|ze_loader|libcuda)\.dll$/

export default rule({
  id: 'missing-dll',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Microsoft, "Dynamic-link library search order"',
  url: 'https://learn.microsoft.com/en-us/windows/win32/dlls/dynamic-link-library-search-order',
  summary: 'A binary imports a DLL that neither the wheel, nor Windows, nor Python has.',
  why: 'The import fails: "DLL load failed: The specified module could not be found".',
  fix: 'Vendor the DLL with `delvewheel repair`, or require the distribution that brings it.',
  needs: ['native'],
  absence: 'member',
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
        metadata: { 'Provides-Extra': 'arrow', 'Requires-Dist': 'pyarrow; extra == "arrow"' },
        make: 'pe-arrow',
      },
    },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-win_amd64.whl', make: 'pe' } },
  *check(wheel) {
    if (tagsFor(wheel, 'windows').length === 0) return
    const { loadable, isExtension, isReachable } = nativeSubject(wheel)
    const imported = loadable.some(isExtension)
    for (const [name, files] of missingDlls(wheel).missing) {
      const [file] = files
      if (!file || /^(?:(?:vcruntime|msvcp)\d+(?:_\d)?d|ucrtbased)\.dll$/.test(name)) continue
      const who = `${filesThat(files, 'imports', 'import')} ${quote(name)}`
      const at = [file, name] as const
      const provider = providerIn(wheel, name, files)
      if (provider !== undefined) yield nativeFinding(...at, `${who}, ${expectedFrom(provider)}.`, explained(provider))
      else if (isVisualRuntime(name))
        yield nativeFinding(
          ...at,
          `${who}, a part of the Visual C++ runtime that not every machine has, and python.org's Python does not bring.`,
          { severity: 'warning' },
        )
      else if (DRIVERS.test(name))
        yield nativeFinding(...at, `${who}, which comes with a driver or a system component.`, {
          severity: 'info',
          enforcedBy: [],
        })
      else if (files.every(one => one.dlls.some(dll => dll.delayed && dll.dll.toLowerCase() === name)))
        yield nativeFinding(...at, `${who} when it is first used; it is not in the wheel.`, { severity: 'warning' })
      else if (imported && !files.some(one => isReachable(one.path)))
        yield nativeFinding(
          ...at,
          `${who}, which is not in the wheel and no part of Windows; no extension module loads it.`,
          { severity: 'warning' },
        )
      else
        yield nativeFinding(
          ...at,
          `${who}, which is not in the wheel and no part of Windows.`,
          // Without an extension module the package loads its libraries itself, or lends them to another.
          imported ? {} : { severity: 'warning' },
        )
    }
  },
})
