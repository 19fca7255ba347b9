"""Every kind of the server's catalogue is provoked by one of the tests beside this one."""

from pathlib import Path

from les_xl.errors import serving
from les_xl.errors.problem import Kind

PROVOKED = {
    "test_command.py": {"LES640", "LES641", "LES642", "LES643", "LES644", "LES646"},
    "test_sign_in.py": {"LES645"},
    "test_macros.py": {"LES654", "LES655"},
    "test_security.py": {"LES647", "LES648", "LES649", "LES650", "LES651", "LES652", "LES653"},
}


def test_every_kind_is_provoked_somewhere() -> None:
    codes = {kind.code for kind in vars(serving).values() if isinstance(kind, Kind)}
    assert codes == set().union(*PROVOKED.values())
    for name, expected in PROVOKED.items():
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        assert {code for code in expected if code not in text} == set()
