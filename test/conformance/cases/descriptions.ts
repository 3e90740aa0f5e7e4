// Descriptions and their rendering.
import { type Case, described, refuses, section, takes, wheel } from './case.js'

const rst = (text: string) => described('text/x-rst', text)
const untyped = (text: string) => described(null, text)
const INVALID = 'description-rst-invalid'

export const cases: readonly Case[] = section('7 Description', [
  takes('rst', rst('Demo\n====\n\nReads *files*.\n')),
  takes('an unknown lexer', rst('.. code-block:: nonesuch\n\n   x = 1\n')),
  takes('a known lexer', rst('.. code:: python\n\n   x = 1\n')),
  refuses('an unknown directive', rst('.. automodule:: demo\n'), INVALID),
  refuses('an unknown role', rst('See :py:func:`demo.main`.\n'), INVALID),
  refuses('raw', rst('.. raw:: html\n\n   <b>x</b>\n'), INVALID),
  refuses('include', rst('.. include:: CHANGES\n'), INVALID),
  takes('a short underline that is no underline', rst('A long title\n===\n\nText.\n')),
  refuses('a short underline', rst('A long title\n=====\n\nText.\n'), INVALID),
  refuses('an undefined substitution', rst('See |version|.\n'), INVALID),
  refuses('two targets of one name', rst('.. _a: https://a.dev\n.. _a: https://b.dev\n\ntext a_\n'), INVALID),
  refuses('inline markup left open', rst('This is *open.\n'), INVALID),
  refuses('an unexpected indentation', rst('text\n    more\n  less\n'), INVALID),
  takes('a duplicate implicit target', rst('A\n=\n\nx\n\nA\n=\n\ny\n')),
  refuses('Markdown without a type that is no rst', untyped('A title\n==\n\n`x\n'), INVALID),
  takes('no type, and rst', untyped('Demo\n====\n\nReads files.\n')),
  takes('any Markdown', described('text/markdown', '[x](y\n```\n<script>\n')),
  refuses('blank Markdown', described('text/markdown', '\n'), 'description-renders-empty'),
  refuses('blank rst', rst('  \n\n'), 'description-renders-empty'),
  refuses('blank and no type', untyped('\n\n'), 'description-renders-empty'),
  takes('blank plain text', described('text/plain', '\n\n')),
  takes('no description', described('text/markdown', '')),
  takes('Markdown of a comment alone', described('text/markdown', '<!-- a comment -->\n')),
  refuses('rst that renders to nothing', rst('.. a comment\n'), 'description-renders-empty'),
  refuses(
    'a header with 8 spaces, as distutils wrote it',
    wheel({
      rawMetadata:
        'Metadata-Version: 1.1\nName: demo\nVersion: 1.0\nDescription: Demo\n        ====\n        \n        Reads files.\n',
    }),
    INVALID,
  ),
])
