import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { installed, topName } from '../../src/views/install-tree.js'

export default rule({
  id: 'entry-point-module-missing',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The module of an entry point is not in the wheel.',
  why: 'Whoever loads the entry point, or starts the command, gets ModuleNotFoundError.',
  fix: 'Correct the module, or see that the build includes it.',

  precision: 'high',
  absence: 'member',
  bad: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  good: {
    wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n', files: { 'demo/cli.py': 'def main(): ...\n' } },
  },
  *check(wheel) {
    const tree = installed(wheel)
    const tops = new Set(tree.map(topName))
    const files = new Set(tree.map(({ path }) => path))
    const stems = new Set(tree.map(({ path }) => path.replace(/\.(?:[^/]*\.)?(?:py|pyc|so|pyd)$/, '')))
    for (const entry of wheel.entryPoints?.entries ?? []) {
      // Another project may provide the module.
      const [top] = entry.module?.split('.') ?? []
      if (entry.module === undefined || !tops.has(top)) continue
      const path = entry.module.replaceAll('.', '/')
      if (
        stems.has(path) ||
        files.has(`${path}/__init__.py`) ||
        stems.has(`${path}/__init__`) ||
        tree.some(file => file.path.startsWith(`${path}/`))
      )
        continue
      yield finding(
        within(entry.targetPlace, entry.module),
        `The module ${quote(entry.module)} of ${quote(entry.value)} is not in the wheel.`,
      )
    }
  },
})
