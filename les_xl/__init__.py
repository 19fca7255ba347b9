"""LES-XL: Local Enhanced Services reporting for NHS integrated care boards, from Excel."""

__version__ = "0.1.0"
