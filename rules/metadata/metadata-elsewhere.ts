import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'

export default rule({
  id: 'metadata-elsewhere',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'twine 7.0.0, wheel.py',
  url: 'https://github.com/pypa/twine/blob/7.0.0/twine/wheel.py',
  summary: 'twine uploads metadata from a file other than METADATA in the .dist-info directory.',
  why: 'twine takes the first file whose path contains METADATA, by depth and then by name. The release then shows the description of another project, or PyPI rejects it. uv takes the right file.',
  fix: 'Exclude the other file from the wheel, or move it deeper than the .dist-info directory.',
  pypiMessage: "Start filename for 'P' with 'p_n'.",
  absence: 'content',
  bad: [
    { wheel: { files: { METADATA: 'Metadata-Version: 2.1\nName: other\nVersion: 1.0\n' } } },
    {
      wheel: { files: { 'acme-2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: acme\nVersion: 2\n' } },
      alsoGives: ['dist-info-multiple'],
    },
    { wheel: { files: { METADATA: 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n' } } },
  ],
  good: [
    {
      wheel: { files: { 'demo/vendor/acme-2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: acme\nVersion: 2\n' } },
    },
    { wheel: { files: { METADATA: 'Name: other\n' } } },
  ],
  *check({ name, sentMetadata: sent }) {
    if (!sent) return
    const [project, version] = [sent.value('Name')?.trim() ?? '', sent.value('Version') ?? '']
    const [told, written] = [tryVersion(version), tryVersion(name?.version ?? '')]
    const same = name && canonicalName(project) === canonicalName(name.name)
    const fits = same && told && written && compareVersions(told, written) === 0
    yield finding(
      sent.first('Name') ?? { member: sent.member },
      `twine uploads the metadata in ${quote(sent.member)}, which is for ${quote(project)} ${quote(version)}.`,
      fits ? { severity: 'warning', enforcedBy: [] } : {},
    )
  },
})
