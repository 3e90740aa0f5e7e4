import { isCommand } from '../../src/distribution/entry-points.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { foldPath } from '../../src/text/fold.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'
import { installTree, type Placed } from '../../src/views/install-tree.js'
import { compareCodeUnits } from '../../src/wording.js'

export default rule({
  id: 'install-path-overwritten',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Binary distribution format, "Spread"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#installing-a-wheel-distribution-1-0-py32-none-any-whl',
  summary: 'Two files of the wheel are installed to the same path, or one where another needs a directory.',
  why: 'Installers silently overwrite one with the other. What is imported is not what the wheel contains at that path, and scanners may check the other file. Where one is a file and the other needs a directory of that name, they refuse to install the wheel.',
  breaks: 'Only one of the two files exists after installation.',
  fix: 'Remove one of them from the wheel.',
  securitySeverity: 6,
  needs: ['whole-wheel'],
  bad: [
    { wheel: { files: { 'demo/core.py': 'x = 1\n', '{data}/purelib/demo/core.py': 'x = 2\n' } } },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
        files: { '{data}/data/bin/demo': '#!/bin/sh\n' },
      },
    },
    { wheel: { files: { 'demo/core.py': 'x = 1\n', '{data}/platlib/demo/Core.py': 'x = 2\n' } } },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
        files: { '{data}/data/bin/demo/first.sh': '#!/bin/sh\n' },
      },
    },
    { wheel: { files: { 'demo/plugins/first.py': 'x = 1\n', '{data}/purelib/demo/plugins': 'x = 2\n' } } },
  ],
  good: [
    { wheel: { files: { 'demo/core.py': 'x = 1\n', '{data}/purelib/demo/other.py': 'x = 2\n' } } },
    { wheel: { files: { 'demo/core.py': 'x = 1\n', '{data}/purelib/demo/core.py': 'x = 1\n' } } },
  ],
  *check(wheel) {
    const tree = installTree(wheel)
    // Without .data every file is installed where it is in the wheel, and other rules report duplicate names.
    if (tree.every(({ scheme }) => scheme === undefined)) return
    const seen = new Map<string, Placed>()
    for (const placed of tree) {
      const key = `${placed.root}/${foldPath(placed.path)}`
      const other = seen.get(key)
      if (!other) seen.set(key, placed)
      else if (other.scheme !== placed.scheme && other.member.sha256 !== placed.member.sha256)
        yield finding(
          { member: placed.member.path },
          other.path === placed.path
            ? `${quote(placed.member.path)} and ${quote(other.member.path)} are installed to the same path${on(placed, other)}.`
            : `${quote(placed.member.path)} and ${quote(other.member.path)} are installed to the same path on systems that ignore case and Unicode normalization.`,
          {
            related: [{ member: other.member.path, message: 'the other file' }],
            enforcedBy: [],
            ...(other.path !== placed.path && { severity: 'warning' }),
          },
        )
    }
    yield* filesInTheWay(tree)
    const commands = new Map(
      entryPointReadings(wheel)
        .entries.filter(isCommand)
        .map(entry => [entry.name, entry]),
    )
    const onWindows = new Map([...commands].map(([name, entry]) => [foldPath(name), entry]))
    for (const { root, scheme, path, member, only } of tree) {
      if (root !== 'scripts' || scheme !== 'data') continue
      const [folder = ''] = path.split('/', 1)
      const blocked = folder === path || only?.system === 'windows' ? undefined : commands.get(folder)
      if (blocked) {
        commands.delete(folder)
        yield finding(
          { member: member.path },
          `${quote(member.path)} needs a directory where the command ${quote(folder)} is installed on systems other than Windows.`,
          { related: [{ ...blocked, message: 'the entry point' }] },
        )
      }
      const isWindows = only?.system === 'windows'
      // There a command is a program.
      const name = isWindows ? path.replace(/(?<!^)\.exe$/i, '') : path
      const command = isWindows ? (name === path ? undefined : onWindows.get(foldPath(name))) : commands.get(name)
      if (command)
        yield finding(
          { member: member.path },
          isWindows
            ? `${quote(member.path)} is installed to the path of the command ${quote(command.name)} on Windows.`
            : `${quote(member.path)} is installed to the path of the command ${quote(name)}: pip overwrites it with the command, uv overwrites the command.`,
          { related: [{ ...command, message: 'the entry point' }], enforcedBy: [] },
        )
    }
  },
})

/** A file where another scheme has a directory. */
function* filesInTheWay(tree: readonly Placed[]): Generator<Draft> {
  // What lies below a file comes right behind it.
  const sorted = tree
    .map(placed => ({ key: `${placed.root}/${placed.path}/`, placed }))
    .sort((a, b) => compareCodeUnits(a.key, b.key))
  for (const [i, { key, placed }] of sorted.entries()) {
    const below = sorted[i + 1]
    if (below?.key.startsWith(key) && below.key !== key && below.placed.scheme !== placed.scheme)
      yield finding(
        { member: placed.member.path },
        `${quote(placed.member.path)} is installed where ${quote(below.placed.member.path)} needs a directory${on(placed, below.placed)}.`,
        { related: [{ member: below.placed.member.path, message: 'the file below' }] },
      )
  }
}

function on(...both: readonly Placed[]): string {
  const only = both.find(placed => placed.only)?.only
  if (!only) return ''
  const system = only.system === 'windows' ? 'Windows' : 'systems other than Windows'
  return ` on ${system}${only.python === undefined ? '' : ` with Python ${only.python}`}`
}
