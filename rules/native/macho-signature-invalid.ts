import { slicesOf } from '../../src/platform/macos.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding } from '../shared/native.js'

export default rule({
  id: 'macho-signature-invalid',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['system'],
  force: 'none',
  source: 'Apple, TN3126 "Inside Code Signing: Hashes"',
  url: 'https://developer.apple.com/documentation/technotes/tn3126-inside-code-signing-hashes',
  summary: 'The code signature does not match the content of the file.',
  why: 'macOS kills the process when it loads the changed page.',
  fix: 'Sign the file again after the last change: `codesign -f -s - FILE`.',
  needs: ['native'],
  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-bad-signature' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_x86_64.whl', make: 'macho-x86-bad-signature' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312-macosx_11_0_arm64.whl', make: 'macho-signed-requirements' } },
  ],
  *check(wheel) {
    for (const { file, slice } of slicesOf(nativeSubject(wheel).macho)) {
      if (slice.signature.state !== 'invalid') continue
      const strict = slice.arch === 'arm64'
      yield nativeFinding(
        file,
        undefined,
        `The signature of ${quote(file.path)} (${slice.arch}) is invalid: ${slice.signature.reason}.`,
        strict ? {} : { severity: 'warning', enforcedBy: [] },
      )
    }
  },
})
