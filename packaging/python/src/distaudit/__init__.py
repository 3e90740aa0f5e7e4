"""Audits Python wheels and sdists before they are uploaded, without installing, importing or unpacking them.

>>> from distaudit import audit
>>> report = audit("dist/")
>>> report.summary.rejected_by_pypi
0
"""

from __future__ import annotations

from ._audit import DistauditError, audit
from ._version import __version__
from .report import (
    Distribution,
    Finding,
    InternalError,
    Location,
    Platform,
    Related,
    Release,
    Report,
    Severity,
    SourceKey,
    SourcePlace,
    Summary,
    Tool,
)

__all__ = [
    "Distribution",
    "DistauditError",
    "Finding",
    "InternalError",
    "Location",
    "Platform",
    "Related",
    "Release",
    "Report",
    "Severity",
    "SourceKey",
    "SourcePlace",
    "Summary",
    "Tool",
    "__version__",
    "audit",
]
