import { describe, expect, it } from 'vitest'
import { rendersSurely } from '../../src/description/rst/sure.js'

// What is expected here was compared with docutils 0.23 (`npm run conformance -- rst`): it takes all texts that are surely
// right; of the others, it refuses most.

const lines = (...all: readonly string[]) => all.join('\n')

function surely(name: string, texts: readonly string[]) {
  it.each(texts)(`is sure of ${name}: %j`, text => expect(rendersSurely(text)).toBe(true))
}

function unsure(name: string, texts: readonly string[]) {
  it.each(texts)(`is not sure of ${name}: %j`, text => expect(rendersSurely(text)).toBe(false))
}

describe('a text', () => {
  surely('plain text', [
    'a',
    'a\r\nb\rc\n',
    'a\tb\fc',
    'é字🎉',
    '“*” is quoted by what may quote it'.replace(/“\*”/, '"*"'),
  ])
  unsure('what renders to nothing', ['', '\n', '.. a', '.. _a: b', 'T\n=', 'T\n=\n\nS\n-', '.. |a| image:: b'])
  unsure('what Python and JavaScript read differently', [
    'a\x1cb',
    'a\x85b',
    'a\u2028b',
    '\ufeffa',
    'a\ud800',
    'a\u2e32b',
  ])
  unsure('a line of more than 10,000 characters', ['x'.repeat(10_001)])
  unsure('what is nested too deeply', [Array.from({ length: 40 }, (_, i) => `${' '.repeat(i)}- a\n`).join('\n')])
  unsure('a paragraph with hundreds of addresses', ['http://a.b '.repeat(101)])
})

describe('titles and transitions', () => {
  surely('titles', [
    'T\n=\n\na',
    '=\nT\n=\n\na',
    '===\n T\n===\n\na',
    'A\n=\na\n\nB\n-\nb\n\nC\n=\nc',
    '字\n==\n\na',
    'A\n=\n\na\n\nA\n=\n\na',
  ])
  unsure('short lines under and over titles', [
    'Titles\n====\n\na',
    '字字字\n=====\n\na',
    '====\nTitle\n====\n\na',
    '====\nTitle\n\na',
  ])
  surely('an underline that is too short to be one', ['Title\n==\n\na', '==\nTitle\n==\n\na', '--\n\na'])
  unsure('titles that leave out a level', ['A\n=\n\nB\n-\n\nC\n~\n\nD\n=\n\nE\n~\n\na'])
  unsure('titles where none may be', ['- A\n  =====\n\n  a', '> a\n\n  A\n  =====\n'])
  surely('transitions', [
    'a\n\n----\n\nb',
    'T\n=\n\na\n\n----\n\nb',
    'A\n=\n\na\n\n----\n\nB\n=\n\nb',
    '.. contents::\n\n----\n\nA\n=\n\na\n\nB\n=\n\nb',
  ])
  unsure('transitions without something between', [
    '----\n\na',
    'a\n\n----',
    'a\n\n----\n\n.. b\n\n----\n\nc',
    'T\n=\n\n----\n\na',
    '.. contents::\n\n----\n\na',
  ])
})

describe('lists and quotations', () => {
  surely('lists', [
    '- a\n- b\n\n  c\n\n  - d',
    '1. a\n2. b\n#. c',
    'a) a\nb) b',
    '(i) a\n(ii) b',
    ':a: b\n:c:\n  d',
    'a\n  b\n\nc : d\n  e',
    '-a  b\n--cd=e, /F  g',
    '| a\n|   b\n  c\n| d',
    '- a\n\n* b',
  ])
  unsure('lists that end without a blank line', [
    '- a\nb',
    '- a\n* b',
    '1. a\n   b\n3. c',
    ':a: b\nc',
    'a\n  b\nc',
    '-a  b\nc',
    '| a\nb',
    '- a\n b',
  ])
  surely('what only looks like a list', ['1. a\nb', '-a', 'mmmmm. a', '2020. a\nb', '-a b'])
  surely('quotations', ['  a\n\n  -- b', 'a\n\n  b\n\n  -- c\n     d\n\n  e'])
  unsure('indentation inside text', ['a\nb\n  c', '  a\nb', '    a\n  b'])
})

