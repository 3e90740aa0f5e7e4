import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { isBytecode } from '../../src/views/leftovers.js'
import { andMore } from '../../src/wording.js'

const NOTHING = new Uint8Array()

export default rule({
  id: 'sourceless-module',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 3147, "Case 4: legacy pyc files and source-less imports"',
  url: 'https://peps.python.org/pep-3147/',
  summary: 'The wheel contains a module as bytecode without its source.',
  why: 'Bytecode loads in only one Python version; if the tags of the wheel allow more, the import fails there.',
  fix: 'Ship the `.py` file, or tag the wheel for the one Python version that can load the bytecode.',
  absence: 'member',
  bad: { wheel: { files: { 'demo/core.pyc': 'U\r\r\n\0\0\0\0' } } },
  good: [
    { wheel: { files: { 'demo/core.py': 'x = 1\n' } } },
    { wheel: { files: { 'demo/samples/text.pyc': 'No bytecode.\n' } } },
  ],
  *check(wheel) {
    const files = installed(wheel).filter(
      ({ path, member }) =>
        /\.py[co]$/.test(path) &&
        !/(?:^|\/)__pycache__\//.test(path) &&
        !wheel.members.has(member.path.replace(/[co]$/, '')) &&
        isBytecode(wheel.heads.get(member.path) ?? NOTHING),
    )
    const first = files[0]
    if (first)
      yield finding(
        { member: first.member.path },
        files.length > 1
          ? `${quote(first.path)}${andMore(files.length - 1, 'module')} do not have a .py file next to them.`
          : `${quote(first.path)} does not have a .py file next to it.`,
      )
  },
})
