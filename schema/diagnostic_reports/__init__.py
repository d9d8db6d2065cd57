"""Reports of what was examined, with their contents and files."""