describe('literal blocks', () => {
  surely('literal blocks', ['a::\n\n  *', '::\n\n  *\n\na', 'a ::\n\n> b\n> *', 'a\\::\n\nb', '>>> a\n*b'])
  unsure('a literal block that is not there, or ends badly', [
    'a::\n\nb',
    'a::',
    'a::\n\n  b\nc',
    'a::\n\n> b\n* c',
    '>>> a\n\n*b',
  ])
  surely('text before an indented line', ['a::\n  b'])
})

describe('inline markup', () => {
  surely('complete markup', [
    '*a* **b** ``c`` `d` :sup:`e` `f`:sub: |',
    '*a*-*b*',
    '``a``s'.replace('s', ' s'),
    '*a*\\ s',
    'a\\*b',
    '``\\``',
  ])
  surely('characters that start nothing', [
    '2 * 3 ** 4 | 5',
    'a*b* c_d __init__',
    '"*" (*) \'`\' [*]',
    'x__y',
    'a * b*',
    '* '.repeat(3),
  ])
  unsure('starts without an end', [
    'a *b',
    'a **b',
    'a ``b',
    'a `b',
    'a |b',
    'a _`b',
    '*a*b',
    '****',
    '-*args, **kwargs',
    '`a`_b',
  ])
  unsure('unknown and disabled roles', [
    ':py:func:`a`',
    ':raw:`a`',
    ':index:`a`',
    ':pep:`a`',
    ':sup:`a`:sub:',
    ':sup:`a`_',
  ])
  surely('roles of the text itself', ['.. role:: a\n.. role:: b(code)\n   :language: python\n\n:a:`x` :b:`y`'])
  unsure('such roles that are disabled or unknown', [
    '.. role:: a(raw)\n   :format: html\n\n:a:`x`',
    '.. role:: a(b)\n\nx',
    '.. role:: a(code)\n   :language: nonsense\n\n:a:`x`',
  ])
})

describe('references', () => {
  surely('targets that are there', [
    'a_\n\n.. _a: http://b',
    '`a b`_\n\n.. _a b: http://c',
    '`a`_\n\n.. _`a`:\n\nb',
    'a_\n\n.. _a: b_\n.. _b: c',
    'A\n=\n\nA_',
    '`a <http://b>`_ and a_ `c <http://d>`__',
    '`a <b_>`_\n\n.. _b: c',
    'a__ b__\n\n__ c\n.. __: d',
    '_`a` and a_',
  ])
  unsure('targets that are not there', [
    'a_',
    '`a`_',
    'a_\n\n.. _a: b_',
    'a_\n\n.. _a: a_',
    '`a <b_>`_',
    'A\n=\n\nA\n=\n\nA_',
    '`a <a_>`_',
  ])
  surely('one address for two targets of a name', ['.. _a: b\n.. _a: b\n\nc', '`a <b>`_ `a <b>`_ a_'])
  unsure('two addresses for two targets of a name', ['.. _a: b\n.. _a: c\n\nd', '`a <b>`_ `a <c>`_ a_', '_`a` _`a`'])
  unsure('more anonymous references than targets, or fewer', ['a__', '.. __: a\n\nb', 'a__ b__\n\n__ c'])
  surely('footnotes', ['[1]_ [#]_ [#a]_ [*]_ [b]_\n\n.. [1] a\n.. [#] b\n.. [#a] c\n.. [*] d\n.. [b] e', '.. [1] a'])
  unsure('missing footnotes', [
    '[1]_',
    '[#]_',
    '[#a]_',
    '[*]_',
    '[b]_',
    '[#]_ [#]_\n\n.. [#] a',
    '.. [1]',
    '.. [1] a\n.. [1] b',
  ])
  unsure('a target where a footnote should be', ['[1]_\n\n.. _1: http://a', '[a]_\n\n.. _a:\n\nb'])
  surely('substitutions', [
    '|a| |B|_\n\n.. |a| replace:: *b*\n.. |B| image:: c\n   :target: d\n.. _B: e',
    '.. |a| unicode:: 0x21 .. b\n\n|A|',
  ])
  unsure('missing, double and nested substitutions', [
    '|a|',
    '.. |a| replace:: b\n.. |a| replace:: c\n\nd',
    '.. |a| replace:: |b|\n.. |b| replace:: |a|\n\n|a|',
    '.. |a| replace:: |a|\n\nb',
    '.. |a| b\n\nc',
    '.. |a| replace:: `b <c>`_\n\n|a|',
    '.. |a| image:: b\n   :name: c\n\n|a|',
  ])
})

