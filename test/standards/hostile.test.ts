/** Text of a megabyte that is made to cost much: no parser may be slow, and none may throw anything but a StandardsError. */
import { describe, expect, it } from 'vitest'
import {
  canonicalName,
  contentTypeProblem,
  emailProblem,
  isNormalizedName,
  isPypiPlatform,
  linkProblem,
  normalizeLabel,
  normalizeName,
  parseAddressList,
  parseImportName,
  parseLicenseExpression,
  parseMarker,
  parseRequirement,
  parseSdistFilename,
  parseSingleAddress,
  parseSpecifiers,
  parseTag,
  parseVersion,
  parseWheelFilename,
  StandardsError,
  splitUri,
  uriProblem,
} from '../../src/standards/index.js'
import { cpuSeconds } from '../support/cpu.js'

const SIZE = 1_000_000
const CPU_SECONDS = 2
const ENVIRONMENT = { python_version: '3.10', os_name: 'posix' }

/** `…` stands for the unit that follows it, repeated up to a megabyte. */
interface Hostile {
  readonly parse: (text: string) => unknown
  /** Text before, unit, text after. */
  readonly texts: readonly (readonly [before: string, unit: string, after: string])[]
}

const useSpecifiers = (text: string) => {
  const set = parseSpecifiers(text)
  return [set.contains('1.5'), set.isUnsatisfiable(), set.toString()]
}
const useMarker = (text: string) => {
  const marker = parseMarker(text)
  return [marker.toString(), marker.evaluate(ENVIRONMENT)]
}

const FUNCTIONS: Readonly<Record<string, Hostile>> = {
  parseVersion: {
    parse: parseVersion,
    texts: [
      ['', '1', ''],
      ['', '1.', '1'],
      ['', '1.', 'x'],
      ['', `${'1'.repeat(4300)}.`, '1'],
      ['1+', 'a.', 'a'],
      ['1+', 'a', '!'],
      ['', ' ', '1'],
      ['1', ' ', 'x'],
      ['1a', '1', '!'],
      ['1', '-1', ''],
      ['1', '.dev', ''],
    ],
  },
  parseSpecifiers: {
    parse: useSpecifiers,
    texts: [
      ['', ',', ''],
      ['', '>=1,', ''],
      ['', '!=1.0,', ''],
      ['', '==1.*,', ''],
      ['', '===a,', ''],
      ['==', '1.', '1'],
      ['~=1', '.1', ''],
      ['>=', ' ', '1'],
      ['==1+', 'a.', 'a'],
      ['===', '=', ''],
    ],
  },
  parseRequirement: {
    parse: text => parseRequirement(text).toString(),
    texts: [
      ['', 'a', ''],
      ['', 'a-', ''],
      ['a', '-', 'é'],
      ['a[', 'b,', 'b]'],
      ['a[', ' ', ']'],
      ['a', '>=1,', ''],
      ['a @ ', 'x', ' ;'],
      ['a', ' ', '!'],
      ['a>=', '\u00a0', '1'],
      ['a; ', '(', ''],
    ],
  },
  parseMarker: {
    parse: useMarker,
    texts: [
      ['', '(', ''],
      ['', 'os_name == "x" and ', 'os_name == "x"'],
      ['', 'os_name == "x" or ', 'os_name == "x"'],
      ['', '(os_name=="x")and', '(os_name=="x")'],
      ['', 'os_name == "x" and (', ''],
      ['os_name == "', '\\x41', '"'],
      ['os_name == "', '\\', '"'],
      ['os_name == "', 'a', ''],
      ['os_name ', ' ', '== "x"'],
      ['python_version >= "', '1.', '1"'],
      ['', 'not ', ''],
    ],
  },
  parseLicenseExpression: {
    parse: text => parseLicenseExpression(text).toString(),
    texts: [
      ['', '(', ''],
      ['', ')', ''],
      ['', ' ', ''],
      ['', 'MIT OR ', 'MIT'],
      ['', 'MIT AND MIT OR ', 'MIT'],
      ['', '(MIT) OR ', 'MIT'],
      ['', 'MIT WITH LLVM-exception OR ', 'MIT'],
      ['LicenseRef-', 'a', ''],
      ['', 'LicenseRef-a AND ', 'MIT'],
      ['MIT', '+', ''],
    ],
  },
  normalizeName: {
    parse: normalizeName,
    texts: [
      ['', 'a', ''],
      ['a', '-', ''],
      ['a', '-_.', 'a'],
      ['a', 'a-', '!'],
    ],
  },
  canonicalName: {
    parse: canonicalName,
    texts: [
      ['', '-', 'a'],
      ['', 'a-', ''],
      ['', 'É', ''],
    ],
  },
  isNormalizedName: {
    parse: isNormalizedName,
    texts: [
      ['', 'a', '!'],
      ['', 'a-', ''],
      ['a', '-', 'a'],
    ],
  },
  parseTag: {
    parse: text => parseTag(text).toString(),
    texts: [
      ['', '-', ''],
      ['', '.', ''],
      ['', 'a.', 'a-b-c'],
      ['a-b-', 'c', ''],
      ['', 'a', ''],
      ['1', 'a', '-b-c'],
    ],
  },
  parseWheelFilename: {
    parse: parseWheelFilename,
    texts: [
      ['', '-', '.whl'],
      ['', 'a_', '-1-py3-none-any.whl'],
      ['a-', '1.', '1-py3-none-any.whl'],
      ['a-1-', '1', '-py3-none-any.whl'],
      ['a-1-1', '\n', '-py3-none-any.whl'],
    ],
  },
  parseSdistFilename: {
    parse: parseSdistFilename,
    texts: [
      ['', '-', '.tar.gz'],
      ['a-', '1.', '.tar.gz'],
      ['', 'a-', '1.zip'],
    ],
  },
  parseImportName: {
    parse: parseImportName,
    texts: [
      ['', 'a.', 'a'],
      ['', 'a', ''],
      ['', '.', ''],
      ['a;', ' ', 'private'],
      ['a', ' ', 'a'],
    ],
  },
  contentTypeProblem: {
    parse: contentTypeProblem,
    texts: [
      ['text/plain; a="', 'b', '"'],
      ['text/plain; a="', '\\', ''],
      ['text/plain', ';', ''],
      ['text/plain', '; ', ''],
      ['text/plain', ' ', ''],
      ['text/', 'a', ''],
    ],
  },
  emailProblem: {
    parse: emailProblem,
    texts: [
      ['', 'a', '@b.c'],
      ['', 'a.', '@b.c'],
      ['a@', 'b.', 'c'],
      ['a@', 'xn--', '.c'],
      ['a@', 'é', '.c'],
      ['', '@', ''],
    ],
  },
  parseAddressList: {
    parse: text => [parseAddressList(text), parseSingleAddress(text)],
    texts: [
      ['', '(', ''],
      ['', '"', ''],
      ['', 'a:', ''],
      ['', '<', ''],
      ['', 'a@b,', ''],
      ['', ' ', ''],
    ],
  },
  uriProblem: {
    parse: text => [splitUri(text), uriProblem(text), linkProblem(text)],
    texts: [
      ['', 'a', ''],
      ['http://', 'a', ''],
      ['http://', 'a:', ''],
      ['http://', '%41', '@a:1'],
      ['http://a/', '[', ''],
      ['http://', 'a.', ''],
    ],
  },
  normalizeLabel: {
    parse: normalizeLabel,
    texts: [
      ['', '-', 'a'],
      ['', 'a ', ''],
    ],
  },
  isPypiPlatform: {
    parse: isPypiPlatform,
    texts: [
      ['manylinux_', '1', '_1_x86_64'],
      ['macosx_10_', '1', '_'],
    ],
  },
}

