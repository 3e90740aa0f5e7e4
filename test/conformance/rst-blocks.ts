/** Constructs of several lines, right ones and nearly right ones. */
export const BLOCKS: readonly string[] = [
  `A
=

B
-

C
~

D
=

E
-`,
  `=====
 T
=====

b`,
  `A
=

A_`,
  `A
=

a

A
=

A_ B_`,
  `\`a <b>\`_ \`a <c>\`_`,
  `\`a <b>\`_ \`a <b>\`_ a_`,
  `a_ \`b <a_>\`_

.. _a: c`,
  `.. _a:

.. _b: c

a_ b_ c_`,
  `.. image:: a
   :width: 5 px
   :height: 1%
   :scale: 50 %`,
  `.. image:: a
   :align: middle`,
  `.. image:: a
   :align: left
   :alt:
   :class: 1`,
  `.. figure:: a
   :figwidth: image

   a

   - b`,
  `.. figure:: a

   .. _b:

   a`,
  `.. code:: a
   :number-lines: b

   c`,
  `.. code-block:: a b

   c`,
  `.. list-table:: a
   :header-rows: 1
   :stub-columns: 1
   :widths: 1 2

   * - a
     - b
   * - c
     - d`,
  `.. list-table::

   * - a
   * - b
     - c`,
  `.. csv-table:: a
   :header: "a", b
   :header-rows: 1

   "a", "b ""c"""
   d, e, f`,
  `.. csv-table::
   :widths: auto

   a, *b`,
  `.. table::
   :widths: 1 2

   == ==
   a  b
   == ==`,
  `=====  ===  ==
a      b    c
=====  ===  ==
d           e f g
----------  --
h      i
            j
=====  ===  ==`,
  `=== ===
a  bc d
=== ===`,
  `+----+----+
| a  | b  |
+----+    |
| *c*| d  |
+----+----+`,
  `+----+----+
| a  | b  |
+====+====+
| c       |
+----+----+
| - d     |
|         |
| e       |
+---------+`,
  `+-+-+
|a|b|
+-+ +
|c|d|
+-+-+`,
  `a

  b

  -- c
     d

  e`,
  `  a

  -- b
    c
   d`,
  `1. a
2. b

   3. c
5. d`,
  `i. a
ii. b
iii. c`,
  `c. a
d. b`,
  `.. |a| image:: b
   :align: top
   :target: c_
.. _c: d

|a| |A|_`,
  `.. |a| replace:: \`b <c>\`__ *d*
.. |b| unicode:: U+00A9 0x20 .. c
   :trim:

|a| |b|`,
  `.. |a| date:: %Y
.. |b| replace:: a

   b

|a|`,
  `.. role:: a(code)
   :class: b

:a:\`b\``,
  `.. contents:: a
   :local:
   :depth: 1

----

A
-`,
  `.. class:: a

.. _b:

- .. class:: c

  d`,
  `.. class:: a

   .. note:: b
      :name: c`,
  `.. topic:: a
   :class: b

   c`,
  `[#a]_ [#]_ [*]_ [1]_ [b]_

.. [#] c
.. [#a] d
.. [*] e
.. [1] f
.. [b] g`,
  `[#a]_ [#]_

.. [#] b`,
  `a__ b__

__ c
.. __: d`,
  `a__

__ \`b c\`_

.. _b c: d`,
  `:Author: a
:Authors: b; c
:Date: d
:Copyright:
    - e
:x: y`,
  `:Abstract: a
:Dedication: b

c`,
  `| a
|   b
| c
  d
|`,
  `-a, --bc=d  e
--fg <h>     i

             j
/k           l`,
  `a : b : c
  d

  e
f
   g`,
  `a::

   b
  c

d::

> e
> f`,
  `>>> a
b

>>> c`,
  `..

  a`,
  `.. _a b:
   http://c/
   d

\`a  b\`_`,
  `.. parsed-literal::
   :class: a

   *b* c_

.. _c: d`,
]
