import { describe, expect, it } from 'vitest'
import type { Member, MemberType } from '../../src/archive/archive.js'
import { followLinks } from '../../src/archive/links.js'
import { unpack } from '../../src/archive/unpack.js'
import { cpuSeconds } from '../support/cpu.js'

/** A member by its path: `a -> b` is a symbolic link, `a = b` a hard one, `a/` a directory. */
function memberOf(text: string): Member {
  const [, path = '', sign, link] = /^(.*?)(?: (->|=) (.*))?$/.exec(text) ?? []
  const type: MemberType =
    sign === '->' ? 'symlink' : sign === '=' ? 'hardlink' : path.endsWith('/') ? 'directory' : 'file'
  return {
    path,
    type,
    size: 0,
    compressedSize: 0,
    mode: 0o644,
    mtime: 0,
    link,
    offset: 0,
    actualSize: 0,
    sha256: '',
    digests: undefined,
    intact: true,
  }
}

const follow = (...texts: string[]) => followLinks(texts.map(memberOf), 'top')
const reaches = (...texts: string[]) => follow(...texts).links.map(({ reach }) => reach)

describe('a symbolic link', () => {
  it.each([
    ['a file beside it', 'top/b -> a', 'inside'],
    ['a directory', 'top/x/l -> ../d', 'inside'],
    ['a file of another directory', 'top/x/l -> ./../d//f', 'inside'],
    ['nothing', 'top/b -> missing', 'missing'],
    ['the directory above the tree', 'top/up -> ..', 'outside'],
    ['a place beside the tree', 'top/x/l -> ../../other', 'outside'],
    ['a place outside of the archive', 'top/x/l -> ../../../etc/passwd', 'outside'],
    ['an absolute path', 'top/l -> /etc/passwd', 'absolute'],
    ['a drive', 'top/l -> C:/x', 'absolute'],
    ['a network share', 'top/l -> \\\\server\\x', 'absolute'],
    ['a place outside on Windows', 'top/l -> ..\\..\\x', 'outside'],
    ['itself', 'top/l -> l', 'loop'],
  ])('to %s', (_, link, reach) => {
    expect(reaches('top/a', 'top/d/f', link)).toEqual([reach])
  })

  it('is relative to its directory as it really is, through other links', () => {
    expect(reaches('top/a/b/f', 'top/x -> a/b/..', 'top/y -> x/../../other')).toEqual(['inside', 'outside'])
    expect(reaches('top/a/b/c/f', 'top/x -> a/b/c', 'top/y -> x/../../..')).toEqual(['inside', 'inside'])
  })

  it('is judged again when links that come later change what it means', () => {
    // While `x` is a plain name, `x/../f` is next to it; once it is the tree itself, it is next to the tree.
    expect(reaches('top/d/f', 'top/d/y -> x/../f', 'top/d/x -> ..')).toEqual(['outside', 'inside'])
    expect(reaches('top/f', 'top/d/y -> x/../../../f', 'top/d/x -> e')).toEqual(['outside', 'missing'])
  })

  it('that nobody followed, for the steps it takes, is no loop', () => {
    const deep = Array.from({ length: 8 }, (_, i) => `top/${i}/${'d/'.repeat(2000)}x`)
    const { links, through, whole } = follow('top/l -> top/f', ...deep, 'top/m -> 0')
    expect(links.map(({ reach }) => reach)).toEqual(['unfollowed', 'unfollowed'])
    expect([through, whole]).toEqual([[], false])
  })

  it('of a circle is a loop', () => {
    expect(reaches('top/a -> b', 'top/b -> a')).toEqual(['loop', 'loop'])
  })

  it('behind more links than systems follow is a loop', () => {
    const chain = Array.from({ length: 60 }, (_, i) => `top/l${i + 1} -> l${i}`)
    expect(reaches('top/l0', ...chain).at(-1)).toBe('loop')
    expect(reaches('top/l0', ...chain.slice(0, 30)).at(-1)).toBe('inside')
  })
})

