import type { Homes } from '../../src/homes.js'

type Setting = 'includeInSdist' | 'excludeFromSdist' | 'excludeFromWheel' | 'packages' | 'packageData'

/** Where each backend is told what goes into its files. */
const SETTINGS: Readonly<Record<string, Readonly<Record<Setting, string>>>> = {
  setuptools: {
    includeInSdist: '`include` in MANIFEST.in',
    excludeFromSdist: '`exclude` or `prune` in MANIFEST.in',
    excludeFromWheel: '`exclude` of `find_packages` or `[tool.setuptools.packages.find]`',
    packages: '`packages` and `package-dir` of setuptools',
    packageData: '`package-data` of setuptools',
  },
  hatchling: {
    // `include` would leave out everything else.
    includeInSdist: '`"PATH" = "PATH"` in `[tool.hatch.build.targets.sdist.force-include]`',
    excludeFromSdist: '`exclude` in `[tool.hatch.build.targets.sdist]`',
    excludeFromWheel: '`exclude` in `[tool.hatch.build.targets.wheel]`',
    packages: '`packages` in `[tool.hatch.build.targets.wheel]`',
    packageData: '`artifacts` in `[tool.hatch.build]`, if git ignores the file',
  },
  'flit-core': {
    includeInSdist: '`include` in `[tool.flit.sdist]`',
    excludeFromSdist: '`exclude` in `[tool.flit.sdist]`',
    excludeFromWheel: 'the folder of the package, from which flit takes everything',
    packages: '`name` in `[tool.flit.module]`',
    packageData: 'the folder of the package, from which flit takes everything',
  },
  'poetry-core': {
    includeInSdist: '`include` in `[tool.poetry]`',
    excludeFromSdist: '`exclude` in `[tool.poetry]`',
    excludeFromWheel: '`exclude` in `[tool.poetry]`',
    packages: '`packages` in `[tool.poetry]`',
    packageData: '`include` in `[tool.poetry]`, if git ignores the file',
  },
  'pdm-backend': {
    includeInSdist: '`source-includes` in `[tool.pdm.build]`',
    excludeFromSdist: '`excludes` in `[tool.pdm.build]`',
    excludeFromWheel: '`excludes` in `[tool.pdm.build]`',
    packages: '`includes` and `package-dir` in `[tool.pdm.build]`',
    packageData:
      'the folder of the package, from which pdm-backend takes everything unless `includes` in `[tool.pdm.build]` is set',
  },
  'uv-build': {
    includeInSdist: '`source-include` in `[tool.uv.build-backend]`',
    excludeFromSdist: '`source-exclude` in `[tool.uv.build-backend]`',
    excludeFromWheel: '`wheel-exclude` in `[tool.uv.build-backend]`',
    packages: '`module-name` and `module-root` in `[tool.uv.build-backend]`',
    packageData: 'the folder of the package, from which uv_build takes everything',
  },
  'scikit-build-core': {
    includeInSdist: '`sdist.include` in `[tool.scikit-build]`',
    excludeFromSdist: '`sdist.exclude` in `[tool.scikit-build]`',
    excludeFromWheel: '`wheel.exclude` in `[tool.scikit-build]`',
    packages: '`wheel.packages` in `[tool.scikit-build]`',
    packageData: '`sdist.include` in `[tool.scikit-build]`, if git ignores the file',
  },
  'meson-python': {
    includeInSdist: 'git: meson-python takes the committed files',
    excludeFromSdist: '`export-ignore` in .gitattributes',
    excludeFromWheel: 'meson.build',
    packages: '`install_sources` in meson.build',
    packageData: '`install_sources` in meson.build',
  },
  maturin: {
    includeInSdist: '`include` in `[tool.maturin]`',
    excludeFromSdist: '`exclude` in `[tool.maturin]`',
    excludeFromWheel: '`exclude` in `[tool.maturin]`',
    packages: '`python-source` and `python-packages` in `[tool.maturin]`',
    packageData: '`include` in `[tool.maturin]`',
  },
}

const UNKNOWN: Readonly<Record<Setting, string>> = {
  includeInSdist: 'MANIFEST.in for setuptools, `include` of other backends',
  excludeFromSdist: 'MANIFEST.in for setuptools, `exclude` of other backends',
  excludeFromWheel: '`exclude` of the build backend',
  packages: '`packages` of the build backend',
  packageData: '`package-data` of setuptools, `include` of other backends',
}

const ALIASES: Readonly<Record<string, string>> = { flit: 'flit-core', poetry: 'poetry-core', pbr: 'setuptools' }

/** Where the project's backend is told, in words. */
export const setting = ({ backend = '' }: Homes, what: Setting): string =>
  (SETTINGS[ALIASES[backend] ?? backend] ?? UNKNOWN)[what]

/** How the project's backend is told that a package is in a folder such as `src`, in words. */
export function folderSetting(project: Homes, folder: string, name: string): string {
  const { backend = '' } = project
  switch (ALIASES[backend] ?? backend) {
    case 'setuptools': {
      const form = project.home('Name')?.form
      return form === 'setup.py'
        ? `\`package_dir={"": "${folder}"}\` and \`packages=find_packages("${folder}")\` in setup.py`
        : form === 'setup.cfg'
          ? `\`where = ${folder}\` in \`[options.packages.find]\` of setup.cfg`
          : `\`where = ["${folder}"]\` in \`[tool.setuptools.packages.find]\``
    }
    case 'hatchling':
      return `\`packages = ["${folder}/${name}"]\` in \`[tool.hatch.build.targets.wheel]\``
    case 'poetry-core':
      return `\`packages = [{ include = "${name}", from = "${folder}" }]\` in \`[tool.poetry]\``
    case 'pdm-backend':
      return `\`package-dir = "${folder}"\` in \`[tool.pdm.build]\``
    case 'uv-build':
      return `\`module-root = "${folder}"\` in \`[tool.uv.build-backend]\``
    case 'maturin':
      return `\`python-source = "${folder}"\` in \`[tool.maturin]\``
    case 'scikit-build-core':
      return `\`wheel.packages = ["${folder}/${name}"]\` in \`[tool.scikit-build]\``
    default:
      return setting(project, 'packages')
  }
}
