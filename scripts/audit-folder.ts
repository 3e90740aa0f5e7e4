import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { auditPart, type Part } from '../src/audit.js'
import { renderOnNode } from '../src/description/render-node.js'
import { groupByProject } from '../src/distribution/grouping.js'
import { kindByName } from '../src/distribution/kind.js'
import { openTarget } from '../src/inputs.js'
import type { Selection } from '../src/selection.js'

/** The wheels and sdists of a folder by name, the first ones that match. */
export function distributionsIn(folder: string, match = '', limit = Number.POSITIVE_INFINITY): readonly string[] {
  const wanted = new RegExp(match)
  return readdirSync(folder)
    .filter(name => kindByName(name) !== 'unknown' && wanted.test(name))
    .sort()
    .slice(0, limit)
}

/** What one project's files gave, or why they gave nothing. */
export interface AuditedProject {
  readonly names: readonly string[]
  readonly seconds: number
  readonly part?: Part
  readonly crash?: string
}

/** Audits the files of a folder, one project after another. */
export async function* auditFolder(
  folder: string,
  files: readonly string[],
  selection: Selection,
): AsyncGenerator<AuditedProject> {
  for (const names of groupByProject(files, name => name)) {
    const begun = performance.now()
    const seconds = () => (performance.now() - begun) / 1000
    try {
      const part = await auditPart(
        names.map(name => () => openTarget({ path: join(folder, name), filename: name })),
        { selection, render: renderOnNode },
      )
      yield { names, seconds: seconds(), part }
    } catch (error) {
      const why = error instanceof Error ? error.stack : error
      yield { names, seconds: seconds(), crash: `${names.join(' ')}: ${why}` }
    }
  }
}
