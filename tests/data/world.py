"""A small world to load into: two LES, four organisations, a store in a folder, all made by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from les_xl.data.known import Known
from les_xl.data.load import LoadResult, load_files
from les_xl.data.snapshot import AsOf
from les_xl.data.store import Store, known
from les_xl.spec.model import Exclusion, Impact, Metric, Named, Service, Shift, Workspace
from les_xl.spec.read import Specs

NOW = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)

ORGANISATIONS = """\
ods_code,name,type,pcn,pcn_name,sub_icb,sub_icb_name,place,trust,opened,closed,successor,valid_from
P81001,Abbey Surgery,practice,U001,Abbey PCN,00Q,Blackburn With Darwen,Blackburn,RXR,1974-04-01,,,
P81002,Bridge Surgery,practice,U001,Abbey PCN,00Q,Blackburn With Darwen,Blackburn,RXR,2001-07-01,,,
01E105,Castle Surgery,practice,U002,Castle PCN,01A,East Lancashire,Burnley,RXR,2001-07-01,,,
P81009,Old Surgery,practice,U002,Castle PCN,01A,East Lancashire,Burnley,RXR,2001-07-01,2025-06-30,P81001,
"""

SIGNUP = """\
ods_code,les,status,from,to,reason
P81001,dementia,signed_up,2025-05,,
P81002,dementia,signed_up,2025-05,,
01E105,dementia,not_signed_up,2025-05,,declined
P81009,dementia,signed_up,2025-05,,
"""

ACTIVITY_HEADER = "ods_code,les,metric,month,value\n"
OTHERS_HEADER = "trust,place,indicator,month,value\n"


def services() -> tuple[Service, ...]:
    """`dementia`: one metric, from May 2025 to March 2026; `ring_pessary`: a headline that is a sum."""
    return (
        Service(
            spec="les/1",
            les="dementia",
            title="Dementia",
            contract="cost_and_volume",
            starts="2025-05",
            ends="2026-03",
            metrics=(
                Metric(id="reviews", title="Reviews", kind="flow", headline=True, published_as="Dementia"),
            ),
            exclude=(Exclusion(rule="notice_given", footnote="a practice that has given notice"),),
        ),
        Service(
            spec="les/1",
            les="ring_pessary",
            title="Ring Pessary",
            contract="cost_and_volume",
            starts="2025-05",
            metrics=(
                Metric(id="fittings", title="Fittings", kind="flow", sum_of=("first_fit", "change")),
                Metric(id="first_fit", title="First fit", kind="flow"),
                Metric(id="change", title="Change", kind="flow"),
            ),
            shift=Shift.model_validate(
                {
                    "mechanism": ("active",),
                    "gp_records": ("episodes_of_care",),
                    "other": "opa",
                    "baseline": {"from": "2024-05", "to": "2025-04"},
                    "stable_from": "2025-08",
                }
            ),
            impact=(Impact(id="journeys", title="Journeys", measured_by="Journeys to hospital"),),
        ),
    )


def specs(root: Path) -> Specs:
    """Specs of the two LES, built without any file."""
    workspace = Workspace(
        spec="workspace/1",
        icb=Named(code="QE1", name="Lancashire and South Cumbria ICB"),
        year="2025-26",
        sub_icbs=(Named(code="00Q", name="Blackburn With Darwen"), Named(code="01A", name="East Lancashire")),
        order=("dementia", "ring_pessary"),
    )
    return Specs(root, workspace, services(), "0" * 64)


@dataclass
class World:
    """A workspace in a folder; `extracts` is where its files are written."""

    root: Path
    extracts: Path = field(init=False)
    store: Store = field(init=False)
    specs: Specs = field(init=False)

    def __post_init__(self) -> None:
        self.extracts = self.root / "extracts"
        self.extracts.mkdir(parents=True)
        self.store = Store.open(self.root / "data" / "store")
        self.specs = specs(self.root)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file among the extracts."""
        path = self.extracts / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load_paths(
        self, paths: Sequence[Path], now: datetime = NOW, dry_run: bool = False
    ) -> tuple[LoadResult, ...]:
        """Load paths as the commands do."""
        return load_files(self.store, self.specs, paths, now=now, user="analyst", dry_run=dry_run)

    def load(
        self, content: str | bytes, name: str = "extract.csv", now: datetime = NOW, dry_run: bool = False
    ) -> LoadResult:
        """Write one file and load it."""
        (result,) = self.load_paths([self.write(name, content)], now, dry_run)
        return result

    def activity(self, *rows: str, name: str = "activity.csv", now: datetime = NOW) -> LoadResult:
        """Load activity rows."""
        return self.load(ACTIVITY_HEADER + "\n".join(rows) + "\n", name, now)

    def others(self, *rows: str, name: str = "others.csv") -> LoadResult:
        """Load rows of other providers."""
        return self.load(OTHERS_HEADER + "\n".join(rows) + "\n", name)

    def known(self, as_of: AsOf = None) -> Known:
        """What is known as of a load."""
        return known(self.store, as_of)

    def founded(self) -> "World":
        """The world with its organisations and sign-up loaded, as loads 1 and 2."""
        assert self.load(ORGANISATIONS, "organisations.csv").load == 1
        assert self.load(SIGNUP, "signup.csv").load == 2
        return self


def codes(result: LoadResult) -> list[str]:
    """Codes of a result's problems, in order."""
    return [problem.code for problem in result.problems]
