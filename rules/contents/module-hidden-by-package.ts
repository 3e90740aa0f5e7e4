import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { someQuoted } from '../../src/wording.js'

export default rule({
  id: 'module-hidden-by-package',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'The Python Language Reference, "Regular packages"',
  url: 'https://docs.python.org/3/reference/import.html#regular-packages',
  summary: 'A module and a package, or a folder of modules, have the same name.',
  why: 'Python imports the package instead of the module, and the module instead of a folder without `__init__.py`; the other cannot be imported. Usually one of them is a leftover from an earlier build.',
  fix: 'Remove or rename one of them, and build from a clean checkout.',
  needs: ['python-imports'],
  bad: [
    {
      wheel: {
        files: { 'demo/translator.py': 'class Translator: ...\n', 'demo/translator/__init__.py': 'x = 1\n' },
      },
    },
    {
      wheel: {
        files: { 'demo/translator.py': 'class Translator: ...\n', 'demo/translator/words.py': 'x = 1\n' },
      },
    },
    { wheel: { files: { 'demo.pyi': 'def main() -> None: ...\n' } } },
    {
      sdist: {
        files: {
          '{top}/src/demo/translator.py': 'class Translator: ...\n',
          '{top}/src/demo/translator/__init__.py': 'x = 1\n',
        },
      },
    },
  ],
  good: {
    wheel: {
      files: {
        'demo/translator.py': 'class Translator: ...\n',
        'demo/translator/words.txt': 'one\n',
        'demo/fast.py': 'x = 1\n',
        'demo/fast.cpython-312-darwin.so': 'x',
        'demo/api.py': '__path__ = []\n',
        'demo/api/core.py': 'x = 1\n',
        'demo/run.py': 'x = 1\n',
        'demo/run/task.pyi': 'x: int\n',
      },
    },
  },
  *check(wheel) {
    if (wheel.kind === 'sdist') {
      yield* inSources(wheel)
      return
    }
    const files = installed(wheel)
    const packages = new Map(
      files.flatMap(({ path, member }) => {
        const folder = /^(.+)\/__init__(?:\.[^/]+)?\.(?:py|so|pyd)$/.exec(path)?.[1]
        return folder === undefined ? [] : [[folder, member.path]]
      }),
    )
    // Modules in folders that are not packages.
    const inside = new Map<string, string[]>()
    for (const { parts, member } of files) {
      const folder = parts.slice(0, -1).join('/')
      if (parts.length < 2 || !/^[A-Za-z_]\w*\.py$/.test(parts.at(-1) ?? '') || packages.has(folder)) continue
      const found = inside.get(folder)
      if (found) found.push(member.path)
      else inside.set(folder, [member.path])
    }
    for (const { path, member } of files) {
      const [, own] = /^((?:.*\/)?[^/.]+)\.(?:pyi?|(?:[^/]+\.)?(?:so|pyd))$/.exec(path) ?? []
      if (own === undefined || DATA.test(path)) continue
      const other = packages.get(own)
      const isStub = path.endsWith('.pyi')
      if (other !== undefined)
        yield finding(
          { member: member.path },
          `${quote(member.path)} is never ${isStub ? 'read' : 'imported'}, because the package ${quote(other)} has the same name.`,
          isStub ? { severity: 'info', help: 'Name the stub `__init__.pyi`, and move it into the package.' } : {},
        )
      const hidden = inside.get(own)
      const module = wheel.python.get(member.path)
      if (!hidden || !path.endsWith('.py') || (member.size > 0 && (!module || module.cut || module.module.redirects)))
        continue
      yield finding(
        { member: hidden[0] },
        `${someQuoted(hidden, 3)} cannot be imported, because the module ${quote(member.path)} has the same name as ${hidden.length === 1 ? 'its' : 'their'} folder.`,
        { subject: own, help: 'Rename one of them, or move the module to `__init__.py` of the folder.' },
      )
    }
  },
})

/** In packages alone: a script may have the name of the package next to it. */
function* inSources({ members }: Sdist) {
  for (const { path } of members.files) {
    const [, own, folder] = /^(([^/]+\/(?:.+\/)?)[^/.]+)\.py$/.exec(path) ?? []
    const other = `${own}/__init__.py`
    if (own === undefined || !members.has(other) || !members.has(`${folder}__init__.py`)) continue
    if (!DATA.test(path.slice(path.indexOf('/') + 1)))
      yield finding(
        { member: path },
        `${quote(path)} is never imported, because the package ${quote(other)} has the same name.`,
      )
  }
}

/** Files that are read as data. */
const DATA = /(?:^|\/)(?:tests?|testdata|fixtures?|templates?|skeletons?|data|examples?)\//
