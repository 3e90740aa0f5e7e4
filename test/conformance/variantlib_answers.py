"""Reads [label, text] pairs from standard input and writes what variantlib says of each: null, or the class of its error."""

import json
import sys

from variantlib.variant_dist_info import VariantDistInfo


def answer(label, text):
    try:
        VariantDistInfo(text.encode("utf-8"), label)
    except Exception as error:
        return type(error).__name__
    return None


json.dump([answer(label, text) for label, text in json.load(sys.stdin)], sys.stdout)
