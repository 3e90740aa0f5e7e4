import type { Wheel } from '../../src/distribution/distribution.js'
import { oncePer } from '../../src/once.js'
import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { addedPaths, pathFiles } from './_path-files.js'

export default rule({
  id: 'pth-path-outside',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module site',
  url: 'https://docs.python.org/3/library/site.html',
  summary: 'A .pth file adds a folder outside site-packages, or an archive, to sys.path.',
  why: 'Anyone who can write to that folder, which the wheel does not install, controls what programs in the environment import. Modules in an archive are in no list of installed files, and tools that check a wheel do not see them.',
  fix: 'Name a folder that the wheel installs, or remove the line.',
  securitySeverity: 5,
  bad: [
    { wheel: { files: { 'demo.pth': '../../../../tmp\n' } } },
    { wheel: { files: { 'demo.pth': 'demo_modules.zip\n', 'demo_modules.zip': 'PK' } } },
  ],
  good: { wheel: { files: { 'demo.pth': 'demo/../demo_vendor\n', 'demo/data.zip': 'PK' } } },
  *check(wheel) {
    // An absolute path has its own rule.
    for (const file of pathFiles(wheel, '.pth'))
      for (const { line, path } of addedPaths(file))
        if (path === undefined)
          yield finding(line, `${file.member} adds ${quote(line.value)} to sys.path, which is outside site-packages.`)
        else if (ARCHIVE.test(path) && files(wheel).has(path))
          yield finding(
            line,
            `${file.member} adds the archive ${quote(line.value)} to sys.path. The modules in it were not checked.`,
          )
  },
})

/** What zipimport opens; by its content, but nobody calls one otherwise. */
const ARCHIVE = /\.(?:zip|egg|whl|pyz|jar)$/i

const files = oncePer((wheel: Wheel) => new Set(installed(wheel).map(({ path }) => path)))
