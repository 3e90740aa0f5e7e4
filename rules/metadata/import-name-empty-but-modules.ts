import { finding, quote, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'import-name-empty-but-modules',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'Import-Name is empty, which declares that nothing can be imported, but the wheel contains modules.',
  why: 'Tools that look up which project provides a module do not find this one.',
  fix: project => `Name the modules under ${project.key('Import-Name')}, or leave the key out.`,
  byHand: 'Only a person knows which modules are meant for users.',
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': '' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' } } },
  *check({ metadata, members }) {
    const fields = metadata?.all('Import-Name') ?? []
    const [field] = fields
    if (!field || fields.length > 1 || field.value !== '') return
    const module = members.files.find(({ path }) =>
      /^(?:[^/]+\.data\/(?:pure|plat)lib\/)?[A-Za-z_]\w*(?:\/__init__)?\.py$/.test(path),
    )
    if (module) yield finding(field, `Import-Name is empty, but the wheel contains the module ${quote(module.path)}.`)
  },
})
