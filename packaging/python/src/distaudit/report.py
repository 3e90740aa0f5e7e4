"""The report: what ``distaudit --format json`` writes.

Made by `npm run generate` from schemas/report-1.schema.json. Within schema version 1 only optional values are added; what this
version does not know is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]

@dataclass(frozen=True)
class Tool:
    name: Literal["distaudit"]
    version: str
    data_date: str
    """Date of the newest table inside: classifiers, licenses, PyPI's rules."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Tool:
        return cls(
            name=data["name"],
            version=data["version"],
            data_date=data["dataDate"],
        )


@dataclass(frozen=True)
class SourceKey:
    """The key that names the file, when that is not the build file: ignore comments belong on its line."""

    path: str
    line: int

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SourceKey:
        return cls(
            path=data["path"],
            line=data["line"],
        )


@dataclass(frozen=True)
class SourcePlace:
    """The place in the project's own files that produced it, or the table that lacks a key; without column the file as a whole."""

    path: str
    """Relative to the root of the repository, with /."""
    line: int
    column: int | None = None
    end_column: int | None = None
    """One after the last character."""
    key: SourceKey | None = None
    """The key that names the file, when that is not the build file: ignore comments belong on its line."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SourcePlace:
        return cls(
            path=data["path"],
            line=data["line"],
            column=data.get("column"),
            end_column=data.get("endColumn"),
            key=SourceKey.from_json(data["key"]) if "key" in data else None,
        )


@dataclass(frozen=True)
class Location:
    path: str
    """The distribution to mend."""
    member: str | None = None
    line: int | None = None
    column: int | None = None
    """In UTF-16 code units, from 1: in the line, or, without member and line, in the name of the file."""
    offset: int | None = None
    """Byte in the archive, from 0."""
    field: str | None = None
    """Core metadata field, or entry-points, tags, variants, sboms, files, or a key path of pyproject.toml."""
    value: str | None = None
    """The whole value of the field."""
    mark: str | None = None
    """What is meant, as written from column on, where that is not the whole value: a key, a part of the value or of the file name. Empty where something is missing."""
    source: SourcePlace | None = None
    """The place in the project's own files that produced it, or the table that lacks a key; without column the file as a whole."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Location:
        return cls(
            path=data["path"],
            member=data.get("member"),
            line=data.get("line"),
            column=data.get("column"),
            offset=data.get("offset"),
            field=data.get("field"),
            value=data.get("value"),
            mark=data.get("mark"),
            source=SourcePlace.from_json(data["source"]) if "source" in data else None,
        )


@dataclass(frozen=True)
class Related:
    path: str
    message: str
    member: str | None = None
    line: int | None = None
    column: int | None = None
    offset: int | None = None
    field: str | None = None
    value: str | None = None
    mark: str | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Related:
        return cls(
            path=data["path"],
            message=data["message"],
            member=data.get("member"),
            line=data.get("line"),
            column=data.get("column"),
            offset=data.get("offset"),
            field=data.get("field"),
            value=data.get("value"),
            mark=data.get("mark"),
        )


@dataclass(frozen=True)
class Edits:
    path: str
    """Relative to the root of the repository, with /."""
    key: str
    """The key that changes: project.classifiers."""
    line: int
    column: int
    """In UTF-16 code units, from 1."""
    end_line: int
    end_column: int
    """One after the last character that is replaced; the start of a line where its predecessor is replaced with its end."""
    replacement: str
    safe: bool
    """False: it may not be what is meant, and `distaudit fix` makes it with --unsafe only."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Edits:
        return cls(
            path=data["path"],
            key=data["key"],
            line=data["line"],
            column=data["column"],
            end_line=data["endLine"],
            end_column=data["endColumn"],
            replacement=data["replacement"],
            safe=data["safe"],
        )


@dataclass(frozen=True)
class Finding:
    rule: str
    severity: Severity
    message: str
    help: str
    """How to mend it."""
    enforced_by: tuple[Literal["pypi", "pypi-crash", "pypi-mail", "pypi-state", "twine", "packaging", "pip", "uv", "auditwheel", "interpreter", "system"], ...]
    """Who acts on it today."""
    location: Location
    source: str
    """Specification and section."""
    url: str
    fingerprint: str
    """The same for the same fault in the next release."""
    breaks: str | None = None
    """Of an error that nobody refuses: what breaks for users."""
    snippet: str | None = None
    """The text of the line in the member, or the name of the file that column points into, cut."""
    related: tuple[Related, ...] = ()
    edits: tuple[Edits, ...] = ()
    """Changes of the project's own files that make it go away, for all of them together; `distaudit fix` makes them. Absent where none can be said."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Finding:
        return cls(
            rule=data["rule"],
            severity=data["severity"],
            message=data["message"],
            help=data["help"],
            enforced_by=tuple(data["enforcedBy"]),
            location=Location.from_json(data["location"]),
            source=data["source"],
            url=data["url"],
            fingerprint=data["fingerprint"],
            breaks=data.get("breaks"),
            snippet=data.get("snippet"),
            related=tuple(Related.from_json(one) for one in data.get("related", ())),
            edits=tuple(Edits.from_json(one) for one in data.get("edits", ())),
        )


