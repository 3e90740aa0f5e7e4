import { inFileName } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'whlx-extension',
  topic: 'filename',
  severity: 'info',
  applies: ['unknown'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 777 (draft), "First Major Version Bump Must Change File Extension"',
  url: 'https://peps.python.org/pep-0777/',
  summary: 'The file has the suffix that a draft proposes for wheels of format 2.',
  why: 'No index or installer accepts the file, and distaudit does not read its contents.',
  fix: 'Publish a wheel of format 1 with the suffix `.whl`.',
  status: 'preview',
  bad: { unknown: { filename: 'demo-1.0-py3-none-any.whlx', text: 'PK' }, alsoGives: ['filename-extension'] },
  good: { wheel: {} },
  *check(file) {
    if (file.filename.endsWith('.whlx'))
      yield finding(
        inFileName(file, '.whlx', file.filename.length - 5),
        'PEP 777 proposes the suffix .whlx, but no tool supports it yet.',
      )
  },
})
