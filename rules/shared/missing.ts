/** Words with which one finding says what it `explains`, and another what it `follows`, see src/causes.ts. */
export const missing = {
  /** What a backend looks for by the name of the project. */
  named: 'what has the name of the project',
  /** Where a backend takes the version from. */
  version: 'source of the version',
  licenseFile: 'name of a license file',
  /** By its path in the source tree. */
  file: (path: string): string => `file ${path}`,
  /** Where it would be installed. */
  installed: (path: string): string => `${path} in site-packages`,
  /** A package or a module, by its dotted name. */
  package: (name: string): string => `package ${name}`,
  /** A package that lies below a folder that the wheel should not install. */
  below: (folder: string): string => `what is below ${folder}`,
  initFunction: (module: string): string => `init function of ${module}`,
  /** By its canonical name. */
  extra: (name: string): string => `requirements of ${name}`,
  url: (url: string): string => `address ${url}`,
}
