import type { Sdist, Wheel } from '../distribution/distribution.js'
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

/** The README that `project.readme` names, if the sdist has it and no text is in it: hatchling then gives no description. */
export function emptyReadme(subject: Wheel | Sdist): ReadmeFile | undefined {
  if (subject.kind !== 'sdist' || !subject.pyproject) return undefined
  const readme = readmeFile(subject.pyproject)
  const file = readme && subject.texts.get(`${subject.top}/${readme.path.replace(/^(?:\.\/)+/, '')}`)
  return file && !file.cut && file.text.trim() === '' ? readme : undefined
}
