/**
 * Compares with the verdicts of auditwheel, abi3audit, delocate and delvewheel on the wheels of the reference set:
 * `npm run conformance -- native`. Each difference must be one that docs/conformance-native.md explains.
 */
import { existsSync, readFileSync } from 'node:fs'
import type { Wheel } from '../../src/distribution/distribution.js'
import { abi3Floor, useOf } from '../../src/platform/abi3.js'
import { minimumByArch, versionText } from '../../src/platform/macos.js'
import { fitOfTag } from '../../src/platform/platform.js'
import { parsePlatformTag } from '../../src/platform/platform-tag.js'
import { policyOfTag, tagsOfPolicy } from '../../src/platform/policy.js'
import { nativeSubject } from '../../src/platform/subject.js'
import { missingDlls } from '../../src/platform/windows.js'
import { nativeWheel } from '../support/native-wheel.js'
import { type Comparison, type Difference, jsonLines } from './comparison.js'

interface Auditwheel {
  readonly libc: string
  readonly arch: string
  readonly overall?: string
  readonly sym: string
  readonly ref: string
  readonly blacklist: string
  readonly machine: string
  readonly external_libs: Readonly<Record<string, unknown>>
  readonly external_at_claim: readonly string[] | null
  readonly versioned_symbols: Readonly<Record<string, readonly string[]>>
}
interface Abi3Object {
  readonly file: string
  readonly baseline: string
  readonly non_abi3_symbols?: readonly string[]
  readonly future_abi3_objects?: Readonly<Record<string, string>>
}
interface Expected {
  readonly wheel: string
  readonly auditwheel?: Auditwheel
  readonly abi3?: { readonly objects: readonly Abi3Object[] }
  readonly delocate?: { readonly minos_max: Readonly<Record<string, string>> }
  readonly delvewheel?: {
    readonly files?: readonly {
      readonly file: string
      readonly needed?: readonly string[]
      readonly not_found: readonly string[]
    }[]
    readonly nfiles: number
    readonly not_found: readonly string[]
  }
}
interface Found {
  readonly field: string
  readonly theirs: string
  readonly ours: string
  /** Name of the reason in docs/conformance-native.md; undefined for one that nothing explains. */
  readonly reason: string | undefined
}

const text = (values: Iterable<string>) => [...values].sort().join(' ')

function auditwheel(wheel: Wheel, theirs: Auditwheel): readonly Found[] {
  const tag = wheel.name?.platform
    .map(one => parsePlatformTag(one))
    .find(one => one?.os === 'linux' || one?.os === 'android')
  const fit = tag && fitOfTag(wheel, tag)
  if (!tag || !fit) return [{ field: 'auditwheel', theirs: theirs.overall ?? '', ours: 'nothing', reason: undefined }]
  const arch = tag.os === 'linux' && tag.arch === 'armv6l' ? 'armv7l' : fit.arch
  const name = (policy: number) => {
    if (policy === Number.POSITIVE_INFINITY) return `linux_${arch}`
    if (fit.libc === 'android') return tag.tag
    // Of musl, auditwheel on a glibc machine knows the newest policy only.
    return fit.libc === 'musl' ? `musllinux_1_2_${arch}` : (tagsOfPolicy({ ...fit, arch }, policy)[0] ?? '')
  }
  const claim = tag.os === 'linux' ? policyOfTag(tag) : undefined
  const newest = fit.names.length - 1
  const needs = new Map<string, Set<string>>()
  for (const file of fit.files)
    for (const need of file.versionNeeds)
      if (!/ld-linux|^ld64\.so\.[12]$/.test(need.library))
        needs.set(need.library, new Set([...(needs.get(need.library) ?? []), ...need.versions]))
  const symbols = (all: Iterable<readonly [string, Iterable<string>]>) =>
    text([...all].map(([library, versions]) => `${library}:${text(versions)}`))
  const pairs: readonly (readonly [string, string, string])[] = [
    ['overall', theirs.overall ?? '', name(fit.overall)],
    ['symbols', theirs.sym, name(fit.symbols)],
    ['references', theirs.ref, name(fit.references)],
    ['blacklist', theirs.blacklist, name(fit.blacklist)],
    ['machine', theirs.machine, name(fit.machine)],
    ['external', text(Object.keys(theirs.external_libs)), text(fit.external(newest).keys())],
    ...(theirs.external_at_claim === null
      ? []
      : [['external at the tag', text(theirs.external_at_claim), text(fit.external(claim ?? newest).keys())] as const]),
    ['versions', symbols(Object.entries(theirs.versioned_symbols)), symbols(needs)],
  ]
  return pairs
    .filter(([, a, b]) => a !== b)
    .map(([field, a, b]) => ({
      field: `auditwheel ${field}`,
      theirs: a,
      ours: b,
      reason:
        fit.libc === 'musl' && field !== 'versions' && (a.startsWith('linux_') || /^lib\w+\.so$/.test(a))
          ? 'musl-libc-name'
          : undefined,
    }))
}

