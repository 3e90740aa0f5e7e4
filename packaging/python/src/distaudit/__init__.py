"""Audits Python wheels and sdists before they are uploaded, without installing, importing or unpacking them.

>>> from distaudit import audit
>>> report = audit("dist/")
>>> report.summary.rejected_by_pypi
0
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._audit import DistauditError, audit
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


def __getattr__(name: str) -> object:
    """Loads the library when it is asked for: the command does without, and starts in half the time."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import _audit, report

    return getattr(_audit if hasattr(_audit, name) else report, name)
