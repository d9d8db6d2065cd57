"""The route that files of reports are fetched through."""
