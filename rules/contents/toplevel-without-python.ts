import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { plural } from '../../src/wording.js'

export default rule({
  id: 'toplevel-without-python',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'check-wheel-contents, W010',
  url: 'https://github.com/jwodder/check-wheel-contents#checks',
  summary: 'A top-level folder in the wheel does not contain Python files.',
  why: 'It can be imported as an empty namespace, and is usually a folder of the source tree that was included by accident.',
  fix: 'Move the files that the project reads into its package, and exclude the rest.',
  status: 'strict',
  absence: 'member',
  bad: { wheel: { files: { 'assets/logo.svg': '<svg/>' } } },
  good: {
    wheel: { files: { 'demo/assets/logo.svg': '<svg/>', 'demo-stubs/core.pyi': '', 'demo.libs/libz.so.1': 'x' } },
  },
  *check(wheel) {
    const folders = new Map<string, { member: string; count: number; python: boolean }>()
    for (const { path, top, member } of installed(wheel)) {
      // Repair tools put libraries there.
      if (!path.includes('/') || /\.(?:libs|dylibs)$/.test(top)) continue
      const row = folders.get(top) ?? { member: member.path, count: 0, python: false }
      folders.set(top, row)
      row.count++
      row.python ||= /\.(?:pyi?|pyc|so|pyd)$/.test(path)
    }
    for (const [top, { member, count, python }] of folders)
      if (!python)
        yield finding({ member }, `${quote(`${top}/`)} contains ${plural(count, 'file')}, but no Python.`, {
          subject: top,
        })
  },
})
