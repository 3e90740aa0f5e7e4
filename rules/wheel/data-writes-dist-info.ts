import { finding, quote, rule } from '../../src/rule.js'
import { installTree } from '../../src/views/install-tree.js'

/** What installers and importlib.metadata read there. */
const READ =
  /\/(?:METADATA|PKG-INFO|RECORD|WHEEL|INSTALLER|REQUESTED|entry_points\.txt|direct_url\.json|top_level\.txt)$/

export default rule({
  id: 'data-writes-dist-info',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-dist-info-directory',
  summary: 'The .data directory writes into a .dist-info directory.',
  why: 'pip and uv write it last, so what the environment records about this or another project is not what was uploaded and checked.',
  breaks: 'The environment records another name, version, file list or entry points than the wheel declares.',
  fix: 'Remove the file from .data. The metadata of a wheel belongs in its .dist-info directory.',
  securitySeverity: 7,
  bad: [
    {
      wheel: {
        files: { '{data}/purelib/demo-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: evil\nVersion: 9\n' },
      },
      alsoGives: ['install-path-overwritten'],
    },
    {
      wheel: {
        files: {
          '{data}/data/lib/python3.12/site-packages/other-1.0.dist-info/METADATA':
            'Metadata-Version: 2.1\nName: other\nVersion: 1.0\n',
        },
      },
    },
    { wheel: { files: { '{data}/purelib/other-1.0.dist-info/licenses/LICENSE': 'MIT License\n' } } },
    { wheel: { files: { '{data}/purelib/other-1.0.egg-info': 'Name: other\nVersion: 1.0\n' } } },
  ],
  good: { wheel: { files: { '{data}/purelib/demo/vendor/other-1.0.dist-info/METADATA': 'Name: other\n' } } },
  *check(wheel) {
    for (const { root, scheme, path, member } of installTree(wheel)) {
      const folder = /^[^/]+\.(?:dist|egg)-info(?=\/|$)/i.exec(path)?.[0]
      if (root !== 'site' || scheme === undefined || folder === undefined) continue
      const own = folder.toLowerCase() === wheel.distInfo?.toLowerCase()
      yield finding(
        { member: member.path },
        `${quote(member.path)} is installed into ${quote(folder)}, ${own ? "the wheel's own metadata" : 'the metadata of another project'}.`,
        { subject: path, ...(!READ.test(path) && path !== folder && { severity: 'warning' }) },
      )
    }
  },
})
