import { describe, expect, it } from 'vitest'
import { buildExample, buildSurroundings, type File } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { unreadable } from '../../src/distribution/read.js'
import type { Example } from '../../src/example.js'
import { type Project, projectOf } from '../../src/project/project.js'
import { exampleList } from '../../src/report/example.js'
import { renderGithub } from '../../src/report/github.js'
import { renderSarif } from '../../src/report/sarif.js'
import type { AnyRule } from '../../src/rule.js'
import { type Given, run } from '../../src/run.js'
import { bytesSource } from '../../src/source/source.js'
import { isDrawn } from '../support/fc.js'

// Every result of a run with a source tree points to a line of it.

const BUILD = '# The build\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
const README = '# Demo\n\nReads demo files.\n'

/** A small project of each kind. Where a program names it, it may be any. */
const TREES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  project: { 'pyproject.toml': `${BUILD}\n[project]\nname = "demo"\nreadme = "README.md"\n`, 'README.md': README },
  'dotted keys': { 'pyproject.toml': 'project.version = "1.0"\n' },
  'an inline table': { 'pyproject.toml': 'project = { readme = "README.md" }\n', 'README.md': README },
  'the backend alone': { 'pyproject.toml': BUILD },
  'setup.cfg': { 'setup.cfg': '# All of it\n[options]\nx = 1\n[metadata]\nlong_description = file: README.md\n' },
  'setup.py': { 'setup.py': 'import setuptools\n\nsetuptools.setup(**all)\n', 'README.md': README },
  'setup.py and the backend': { 'pyproject.toml': BUILD, 'setup.py': 'exec("setup()")\n' },
  poetry: { 'pyproject.toml': '[tool.poetry]\nname = "demo"\n[tool.poetry.dependencies]\npython = ">=3.9"\n' },
  flit: { 'pyproject.toml': '[tool.flit.metadata]\nmodule = "demo"\n' },
  'an empty file': { 'pyproject.toml': '' },
  'no TOML': { 'pyproject.toml': '[project\n' },
}

const treeOf = (texts: Readonly<Record<string, string>>, { tracked }: Example): Project => ({
  ...projectOf(new Map(Object.entries(texts))),
  tracked: tracked && { paths: new Set(tracked), folders: [], folder: '', names: ['demo'], excluded: [] },
})

const givenOf = ({ filename, bytes, broken }: File): Given => ({
  path: `dist/${filename}`,
  filename,
  open: async () =>
    broken
      ? unreadable(`dist/${filename}`, filename, broken)
      : { path: `dist/${filename}`, filename, source: bytesSource(bytes) },
})

interface Shown {
  readonly path: string
  readonly region: { startLine: number; startColumn?: number; endLine: number; endColumn?: number } | undefined
}

async function shown(example: Example, rule: AnyRule, tree: Readonly<Record<string, string>>) {
  const { baseline, demands } = await buildSurroundings(example)
  const { report } = await run((await buildExample(example)).map(givenOf), {
    rules: [rule],
    render: renderOnNode,
    choice: { profile: 'strict', preview: true },
    demands,
    baseline: baseline.length > 0 ? baseline.map(givenOf) : undefined,
    project: treeOf(tree, example),
  })
  const context = treeOf(tree, example).context
  const { runs } = JSON.parse(renderSarif(report, { rules: [rule], source: context }))
  const results: Shown[] = runs[0].results.map((result: { locations: readonly [{ physicalLocation: unknown }] }) => {
    const { artifactLocation, region } = result.locations[0].physicalLocation as {
      artifactLocation: { uri: string }
      region: Shown['region']
    }
    return { path: artifactLocation.uri, region }
  })
  return { results, annotations: renderGithub(report, { source: context }) }
}

function isInside(region: Shown['region'], text: string): boolean {
  const line = text.split('\n')[(region?.startLine ?? 0) - 1]
  return (
    region !== undefined &&
    line !== undefined &&
    region.endLine === region.startLine &&
    (text === '' || (region.endColumn ?? 0) <= line.length + 1) &&
    (text === '' || (region.startColumn ?? 0) < (region.endColumn ?? 0))
  )
}

it('what is missing at the end of a line is at its last character', async () => {
  const text = '[project\n'
  const rule = RULES.filter(({ id }) => id === 'pyproject-syntax')
  const { results } = await shown({ sdist: { pyproject: text } }, rule[0]!, { 'pyproject.toml': text })
  expect(results.map(({ path, region }) => [path, region?.startColumn, region?.endColumn])).toEqual([
    ['pyproject.toml', 8, 9],
  ])
  expect(isInside(results[0]?.region, text)).toBe(true)
})

describe.each(Object.entries(TREES))('with %s', (name, tree) => {
  const number = Object.keys(TREES).indexOf(name)
  const examples = RULES.flatMap(rule => exampleList(rule.bad).map(example => ({ rule, example })))
    .filter(({ example }) => !example.tree)
    // Each of them meets one of the trees, and one in four the first tree.
    .filter((_, i) => (number === 0 && isDrawn(i, 4)) || i % Object.keys(TREES).length === number)

  it('every result in a file of the tree has a region inside of it', async () => {
    const wrong: string[] = []
    let [inTree, all] = [0, 0]
    for (const { rule, example } of examples) {
      const { results, annotations } = await shown(example, rule, tree)
      for (const { path, region } of results) {
        all++
        const text = tree[path]
        if (text === undefined) continue
        inTree++
        if (!isInside(region, text)) wrong.push(`${rule.id}: ${path} ${JSON.stringify(region)}`)
      }
      for (const annotation of annotations.split('\n').filter(one => / file=(?!dist\/)/.test(one)))
        if (!/,line=\d+,endLine=\d+,/.test(annotation)) wrong.push(annotation)
    }
    expect(wrong).toEqual([])
    // What is of another project points to its own file.
    expect(all - inTree).toBeLessThanOrEqual(5)
    expect(all).toBeGreaterThan(examples.length / 2)
  })
})
