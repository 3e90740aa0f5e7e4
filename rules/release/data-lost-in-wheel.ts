import { rule } from '../../src/rule.js'
import { setting } from '../shared/advice.js'
import { lostFiles } from './_lost.js'
import { namesInCode } from './_named.js'

export default rule({
  id: 'data-lost-in-wheel',
  topic: 'release',
  severity: 'warning',
  applies: ['wheel', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary:
    'A wheel is missing data files that the sdist contains, although it contains others of the same kind and folder, or its modules name the file.',
  why: 'Code that opens the file works in a checkout, but fails for everyone who installs the wheel. With meson-python, whose build files list each file, it is reported as info.',
  fix: project =>
    `Widen the pattern of the package data (${setting(project, 'packageData')}), or exclude the file from the build on purpose.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  precision: 'medium',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    {
      release: [
        { sdist: { files: { '{top}/src/demo/res/a.toml': 'a = 1\n', '{top}/src/demo/res/words.txt': 'one\n' } } },
        { wheel: { files: { 'demo/res/a.toml': 'a = 1\n', 'demo/load.py': 'WORDS = "res/words.txt"\n' } } },
      ],
    },
    {
      release: [
        { sdist: { files: { '{top}/src/demo/res/a.toml': 'a = 1\n', '{top}/src/demo/res/b.toml': 'b = 1\n' } } },
        { wheel: { files: { 'demo/res/a.toml': 'a = 1\n' } } },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject:
              '[build-system]\nrequires = ["meson-python"]\nbuild-backend = "mesonpy"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
            files: {
              '{top}/meson.build': "project('demo')\n",
              '{top}/src/demo/res/a.toml': 'a = 1\n',
              '{top}/src/demo/res/b.toml': 'b = 1\n',
            },
          },
        },
        { wheel: { files: { 'demo/res/a.toml': 'a = 1\n' } } },
      ],
    },
  ],
  good: [
    {
      release: [
        {
          sdist: {
            files: {
              '{top}/src/demo/res/a.toml': 'a = 1\n',
              '{top}/src/demo/res/README.md': '# Files\n',
              '{top}/src/demo/tests/b.toml': 'b = 1\n',
            },
          },
        },
        { wheel: { files: { 'demo/res/a.toml': 'a = 1\n' } } },
      ],
    },
    {
      release: [
        { sdist: { files: { '{top}/src/demo/web/main.1e9b61e675cc1ff4.js': 'let a = 1\n' } } },
        { wheel: { files: { 'demo/web/main.26389e69be95e1a4.js': 'let a = 2\n', 'demo/web/help.js': 'let b = 1\n' } } },
      ],
    },
  ],
  *check(release) {
    if (release.kind === 'wheel') namesInCode(release)
    else yield* lostFiles(release, 'data')
  },
})
