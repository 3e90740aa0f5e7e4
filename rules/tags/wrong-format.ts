import { nativeSubject } from '../../src/platform/subject.js'
import { isExtensionName } from '../../src/platform/suffix.js'
import { finding, quote, rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'
import { nativeFinding, PLATFORM_TAGS } from '../shared/native.js'

const FORMATS: Readonly<Record<string, string>> = {
  linux: 'elf',
  android: 'elf',
  macos: 'macho',
  ios: 'macho',
  windows: 'pe',
  emscripten: 'wasm',
}
const NAMES: Readonly<Record<string, string>> = {
  elf: 'an ELF file',
  macho: 'a Mach-O file',
  pe: 'a Windows PE file',
  wasm: 'a WebAssembly module',
  ar: 'a static library',
}

export default rule({
  id: 'wrong-format',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system', 'interpreter'],
  force: 'none',
  source: 'Platform compatibility tags',
  url: PLATFORM_TAGS,
  summary: 'A file with the name of an extension module is not a binary of the platform.',
  why: 'The import fails, because the loader of the platform does not support the format.',
  fix: 'Build the wheel for the platform of its tag, or remove the file.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'pe-as-so' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'text-as-extension' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-and-pe-tool' } },
  ],
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf' } },
  *check(wheel) {
    const { platforms, natives, loadable, isReachable } = nativeSubject(wheel)
    const systems = platforms.filter(tag => tag.os !== 'any')
    if (systems.length === 0) return
    const wanted = new Set(systems.map(tag => FORMATS[tag.os]))
    const tags = someQuoted(systems.map(tag => tag.tag))
    for (const file of loadable) {
      if (wanted.has(file.format)) continue
      const loaded = isExtensionName(file.path) || isReachable(file.path)
      yield nativeFinding(
        file,
        undefined,
        `${quote(file.path)} is ${NAMES[file.format]}, which ${tags} cannot load.`,
        loaded ? {} : { severity: 'info', enforcedBy: [] },
      )
    }
    const known = new Set(natives.map(file => file.path))
    for (const member of wheel.members.files) {
      if (known.has(member.path) || !isExtensionName(member.path) || !member.intact || member.size > 65_536) continue
      yield finding(
        { member: member.path },
        `${quote(member.path)} has the name of an extension module, but is not a binary (${plural(member.actualSize, 'byte')}).`,
      )
    }
  },
})
