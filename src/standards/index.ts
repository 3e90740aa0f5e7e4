/**
 * The grammars of Python packaging, exported as `distaudit/standards`. They behave as packaging 26.4 does. Every parser takes
 * a string; it returns a value whose `toString()` is the normalized form, or throws a StandardsError and nothing else.
 */

export { type Authority, type PackagingVersion, PYPI, TWINE_TODAY } from './authorities.js'
export { CLASSIFIERS, type Classifiers } from './classifiers.js'
export { type ContentType, type ContentTypeVerdict, contentTypeProblem, parseContentType } from './content-type.js'
export {
  CORE_FIELDS,
  type CoreField,
  compareMetadataVersions,
  coreField,
  DRAFT_FIELDS,
  METADATA_VERSIONS,
  PYPI_METADATA_VERSIONS,
} from './core-metadata.js'
export { type Mailbox, parseAddressList, parseSingleAddress } from './email.js'
export { emailProblem } from './email-address.js'
export { attempt, StandardsError } from './error.js'
export {
  type BuildTag,
  parseSdistFilename,
  parseWheelFilename,
  type SdistFilename,
  type WheelFilename,
} from './filenames.js'
export { type ImportName, isStdlibModule, KEYWORDS, parseImportName, STDLIB } from './import-name.js'
export {
  isDeprecatedSpdx,
  type LicenseExpression,
  type LicenseGroup,
  type LicenseNode,
  type LicenseUse,
  newerSpdxLicense,
  parseLicenseExpression,
  SPDX_LIST,
  spdxLicense,
} from './license-expression.js'
export {
  DRAFT_MARKER_VARIABLES,
  MARKER_VARIABLES,
  type Marker,
  type MarkerComparison,
  type MarkerGroup,
  type MarkerNode,
  type MarkerOperand,
  type MarkerOperator,
  type MarkerVariable,
  parseMarker,
  SET_VARIABLES,
} from './marker.js'
export type { MarkerContext, MarkerEnvironment } from './marker-evaluation.js'
export { canonicalName, isName, isNormalizedName, normalizeName } from './name.js'
export { type JudgedAs, PACKAGING_DIFFERENCES, type PackagingDifference } from './packaging-differences.js'
export { parseRequirement, type Requirement, requirementsEqual } from './requirement.js'
export {
  type ContainsOptions,
  parseSpecifiers,
  type Specifier,
  type SpecifierOperator,
  type SpecifierSet,
} from './specifier.js'
export { isPypiPlatform, MAX_TAGS, PYPI_PLATFORMS_DATE, parseTag, type Tag, type TagSet } from './tags.js'
export { linkProblem, splitUri, type UriParts, uriProblem } from './uri.js'
export { normalizeLabel, type WellKnownLabel, wellKnownLabel } from './url-label.js'
export { compareVersions, parseVersion, tryVersion, type Version, type VersionParts } from './version.js'