describe('a megabyte of hostile text', () => {
  for (const [name, { parse, texts }] of Object.entries(FUNCTIONS))
    it(`does not slow ${name} down`, async () => {
      for (const [before, unit, after] of texts) {
        const text = before + unit.repeat(SIZE / unit.length) + after
        const taken = await cpuSeconds(CPU_SECONDS, () => {
          try {
            parse(text)
          } catch (error) {
            if (!(error instanceof StandardsError)) throw error
          }
        })
        expect(taken, `CPU seconds on ${before}…${unit.slice(0, 20)}…${after}`).toBeLessThan(CPU_SECONDS)
      }
    })
})

describe('depth', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}os_name == "x"${')'.repeat(depth)}`

  it('reads a marker down to the limit and refuses it below, at the parenthesis that is too deep', () => {
    expect(parseMarker(nested(200)).evaluate(ENVIRONMENT)).toBe(false)
    expect(() => parseMarker(nested(201))).toThrow(expect.objectContaining({ offset: 201 }))
    expect(() => parseRequirement(`a; ${nested(100_000)}`)).toThrow(StandardsError)
  })

  it('reads as many parentheses in a licence expression as Python does, 200', () => {
    const license = (depth: number) => `${'('.repeat(depth)}MIT${')'.repeat(depth)}`
    expect(parseLicenseExpression(license(200)).toString()).toBe(license(200))
    expect(() => parseLicenseExpression(license(201))).toThrow(StandardsError)
  })

  it('keeps the tree of 50,000 alternatives flat', () => {
    const { tree } = parseLicenseExpression(Array(50_000).fill('MIT').join(' OR '))
    expect(tree.kind === 'or' && tree.terms.length).toBe(50_000)
  })
})