describe('a hard link', () => {
  it('is relative to the root of the archive', () => {
    expect(reaches('top/d/f', 'top/d/l = top/d/f')).toEqual(['inside'])
    expect(reaches('top/d/f', 'top/d/l = f')).toEqual(['outside'])
    expect(reaches('top/d/f', 'top/d/l = ../../etc/passwd')).toEqual(['outside'])
    expect(reaches('top/d/f', 'top/d/l = /etc/passwd')).toEqual(['absolute'])
  })

  it('needs a file that comes before it', () => {
    expect(reaches('top/l = top/f', 'top/f')).toEqual(['missing'])
    expect(reaches('top/d/f', 'top/l = top/d')).toEqual(['missing'])
    expect(reaches('top/f', 'top/l = top/f', 'top/m = top/l')).toEqual(['inside', 'inside'])
  })
})

describe('a member behind a link', () => {
  it('is named with the link', () => {
    const { through } = follow('top/d/f', 'top/l -> d', 'top/l/g')
    expect(through).toMatchObject([{ member: { path: 'top/l/g' }, link: 'top/l', outside: false }])
  })

  it('may end outside of the tree', () => {
    const { through } = follow('top/l -> ../..', 'top/l/evil')
    expect(through).toMatchObject([{ member: { path: 'top/l/evil' }, outside: true }])
  })

  it('is one too when a file has the name of an earlier link', () => {
    expect(follow('top/l -> /etc/passwd', 'top/l').through).toMatchObject([{ link: 'top/l', outside: true }])
  })

  it('is none when the link comes later', () => {
    expect(follow('top/l/g', 'top/l -> d').through).toEqual([])
  })
})

it('takes a bounded time for links made to be slow', async () => {
  const step = 'd/../'.repeat(700)
  const members = Array.from({ length: 3000 }, (_, i) => `top/l${i} -> ${i > 0 ? `l${i - 1}/../` : ''}${step}`)
  expect(await cpuSeconds(10, () => follow(...members))).toBeLessThan(10)
})

it('pip copies what a link without a target may mean, without an end if that is the link itself', () => {
  const faults = (...texts: string[]) =>
    unpack(texts.map(memberOf))
      .notes.filter(({ by }) => by === 'pip')
      .map(({ fault }) => fault)
  expect(faults('top/a', 'top/d/ -> ')).toEqual(['loop'])
  expect(faults('top/a', 'top/d -> ')).toEqual([])
  expect(faults('top/a', 'top/d/ -> ../d')).toEqual([])
})

it('pip refuses an sdist whose only file has the name of the top directory', () => {
  const notes = (path: string) => unpack([memberOf(path)]).notes.map(({ by, fault }) => [by, fault])
  expect(notes('demo-1.0')).toEqual([['pip', 'onto-directory']])
  expect(notes('demo-1.0/PKG-INFO')).toEqual([])
})

it('pip has a path of a pax record without the slash at its end', () => {
  const [first, second] = [memberOf('demo-1.0/a'), { ...memberOf('demo-1.0/a'), path: 'demo-1.0/a/' }]
  const faults = (names: ReadonlyMap<Member, string>) =>
    unpack([first, second], new Map(), names)
      .notes.filter(({ by }) => by === 'pip')
      .map(({ fault }) => fault)
  expect(faults(new Map())).toEqual(['parent-file'])
  expect(faults(new Map([[second, 'demo-1.0/a']]))).toEqual([])
})

it('a file that is written through a link, and again in its own place, is none that was overwritten', () => {
  const written = (...texts: string[]) => unpack(texts.map(memberOf)).overwrites.map(({ path }) => path)
  expect(written('top/a', 'top/l -> a', 'top/l')).toEqual(['a'])
  expect(written('top/a', 'top/l -> a', 'top/l', 'top/l -> a', 'top/a')).toEqual([])
})

it('pip normalizes the target of a hard link before it follows links in it', () => {
  const faults = (link: string) =>
    unpack(['top/d/e/f', 'top/l -> d/e', `top/h = top/${link}`].map(memberOf))
      .notes.filter(({ by }) => by === 'pip')
      .map(({ fault }) => fault)
  expect(faults('l/../e/f')).toEqual(['hard-missing'])
  expect(faults('d/../d/e/f')).toEqual([])
})
