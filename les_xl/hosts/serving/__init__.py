"""Functions, ribbon and task pane for any Excel, answered by one resident process over HTTPS."""
