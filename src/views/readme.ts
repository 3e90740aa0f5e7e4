import type { Pyproject } from '../distribution/pyproject.js'
import type { Place } from '../finding.js'

export interface ReadmeFile {
  readonly path: string
  readonly at: Place
  /** Content type, where the table form states one. */
  readonly type: string | undefined
}

/** The file that `project.readme` names, in either form. */
export function readmeFile(pyproject: Pyproject): ReadmeFile | undefined {
  const readme = pyproject.get('project', 'readme')
  if (typeof readme === 'string') return { path: readme, at: pyproject.place('project', 'readme'), type: undefined }
  const file = pyproject.get('project', 'readme', 'file')
  const type = pyproject.get('project', 'readme', 'content-type')
  if (typeof file !== 'string') return undefined
  return {
    path: file,
    at: pyproject.place('project', 'readme', 'file'),
    type: typeof type === 'string' ? type : undefined,
  }
}
