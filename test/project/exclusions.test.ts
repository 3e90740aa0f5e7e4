import { describe, expect, it } from 'vitest'
import { exclusionsIn } from '../../src/project/exclusions.js'

describe('what a build leaves out on purpose', () => {
  it.each([
    [
      '[tool.hatch.build.targets.wheel]\nexclude = ["demo/dev.py", "*.tmp"]\ninclude = ["demo"]\n',
      ['demo/dev.py', '*.tmp'],
    ],
    ['[tool.setuptools.exclude-package-data]\ndemo = ["a.txt"]\n\n[tool.black]\nline-length = 88\n', ['demo', 'a.txt']],
    [
      '[options.packages.find]\nexclude =\n    demo.dev\n    demo.old*\n[options]\nzip_safe = no\n',
      ['demo.dev', 'demo.old*'],
    ],
    ['setup(packages=find_packages(exclude=["demo.dev"]), name="demo")\n', ['demo.dev']],
    ['include README.md\nrecursive-exclude demo/old *.py\nprune demo/dev\n', ['demo/old', '*.py', 'demo/dev']],
    [
      '[tool.uv.build-backend]\nsource-exclude = ["demo/x.py"]\nwheel-exclude = ["demo/y.py"]\n',
      ['demo/x.py', 'demo/y.py'],
    ],
    ['[project]\nname = "demo"\n', []],
  ])('%j', (text, found) => expect(exclusionsIn([text])).toEqual(found))
})
