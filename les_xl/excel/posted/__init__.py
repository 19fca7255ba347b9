"""A workbook that a task pane posted as values, refreshed by a list of actions that go back to it."""