function abi3audit(wheel: Wheel, objects: readonly Abi3Object[]): readonly Found[] {
  const subject = nativeSubject(wheel)
  const floor = abi3Floor(subject.pythons, subject.abis)
  return objects.flatMap(object => {
    const file = subject.natives.find(one => one.path === object.file || one.path.endsWith(`/${object.file}`))
    if (!file) return [{ field: 'abi3audit', theirs: object.file, ours: 'no such binary', reason: undefined }]
    // abi3audit could not read it.
    if (object.non_abi3_symbols === undefined) return []
    const use = useOf([file])
    const baseline = floor ?? Number(object.baseline.split('.')[1])
    const future = [...use.stable].filter(([, one]) => one.since > baseline).map(([name]) => name)
    const pairs: readonly (readonly [string, string, string])[] = [
      ['symbols outside', text(object.non_abi3_symbols), text(use.nonStable.keys())],
      ['newer symbols', text(Object.keys(object.future_abi3_objects ?? {})), text(future)],
    ]
    return pairs
      .filter(([, a, b]) => a !== b)
      .map(([field, a, b]) => ({
        field: `abi3audit ${field} of ${object.file}`,
        theirs: a,
        ours: b,
        reason:
          a.split(' ').every(name => name.startsWith('PyModExport_')) && b === '' ? 'abi3-module-export' : undefined,
      }))
  })
}

function delocate(wheel: Wheel, theirs: Readonly<Record<string, string>>): readonly Found[] {
  const ours = [...minimumByArch(nativeSubject(wheel).macho)].map(
    ([arch, version]) => `${arch}=${versionText(version)}`,
  )
  const a = text(Object.entries(theirs).map(([arch, version]) => `${arch}=${version}`))
  return a === text(ours) ? [] : [{ field: 'delocate minimum', theirs: a, ours: text(ours), reason: undefined }]
}

/** DLLs that delvewheel calls missing and Windows 10 or the interpreter has. */
const FALSE_ALARMS = /^(?:vcruntime140(?:_1)?|d3dcompiler_47|d3d1[12]|dxgi|gdiplus|opengl32|glu32)\.dll$/

function delvewheel(wheel: Wheel, theirs: NonNullable<Expected['delvewheel']>): readonly Found[] {
  const subject = nativeSubject(wheel)
  const found: Found[] = []
  for (const file of theirs.files ?? []) {
    // delvewheel could not read it.
    if (file.needed === undefined) continue
    const own = subject.pe.find(one => one.path === file.file)
    const ours = text(new Set(own?.dlls.map(one => one.dll)))
    if (text(file.needed) === ours) continue
    // It leaves this one out of the list: msvcp140.dll loads it when it is first used.
    const without = text(new Set(own?.dlls.map(one => one.dll).filter(dll => !/^concrt140\.dll$/i.test(dll))))
    const reason = /msvcp140\.dll$/i.test(file.file) && without === text(file.needed) ? 'concrt140' : undefined
    found.push({ field: `delvewheel needed of ${file.file}`, theirs: text(file.needed), ours, reason })
  }
  // delvewheel reads .pyd and .dll files, by name.
  const missing = [...missingDlls(wheel).missing]
    .filter(([, files]) => files.some(file => /\.(?:pyd|dll)$/i.test(file.path)))
    .map(([name]) => name)
  if (text(theirs.not_found) !== text(missing)) {
    const extra = theirs.not_found.filter(name => !missing.includes(name))
    const lacking = missing.filter(name => !theirs.not_found.includes(name))
    const reason = lacking.length === 0 && extra.every(name => FALSE_ALARMS.test(name)) ? 'windows-has-it' : undefined
    found.push({ field: 'delvewheel missing', theirs: text(theirs.not_found), ours: text(missing), reason })
  }
  return found
}

/** Every difference from the recorded verdicts; wheels that are not in the corpus are left out. */
export async function compare(shared: string, corpus: string): Promise<Comparison> {
  const differences: Difference[] = []
  let compared = 0
  const limit = Number(process.env.LIMIT ?? Number.POSITIVE_INFINITY)
  for (const expected of jsonLines<Expected>(`${shared}/native.jsonl`).slice(0, limit)) {
    const path = `${corpus}/${expected.wheel}`
    if (!existsSync(path)) continue
    compared++
    const wheel = await nativeWheel(expected.wheel, new Uint8Array(readFileSync(path)))
    const found = [
      ...(expected.auditwheel?.overall === undefined ? [] : auditwheel(wheel, expected.auditwheel)),
      ...(expected.abi3 ? abi3audit(wheel, expected.abi3.objects) : []),
      ...(expected.delocate ? delocate(wheel, expected.delocate.minos_max) : []),
      ...(expected.delvewheel?.files ? delvewheel(wheel, expected.delvewheel) : []),
    ]
    for (const { field, theirs, ours, reason } of found)
      differences.push({ file: expected.wheel, text: `${field}: theirs '${theirs}', ours '${ours}'`, reason })
  }
  return { title: 'Native code (auditwheel, abi3audit, delocate, delvewheel)', compared, differences }
}
