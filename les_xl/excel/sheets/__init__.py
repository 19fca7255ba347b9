"""The sheets of the master workbook in their order; a new sheet is one module and one line here."""

from les_xl.excel.drawing import Sheet
from les_xl.excel.sheets import banding, cover, lists, plan_delivered, profile, summary

SHEETS: tuple[Sheet, ...] = (
    cover.SHEET,
    summary.SHEET,
    plan_delivered.COST_AND_VOLUME,
    plan_delivered.CAPITATED,
    banding.SHEET,
    profile.SHEET,
    lists.EXCEPTIONS,
    lists.DATA_QUALITY,
    lists.NOTES,
)