@dataclass(frozen=True)
class PythonAbi:
    tag: str | None = None
    abi3_lowest: str | None = None
    non_stable: tuple[str, ...] = ()
    too_new: Mapping[str, str] | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PythonAbi:
        return cls(
            tag=data.get("tag"),
            abi3_lowest=data.get("abi3Lowest"),
            non_stable=tuple(data.get("nonStable", ())),
            too_new=dict(data["tooNew"]) if "tooNew" in data else None,
        )


@dataclass(frozen=True)
class Platform:
    """What the native binaries can run on."""

    fits: tuple[str, ...] = ()
    symbol_versions: Mapping[str, tuple[str, ...]] | None = None
    external: Mapping[str, tuple[str, ...]] | None = None
    missing: Mapping[str, tuple[str, ...]] | None = None
    minimum_os: Mapping[str, str] | None = None
    python_abi: PythonAbi | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Platform:
        return cls(
            fits=tuple(data.get("fits", ())),
            symbol_versions={key: tuple(one) for key, one in data["symbolVersions"].items()} if "symbolVersions" in data else None,
            external={key: tuple(one) for key, one in data["external"].items()} if "external" in data else None,
            missing={key: tuple(one) for key, one in data["missing"].items()} if "missing" in data else None,
            minimum_os=dict(data["minimumOs"]) if "minimumOs" in data else None,
            python_abi=PythonAbi.from_json(data["pythonAbi"]) if "pythonAbi" in data else None,
        )


@dataclass(frozen=True)
class Distribution:
    path: str
    filename: str
    kind: Literal["wheel", "sdist", "unknown", "variants-json", "source-tree"]
    """source-tree: a project that was audited without a build; path, filename, size and sha256 are those of its build file."""
    name: str | None
    """Normalized project name, null when the file gives none."""
    version: str | None
    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal; empty when the file could not be read, or only a part of it was."""
    findings: tuple[Finding, ...]
    platform: Platform | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Distribution:
        return cls(
            path=data["path"],
            filename=data["filename"],
            kind=data["kind"],
            name=data["name"],
            version=data["version"],
            size=data["size"],
            sha256=data["sha256"],
            findings=tuple(Finding.from_json(one) for one in data["findings"]),
            platform=Platform.from_json(data["platform"]) if "platform" in data else None,
        )


@dataclass(frozen=True)
class Release:
    """All given distributions of one project and version."""

    name: str
    version: str
    distributions: tuple[str, ...]
    """Their paths."""
    findings: tuple[Finding, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Release:
        return cls(
            name=data["name"],
            version=data["version"],
            distributions=tuple(data["distributions"]),
            findings=tuple(Finding.from_json(one) for one in data["findings"]),
        )


@dataclass(frozen=True)
class Summary:
    distributions: int
    error: int
    warning: int
    info: int
    rejected_by_pypi: int
    """Distributions that PyPI's upload would refuse."""
    rejected: tuple[str, ...] = ()
    """Their paths, those with ignored findings too. Absent when there are none."""
    ignored: int | None = None
    """Findings that the configuration or comments ignore."""
    known: int | None = None
    """Findings that the baseline knows."""
    source_trees: int | None = None
    """Those of the distributions that are source trees. Absent when there are none."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Summary:
        return cls(
            distributions=data["distributions"],
            error=data["error"],
            warning=data["warning"],
            info=data["info"],
            rejected_by_pypi=data["rejectedByPyPI"],
            rejected=tuple(data.get("rejected", ())),
            ignored=data.get("ignored"),
            known=data.get("known"),
            source_trees=data.get("sourceTrees"),
        )


@dataclass(frozen=True)
class Statistics:
    rule: str
    severity: Severity
    findings: int
    files: int
    """Distributions that have any of them."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Statistics:
        return cls(
            rule=data["rule"],
            severity=data["severity"],
            findings=data["findings"],
            files=data["files"],
        )


@dataclass(frozen=True)
class InternalError:
    rule: str
    path: str
    message: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> InternalError:
        return cls(
            rule=data["rule"],
            path=data["path"],
            message=data["message"],
        )


@dataclass(frozen=True)
class Report:
    """What distaudit --format json writes. Within schemaVersion 1 only optional keys are added: at the top, in tool, distributions, releases, summary, findings and platform."""

    schema: str
    schema_version: Literal["1"]
    tool: Tool
    distributions: tuple[Distribution, ...]
    releases: tuple[Release, ...]
    summary: Summary
    statistics: tuple[Statistics, ...] = ()
    """With --statistics: the findings above by rule and severity, the most frequent first."""
    internal_errors: tuple[InternalError, ...] = ()
    """Rules that failed: faults of distaudit. Their findings are missing."""

    def all_findings(self) -> Iterator[Finding]:
        """The findings of the files, then those of the releases."""
        for distribution in self.distributions:
            yield from distribution.findings
        for release in self.releases:
            yield from release.findings

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Report:
        return cls(
            schema=data["$schema"],
            schema_version=data["schemaVersion"],
            tool=Tool.from_json(data["tool"]),
            distributions=tuple(Distribution.from_json(one) for one in data["distributions"]),
            releases=tuple(Release.from_json(one) for one in data["releases"]),
            summary=Summary.from_json(data["summary"]),
            statistics=tuple(Statistics.from_json(one) for one in data.get("statistics", ())),
            internal_errors=tuple(InternalError.from_json(one) for one in data.get("internalErrors", ())),
        )
