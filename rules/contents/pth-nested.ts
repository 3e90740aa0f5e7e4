import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'pth-nested',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module site',
  url: 'https://docs.python.org/3/library/site.html',
  summary: 'A .pth or .start file is in a subfolder, where Python never reads it.',
  why: 'Its lines have no effect.',
  fix: 'Move it to the root of the wheel, or remove it.',
  bad: { wheel: { files: { 'demo/demo.pth': 'demo\n' } } },
  good: { wheel: { files: { 'demo.pth': 'demo\n' } } },
  *check(wheel) {
    for (const { path, member } of installed(wheel))
      if (
        path.includes('/') &&
        /\.(?:pth|start)$/.test(path) &&
        !/(?:^|\/)(?:tests?|testdata|resources|templates|_vendor)\//.test(path) &&
        !isModel(path)
      )
        yield finding(
          { member: member.path },
          `${quote(path)} is not at the root of site-packages, so Python never reads it.`,
        )
  },
})

const MODELS = /weight|model|checkpoint/i
const MODEL = /model|weight|net|ckpt/i

/** PyTorch keeps model weights in files of the same suffix. */
const isModel = (path: string) =>
  MODELS.test(path.slice(0, path.lastIndexOf('/'))) ||
  (path.endsWith('.pth') && MODEL.test(path.slice(path.lastIndexOf('/') + 1)))
