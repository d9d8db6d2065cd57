"""The parts written in C, compiled when they are needed."""

import subprocess
from pathlib import Path


def compiled(source: Path, folder: Path) -> Path:
    """Compile one file; the program is put into `folder`, once."""
    program = folder / source.stem
    if not program.exists():
        subprocess.run(  # noqa: S603 # our own source
            ["cc", "-O2", "-o", str(program), str(source)],  # noqa: S607 # the machine's compiler
            check=True,
            timeout=60,
        )
    return program
