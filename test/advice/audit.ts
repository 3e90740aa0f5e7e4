import { writeTarGz } from '../../fixtures/make/tar.js'
import { RULES } from '../../rules/registry/index.js'
import { renderOnNode } from '../../src/description/render-node.js'
import type { Finding } from '../../src/finding.js'
import { projectOf } from '../../src/project/project.js'
import { allFindings } from '../../src/report/report.js'
import { run } from '../../src/run.js'
import { bytesSource } from '../../src/source/source.js'
import { edited, inOrder } from '../../src/text/edit.js'
import type { Fields } from './projects.js'

export interface Built {
  readonly filename: string
  readonly bytes: Uint8Array
}

/** The sdist that no backend makes of a project, because it stops at the mistake. */
export function packTree(tree: ReadonlyMap<string, string>, { name, version }: Fields): Built {
  const info = `Metadata-Version: 2.4\nName: ${name}\nVersion: ${version}\n`
  const entries = [...tree, ['PKG-INFO', info] as const].map(([path, text]) => ({
    name: `${name}-${version}/${path}`,
    data: new TextEncoder().encode(text),
  }))
  return { filename: `${name}-${version}.tar.gz`, bytes: writeTarGz(entries) }
}

/** The source tree once the edits of a finding were made, as `distaudit fix --unsafe` makes them. */
export function withEdits(tree: ReadonlyMap<string, string>, { edits = [] }: Finding): ReadonlyMap<string, string> {
  const texts = new Map(tree)
  for (const path of new Set(edits.map(edit => edit.path))) {
    const text = tree.get(path) ?? ''
    const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
    const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1
    const own = edits
      .filter(edit => edit.path === path)
      .map(({ line, column, endLine, endColumn, replacement }) => ({
        start: offset(line, column),
        end: offset(endLine, endColumn),
        text: replacement,
      }))
    texts.set(path, edited(text, inOrder(own) ?? []))
  }
  return texts
}

/** What is found in the files of a project next to its source tree. */
export async function auditProject(
  files: readonly Built[],
  tree: ReadonlyMap<string, string>,
  select?: readonly string[],
): Promise<readonly Finding[]> {
  const given = files.map(({ filename, bytes }) => ({
    path: filename,
    filename,
    open: async () => ({ path: filename, filename, source: bytesSource(bytes) }),
  }))
  const { report } = await run(given, {
    rules: RULES,
    render: renderOnNode,
    project: projectOf(tree),
    choice: select ? { select } : {},
    edits: true,
  })
  return [...allFindings(report)]
}
