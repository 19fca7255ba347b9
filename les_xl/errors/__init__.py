"""What can be wrong, as values: the catalogue of kinds, one problem with its place, and how it is printed."""

from les_xl.errors.problem import (
    Kind,
    LesError,
    Place,
    Problem,
    Severity,
    nearest,
    register,
    registered,
    render,
)

__all__ = [
    "Kind",
    "LesError",
    "Place",
    "Problem",
    "Severity",
    "nearest",
    "register",
    "registered",
    "render",
]
