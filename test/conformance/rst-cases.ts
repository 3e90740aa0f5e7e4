import { pick, type Random } from '../fuzz/mutate.js'
import { BLOCKS } from './rst-blocks.js'

// Texts made of real ones: pieces put together and changed, so that much of them is nearly right.

const MARKUP = [
  ...'*|**|``|`|_|__|`_|`__|_`|]_|[1]_|[#]_|[#a]_|[*]_|[a]_|\\|\\ |::|:|..|.. |--|---|----|====|~~~~|=|==|===|-|+|#|\'|"|(|)|<|>|{|}|“|”|«|»|…|–|!|?|,|.|;|/|@|&|%|$|^|é|字|🎉|\u00a0|\t'.split(
    '|',
  ),
  '|',
  '||',
  '|a|',
  '|a|_',
  '|a|__',
  ' ',
  '  ',
  '   ',
  '    ',
  '\n',
  '\n\n',
  '\n ',
  '\n  ',
  '\n   ',
  ...'*a*;**a**;``a``;`a`;`a`_;`a`__;a_;a__;_`a`;`a <b>`_;`a <b_>`_;`a <http://b.c>`__;:sup:`a`;`a`:sub:;:pep:`8`;:rfc:`1#a`;:py:func:`a`;:code:`a`;:math:`a`;:raw:`a`;http://a.b;a@b.c;[a]_'.split(
    ';',
  ),
]

const LINES =
  '- a~* a~+ a~• a~-~1. a~2. a~#. a~(a) a~b) b~i. a~II. a~:a: b~:Author: b~:Date: $Date: 2020 $~:a:~-a  b~--a=b  c~--a~/V  a~-a, --b  c~>>> a~| a~|  a~|~+---+---+~+===+===+~|   |   |~| a | b |~+--+~==  ==~=== ===~a    b~--- ---~--------~..~.. a~.. _a:~.. _a: b~.. _a: b_~.. _`a b`: c~.. __: a~__ a~__ a_~.. [1] a~.. [#] a~.. [#a] b~.. [*] a~.. [a] b~.. |a| replace:: b~.. |a| image:: b~.. |a| unicode:: U+20~.. note:: a~.. note::~.. image:: a~.. figure:: a~   :alt: a~   :width: 1~   :target: a_~   :name: a~   :class: a~   :class: language-a~.. _1: a~[1]_~[#a]_~.. code:: a~.. code-block::~.. contents::~.. table::~.. list-table::~.. csv-table::~   :header-rows: 1~   a, "b"~.. class:: a~.. role:: a~.. math:: a~.. topic:: a~.. admonition:: a~.. rubric:: a~.. sectnum::~.. epigraph::~.. parsed-literal::~.. container:: a~a~A B~====~----~~~~~~=====~\\* a~   a~  a~ a~a ::~a::~::~> a~   ::~* - a~  - a~-- a~a : b~$Id: a $~A. Einstein~:Abstract: a~   * - a~     - a~a\tb'.split(
    '~',
  )

const between = (random: Random, least: number, most: number) => least + random(most - least + 1)

/** One text changed in some places. */
function changed(text: string, others: readonly string[], random: Random, times: number): string {
  let now = text
  for (let i = 0; i < times; i++) now = changeOnce(now, others, random)
  return now
}

function changeOnce(text: string, others: readonly string[], random: Random): string {
  if (random(2) === 0) {
    const at = random(text.length + 1)
    const end = Math.min(text.length, at + random(4))
    return text.slice(0, at) + (random(3) === 0 ? '' : pick(MARKUP, random)) + text.slice(random(2) === 0 ? end : at)
  }
  const lines = text.split('\n')
  const at = random(lines.length)
  const line = lines[at] ?? ''
  const other = random(lines.length)
  switch (random(11)) {
    case 0:
      lines.splice(at, between(random, 1, 3))
      break
    case 1:
      lines.splice(at, 0, line)
      break
    case 2:
      lines[at] = lines[other] ?? ''
      lines[other] = line
      break
    case 3:
      lines[at] = ' '.repeat(between(random, 1, 4)) + line
      break
    case 4:
      lines[at] = line.replace(/^ {1,4}/, '')
      break
    case 5:
      lines.splice(at, 0, '')
      break
    case 6:
      lines.splice(at, 0, pick(LINES, random))
      break
    case 7:
      lines.splice(at, 0, '', pick(LINES, random), '')
      break
    case 8:
      lines.splice(other, 0, ...lines.slice(at, at + between(random, 1, 5)))
      break
    case 9:
      for (let i = at; i < Math.min(lines.length, at + between(random, 1, 6)); i++)
        if (lines[i]) lines[i] = `${pick(['  ', '   ', '> ', '| ', '* '], random)}${lines[i]}`
      break
    default:
      lines.splice(at, random(3), ...pick(others, random).split('\n').slice(0, 12))
  }
  return lines.join('\n')
}

/** A few lines and pieces of markup in any order. */
function invented(random: Random): string {
  const lines: string[] = []
  for (let i = between(random, 1, 9); i > 0; i--) {
    const kind = random(8)
    const indent = ' '.repeat(pick([0, 0, 0, 0, 2, 3, 4, 1], random))
    if (kind < 2)
      lines.push(
        '',
        ...block(random)
          .split('\n')
          .map(line => line && indent + line),
      )
    else if (kind < 5) lines.push(indent + pick(LINES, random))
    else if (kind === 5) lines.push('')
    else
      lines.push(
        indent +
          Array.from({ length: between(random, 1, 5) }, () => pick(MARKUP, random)).join(pick(['', ' ', 'a'], random)),
      )
  }
  return lines.join(pick(['\n', '\n', '\n\n'], random))
}

function block(random: Random): string {
  const chosen = pick(BLOCKS, random)
  return random(2) === 0 ? chosen : changed(chosen, BLOCKS, random, 1 + random(2))
}

/** The parts of a text between blank lines, some of them with what follows. */
export function partsOf(text: string): readonly string[] {
  const parts = text.split(/\n[ \t]*\n(?=\S)/).filter(part => part.length < 400)
  return [...parts, ...parts.slice(1).map((part, i) => `${parts[i]}\n\n${part}`)]
}

/** A short text: some parts of real ones, changed. */
export function shortCase(parts: readonly string[], random: Random): string {
  if (random(2) === 0) return invented(random)
  const chosen = Array.from({ length: between(random, 1, 2) }, () => pick(parts, random))
  if (random(3) === 0) chosen.splice(random(chosen.length), 0, invented(random))
  return changed(chosen.join('\n\n'), parts, random, random(4))
}

/** A whole text, changed. */
export function longCase(texts: readonly string[], parts: readonly string[], random: Random): string {
  return changed(pick(texts, random), parts, random, between(random, 1, 4))
}
