import { finding, quote, rule } from '../../src/rule.js'
import { installTree } from '../../src/views/install-tree.js'
import { searchedFolders } from './_path-files.js'

export default rule({
  id: 'egg-info-in-wheel',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-dist-info-directory',
  summary: 'The wheel contains metadata that importlib.metadata takes for a second project.',
  why: 'importlib.metadata then finds two distributions. If both have one name, which version it reports is undefined.',
  fix: 'Exclude the files from the wheel; `*.egg-info` is a leftover from a build in the source tree.',
  bad: [
    { wheel: { files: { 'demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n' } } },
    { wheel: { files: { 'other-9.DIST-INFO/METADATA': 'Metadata-Version: 2.1\nName: other\nVersion: 9\n' } } },
    {
      wheel: {
        files: {
          'demo.pth': 'demo_more\n',
          'demo_more/other-9.dist-info/METADATA': 'Metadata-Version: 2.1\nName: other\nVersion: 9\n',
        },
      },
    },
  ],
  good: { wheel: { files: { 'demo/other-9.DIST-INFO/METADATA': 'Name: other\n' } } },
  *check(wheel) {
    const seen = new Set<string>()
    const folders = searchedFolders(wheel)
    // Those of .data have their own rule.
    for (const { root, scheme, path, member } of installTree(wheel)) {
      if (root !== 'site' || scheme !== undefined) continue
      for (const { index, 1: slash = '', 2: name = '' } of path.matchAll(METADATA)) {
        const folder = path.slice(0, index + slash.length)
        const found = `${folder}${name}`
        // At the root, pip and uv look for these letters, which has its own rule.
        if (!folders.has(folder) || seen.has(found) || (folder === '' && name.endsWith('.dist-info'))) continue
        seen.add(found)
        yield finding(
          { member: member.path },
          folder === ''
            ? `${quote(found)} would be installed into site-packages next to ${wheel.distInfo ?? 'the .dist-info directory'}.`
            : `${quote(found)} is the metadata of another project, which importlib.metadata finds because a .pth file adds ${quote(folder)} to sys.path.`,
        )
      }
    }
  },
})

/** What importlib.metadata reads. */
const METADATA = /(^|\/)([^/]*\.(?:egg|dist)-info|(?<=\.egg\/)EGG-INFO)(?=\/|$)/gi
