import type { TextFile } from '../text/file.js'
import { decodeUtf8 } from '../text/utf8.js'
import { textAt } from './document.js'
import type { ProjectFolder } from './folder.js'
import { bytesOf } from './load.js'

/** Texts of the files that the version may be read from, and of others, by path below `top`. */
export async function readFurtherFiles(
  folder: string,
  top: string,
  described: ProjectFolder,
  others: readonly string[],
): Promise<readonly TextFile[]> {
  const found: TextFile[] = []
  for (const path of [...versionFiles(described), ...others]) {
    const bytes = await bytesOf(`${folder}/${path}`)
    if (bytes) found.push({ member: `${top}/${path}`, ...decodeUtf8(bytes), size: bytes.length, cut: false })
  }
  return found
}

function versionFiles({ pyproject, setupCfg }: ProjectFolder): readonly string[] {
  const document = pyproject?.document
  const named = [
    document && textAt(document, 'tool', 'hatch', 'version', 'path'),
    document && textAt(document, 'tool', 'pdm', 'version', 'path'),
  ].flatMap(path => (path === undefined || path.startsWith('/') || path.split('/').includes('..') ? [] : [path]))
  const attr =
    (document && textAt(document, 'tool', 'setuptools', 'dynamic', 'version', 'attr')) ??
    (setupCfg && /^version[ \t]*[=:][ \t]*attr:[ \t]*([\w.]+)/m.exec(setupCfg.text)?.[1])
  const flit =
    document && /^flit/.test(textAt(document, 'build-system', 'build-backend') ?? '')
      ? (textAt(document, 'tool', 'flit', 'module', 'name') ??
        textAt(document, 'project', 'name')?.replaceAll('-', '_'))
      : undefined
  return [...named, ...modulePaths(attr?.split('.').slice(0, -1) ?? []), ...modulePaths(flit?.split('.') ?? [])]
}

const modulePaths = (parts: readonly string[]): readonly string[] =>
  parts.length === 0
    ? []
    : ['', 'src/'].flatMap(root => [`${root}${parts.join('/')}.py`, `${root}${parts.join('/')}/__init__.py`])