describe('tables', () => {
  const grid = (...rows: readonly string[]) => lines('+---+---+', ...rows, '+---+---+')
  surely('tables', [
    grid('| a | b |'),
    grid('| a | b |', '+===+===+', '| c | d |'),
    grid('| a | b |', '|   +---+', '|   | c |'),
    grid('| 字| b |'),
    '=== ===\na   b\n=== ===\nc   d and more\n=== ===',
    '=== ===\na b\n-------\nc   d\n=== ===',
    '=== ===\na   *b*\n\n    c\n=== ===',
  ])
  unsure('broken tables', [
    grid('| a | b |').slice(0, -10),
    grid('| a | b'),
    grid('| a | b |', '|   +-- +', '|   | c |'),
    `${grid('| a | b |')}\nc`,
    grid('| *a | b |'.replace(' |', '|')),
    '=== ===\na   b\n=== ===\nc',
    '=== ===\naaaaa b\n=== ===',
    '=== ===\na   b\n=== ====',
    '=== ===\na   b',
  ])
})

describe('directives', () => {
  surely('directives with what they need', [
    '.. note:: a',
    '.. Note::\n\n   - a',
    '.. code-block:: nonsense\n   :number-lines:\n\n   *a',
    '.. image:: a.png\n   :alt: a\n   :width: 50 %\n   :target: http://b',
    '.. figure:: a\n\n   caption\n\n   - legend',
    '.. contents:: a\n   :depth: 2\n   :local:\n\na\n\nT\n=\n\nb',
    '.. table:: a\n   :widths: 1 2\n\n   == ==\n   a  b\n   == ==',
    '.. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n     - d',
    '.. csv-table:: a\n   :header: "a", b\n\n   "c, ""d""", *e*',
    '.. class:: a\n\nb',
    '.. topic:: a\n\n   b',
    '.. math:: \\frac{1}{2}',
    '.. parsed-literal::\n\n   *a*',
  ])
  surely('comments', ['..\n   a *b\n\nc', '.. code-block: a\n\nb', '..\n\n  a', '..code:: a'])
  unsure('unknown and disabled directives', [
    '.. automodule:: a',
    '.. raw:: html\n\n   b',
    '.. include:: a',
    '.. toctree::\n\n   a',
  ])
  unsure('directives without what they need', [
    '.. note::',
    '.. image::',
    '.. code::\n\na',
    '.. image:: a\n   :unknown: b',
    '.. image:: a\n   :width: wide',
    '.. image:: a\n   :align: middle',
    '.. image:: a\n\n   b',
    '.. image:: http://[a',
    '.. code-block:: a b\n\n   c',
    '.. code-block:: a\n   :linenos:\n\n   b',
    '.. figure:: a\n\n   - b',
    '.. note:: a\nb',
    '.. table::\n\n   a',
    '.. table::\n   :widths: 1\n\n   == ==\n   a  b\n   == ==',
    '.. list-table::\n\n   * - a\n     - b\n   * - c',
    '.. list-table::\n   :header-rows: 1\n\n   * - a',
    '.. csv-table::\n\n   "a',
    '.. csv-table::\n\n   "a"b',
    '.. csv-table::\n   :file: a',
    '.. class:: a',
    '.. list-table::\n\n   * - a\n     - .. class:: b',
    '- .. contents::',
    '.. replace:: a',
  ])
  unsure('a class that chooses the language of quotation marks', ['.. class:: language-xx\n\na'])
})

describe('fields at the start', () => {
  surely('metadata', [':Author: a\n:Version: 1\n:Other:\n\nb', ':Authors: a, b', ':Abstract: a\n\n  b'])
  unsure('metadata that docutils cannot read', [
    ':Author:',
    ':Date:\n  - a',
    ':Authors: **',
    ':Abstract: a\n:Abstract: b',
  ])
  surely('other fields elsewhere', ['a\n\n:Author:'])
})

it('is quick on hostile texts', () => {
  const parts = ['a-', 'a_ ', '*a* ', '`a <', '[#a', ':a:`b` ', '\\', 'a@', '\t', '|a| ', '"*"', '`a`:b:']
  for (const part of parts) {
    rendersSurely(`${part.repeat(9000 / part.length)}\n`.repeat(10))
    rendersSurely(`${part}\n\n`.repeat(5000))
  }
  rendersSurely(`+-${'+'.repeat(1000)}-+\n${`|${'+'.repeat(1002)}|\n`.repeat(200)}+-${'+'.repeat(1000)}-+\n`)
  rendersSurely(Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a\n`).join(''))
})
