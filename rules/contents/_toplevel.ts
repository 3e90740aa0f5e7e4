const STRAY =
  /^(?:readme|licen[sc]e|changelog|changes|history|notices?|copying|authors|contributors|contributing|third[-_]?party(?:[-_]?(?:notices?|licen[cs]es?))?|requirements|makefile|dockerfile|todo|manifest\.in|pyproject\.toml|tox\.ini|package\.json|\.gitignore)(?:[-_.][^/]*)?$/i
const MODULE = /\.(?:py|pyi|pyx|pxd|pth|start|so|pyd|dylib|dll)$/

/** Is it by its name a file of the source tree, which nobody looks for in site-packages? */
export const isStray = (path: string): boolean => STRAY.test(path) && !MODULE.test(path)
